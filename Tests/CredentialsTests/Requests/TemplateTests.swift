import Basics
import Drafts
import ProviderFormat
import Secrets
import Signing
import TestSupport
import Testing

@testable import Requests

@Suite struct Templates {
  private static let now = Timestamp(secondsSinceEpoch: 1_787_576_709)

  private static func sources(
    _ values: KeyValuePairs<String, String>, _ provider: String = #"{"auth_mode":"API_KEY"}"#
  ) -> TemplateContext {
    TemplateContext(
      of: Submission(
        provider: Fixture.provider(provider), values: SecretValues(fixture: values)),
      at: ReplayContext(now: now, randomSource: RandomSource(seed: Array(repeating: 0, count: 16))))
  }

  private static func fill(
    _ template: String, _ values: KeyValuePairs<String, String> = [:], choosing: Bool = false
  ) -> String {
    let sources = sources(values)
    var text = SecretWriter()
    let writer = TemplateWriter(names: .header)
    if choosing {
      _ = writer.writeChoosing(template, from: sources, to: &text)
    } else {
      _ = writer.write(Template(template), from: sources, to: &text)
    }
    return text.finish()?.fixtureText ?? "too long"
  }

  static let samples: [(String, String)] = [
    ("plain", "plain"), ("${apiKey}", "k-EXAMPLE"), ("a ${apiKey} b", "a k-EXAMPLE b"),
    ("${credentials.apiKey}${connectionConfig.host}", "k-EXAMPLEh.example"),
    ("${unknown}", "${unknown}"), ("${connectionConfig.empty}", "${connectionConfig.empty}"),
    ("${", "${"), ("${}", "${}"), ("$${apiKey}", "$k-EXAMPLE"), ("{apiKey}", "{apiKey}"),
    ("${apiKey", "${apiKey"), ("}${apiKey}}", "}k-EXAMPLE}"),
    ("${base64(${apiKey}:)}", "ay1FWEFNUExFOg=="), ("${base64(a)}", "YQ=="), ("${base64()}", ""),
    ("Basic ${base64(${credentials.apiKey}:x)}!", "Basic ay1FWEFNUExFOng=!"),
    ("${sha256Hex(abc)}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("${sha256Base64(abc)}", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    (
      "${hmacSha1Hex(The quick brown fox, jumps over the lazy dog, key)}",
      "348dbba119ab159f173184d2118aaa9e49db109a"
    ),
    ("${random}", "00000000-0000-4000-8000-000000000000"), ("${now}", "2026-08-24T13:05:09.000Z"),
    ("${now:YYYY-MM-DDTHH:mm:ss}", "2026-08-24T13:05:09"),
    ("${now:YYYYMMDDTHHmmss[Z]}", "20260824T130509Z"),
    ("${now:ddd, DD MMM YYYY HH:mm:ss ZZ}", "Mon, 24 Aug 2026 13:05:09 +0000"),
    ("${now:X}", "1787576709"), ("${now+7:days:YYYY-MM-DD}", "2026-08-31"),
    ("${now+1:minutes:HH:mm}", "13:06"), ("${now-1:month:YYYY-MM-DD}", "2026-07-24"),
    ("${now+6:months:YYYY-MM-DD}", "2027-02-24"), ("${now-1:years}", "2025-08-24T13:05:09.000Z"),
    ("${now:dddd D MMMM YY h:m:s a A d x}", "Monday 24 August 26 1:5:9 pm PM 1 1787576709000"),
    ("a || b", "a || b"),
  ]

  @Test(arguments: samples)
  func `placeholders are filled`(template: String, text: String) {
    let filled = Self.fill(
      template,
      [
        "credentials.apiKey": "k-EXAMPLE", "params.host": "h.example", "params.empty": "",
      ])
    #expect(filled == text)
  }

  @Test func `a function whose argument is missing is missing itself`() {
    let sources = Self.sources([:])
    var text = SecretWriter()
    let result = TemplateWriter(names: .header).write(
      Template("${base64(${apiKey}:)}"), from: sources, to: &text)
    #expect(result.missing == ["apiKey"])
    #expect(!result.isComplete)
  }

  @Test func `a bar chooses the left side if anything in it has a value`() {
    let template = "L ${connectionConfig.a} || R ${connectionConfig.b}"
    #expect(Self.fill(template, ["params.a": "1"], choosing: true) == "L 1")
    #expect(Self.fill(template, ["params.b": "2"], choosing: true) == "R 2")
  }

  @Test func `a bar inside a value is part of the value`() {
    #expect(Self.fill("x ${apiKey}", ["credentials.apiKey": "a||b"], choosing: true) == "x a||b")
    #expect(
      Self.fill("${apiKey} || none", ["credentials.apiKey": "a || b"], choosing: true) == "a || b")
  }

  @Test func `a value that looks like a placeholder is not filled again`() {
    let filled = Self.fill(
      "${apiKey}", ["credentials.apiKey": "${connectionConfig.a}", "params.a": "no"])
    #expect(filled == "${connectionConfig.a}")
  }

  @Test func `names of another place are not filled`() {
    let sources = Self.sources(["credentials.apiKey": "k", "assertion_option.pem": "p"])
    var text = SecretWriter()
    let result = TemplateWriter(names: [.connectionConfig]).write(
      Template("${apiKey}${assertionOption.pem}"), from: sources, to: &text)
    #expect(result.missing == ["apiKey", "assertionOption.pem"])
  }

  @Test func `redacting leaves what is public and marks what is secret`() {
    let sources = Self.sources(
      ["credentials.username": "ann", "credentials.password": "p-EXAMPLE"],
      #"{"auth_mode":"BASIC"}"#)
    var text = SecretWriter()
    let writer = TemplateWriter(names: .header, isRedacting: true)
    _ = writer.write(
      Template("${username} ${password} ${base64(${username}:${password})}"), from: sources,
      to: &text)
    let redacted = text.finish()?.fixtureText
    #expect(redacted == "ann ‹redacted› ‹redacted›")
  }

  /// The signature of RFC 8032, section 7.1, test 2.
  @Test func `an Ed25519 signature is that of the standard`() {
    let signature = Self.fill(
      "${ed25519Sign(r, ${apiKey})}", ["credentials.apiKey": TestKeys.ed25519])
    #expect(
      signature
        == "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA=="
    )
  }

  @Test(arguments: [
    TestKeys.rsa, TestKeys.rsaTraditional, TestKeys.rsaPublic,
    TestKeys.rsa.split(separator: "\n").joined(separator: "\\n"),
    "-----BEGIN CERTIFICATE-----\nMAMwAQA=\n-----END CERTIFICATE-----\n" + TestKeys.rsaPublic,
  ])
  func `a key's fingerprint is that of its public half`(pem: String) {
    let text = Self.fill("${fingerprint(${apiKey})}", ["credentials.apiKey": pem])
    #expect(text == TestKeys.fingerprint)
  }

  @Test func `a signature with something that is no key fails by name`() {
    let sources = Self.sources(["credentials.apiKey": "not a key"])
    var text = SecretWriter()
    let result = TemplateWriter(names: .header).write(
      Template("${ed25519Sign(t, ${apiKey})}"), from: sources, to: &text)
    #expect(result.failure == .badKey(.notPEM))
  }

  /// "get-vanilla" of the test suite that AWS publishes for its signature.
  @Test func `an address is signed for AWS as in the service's own example`() {
    var sources = TemplateContext(
      of: Submission(
        provider: Fixture.provider(#"{"auth_mode":"API_KEY"}"#),
        values: SecretValues(fixture: [
          "credentials.id": "AKIDEXAMPLE",
          "credentials.secret": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        ])),
      at: ReplayContext(now: Timestamp(secondsSinceEpoch: 1_440_938_160)))
    sources.request = ["method": "GET", "path": "/", "host": "example.amazonaws.com"]
    var text = SecretWriter()
    _ = TemplateWriter(names: .header).write(
      Template("${awsSigV4(${id}, ${secret}, us-east-1, service)}"), from: sources, to: &text)
    let value = text.finish()?.fixtureText
    #expect(
      value
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        + "SignedHeaders=host;x-amz-date, "
        + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
  }

  @Test func `no text that looks like a template can crash or hang the parser`() {
    var random = SeededRandom(seed: 41)
    let pieces = [
      "${", "}", "(", ")", ")}", "base64(", "awsSigV4(", "now", "now+", ":", "||", ",", "apiKey",
      "credentials.", "\u{0}", "é", "[", "]", "${base64(${", "random", "99999999999999999999",
    ]
    for _ in 0..<3000 {
      let text = (0..<random.below(24)).map { _ in pieces[random.below(pieces.count)] }.joined()
      _ = Self.fill(text, ["credentials.apiKey": "${base64("], choosing: random.below(2) == 0)
    }
  }
}
