import Basics
import Drafts
import FoundationEssentials
import ProviderFormat
import Requests
import Secrets
import Signing
import TestSupport
import Testing

/// Two-step providers that want something signed before they give a token.
@Suite struct SignedLogins {
  private static let now: Int64 = 1_787_576_709

  private static func entry(_ members: String) -> String {
    """
    {"display_name":"Acme","auth_mode":"TWO_STEP","token_url":"https://id.acme.example/token",
     "body_format":"form","token_response":{"token":"access_token"},\(members)}
    """
  }

  /// The value of a form parameter in the first request, or in what stands in its place.
  private static func parameter(
    _ name: String, _ members: String, _ values: KeyValuePairs<String, String>
  ) -> String {
    let request = SessionUnderTest(entry(members), values, now: now).next()
    guard let start = request.firstRange(of: "\(name)=") else { return request }
    let written = request[start.upperBound...].prefix { $0 != "&" }
    return SecretBuffer(fixture: String(written)).withBytes {
      SecretBuffer(formDecoding: $0).fixtureText
    }
  }

  /// Header and payload of a token whose signature is the key's.
  private static func read(_ token: String, _ algorithm: TokenAlgorithm, pem: String) throws
    -> [String]
  {
    let parts = token.split(separator: ".").map(String.init)
    try #require(parts.count == 3, "\(token)")
    let message = SecretBuffer(fixture: "\(parts[0]).\(parts[1])")
    let key = try WebTokens.key(pem: pem, algorithm)
    let signature = try message.withBytes { message throws(SigningError) in try key.sign(message) }
    var encoded = SecretWriter()
    signature.withBytes { encoded.append(base64URL: $0) }
    let text = encoded.finish()?.fixtureText
    #expect(text == parts[2])
    return parts.prefix(2).map { part in
      SecretBuffer(fixture: part).withBytes { SecretBuffer(base64: $0) }?.fixtureText ?? ""
    }
  }

  private static let jwt = """
    "token_params":{"assertion":"${credentials.assertion}"},
    "assertion":{"type":"jwt","key":"${assertionOption.key}","lifetimeInSeconds":"300",
     "header":{"alg":"RS256","kid":"${connectionConfig.kid}","x":"${credentials.none}"},
     "payload":{"iss":"${credentials.user}","aud":["https://${connectionConfig.host}/a"],"n":1}},
    "credentials":{"none":{"type":"string","title":"None","optional":true}}
    """
  private static let values: KeyValuePairs = [
    "credentials.user": "ann", "params.kid": "k-1", "params.host": "id.acme.example",
    "assertion_option.key": TestKeys.rsa,
  ]

  @Test func `an assertion is a token of what the entry says, signed by the key`() throws {
    let token = Self.parameter("assertion", Self.jwt, Self.values)
    let read = try Self.read(token, .rs256, pem: TestKeys.rsa)
    #expect(
      read == [
        #"{"typ":"JWT","alg":"RS256","kid":"k-1"}"#,
        #"{"iss":"ann","aud":["https://id.acme.example/a"],"n":1,"iat":1787576709,"exp":1787577009}"#,
      ])
  }

  @Test func `a key that was wrapped in Base64 twice is taken`() throws {
    var once = SecretWriter()
    SecretBuffer(fixture: TestKeys.rsa).withBytes { once.append(base64: $0) }
    var twice = SecretWriter()
    once.withBytes { twice.append(base64: $0) }
    let wrapped = twice.finish()?.fixtureText ?? ""
    let token = Self.parameter(
      "assertion", Self.jwt,
      [
        "credentials.user": "ann", "params.host": "id.acme.example",
        "assertion_option.key": wrapped,
      ])
    let parts = try Self.read(token, .rs256, pem: TestKeys.rsa)
    #expect(parts[0] == #"{"typ":"JWT","alg":"RS256"}"#)
  }

  @Test func `a signed token goes where the entry puts it`() throws {
    let members = """
      "signature":{"protocol":"RSA"},"token_params":{"assertion":"${token}","grant_type":"jwt"},
      "token":{"signing_key":"${credentials.privateKey}","expires_in_ms":180000,
       "header":{"alg":"RS256","typ":"JWT"},
       "payload":{"iss":"${credentials.user}","scope":"${connectionConfig.scopes}"}}
      """
    let token = Self.parameter(
      "assertion", members,
      ["credentials.user": "ann", "credentials.privateKey": TestKeys.rsa, "params.scopes": "a b"])
    let read = try Self.read(token, .rs256, pem: TestKeys.rsa)
    #expect(
      read == [
        #"{"alg":"RS256","typ":"JWT"}"#,
        #"{"iss":"ann","scope":"a b","iat":1787576709,"exp":1787576889}"#,
      ])
  }

  private static let saml = """
    "token_params":{"assertion":"${credentials.assertion}"},
    "assertion":{"type":"saml","key":"${assertionOption.key}","issuer":"issuer.acme.example",
     "lifetimeInSeconds":"600","audiences":["a.acme.example","b.acme.example"],
     "attributes":{"api_key":"${credentials.user}","use_email":false,"level":2},
     "sessionIndex":"${random}","nameIdentifier":"${assertionOption.name}",
     "recipient":"https://${connectionConfig.host}/token"}
    """

  private static func document(name: String) -> String {
    let text = parameter(
      "assertion", saml,
      [
        "credentials.user": "u-1", "params.host": "id.acme.example",
        "assertion_option.name": name, "assertion_option.key": TestKeys.rsa,
      ])
    return SecretBuffer(fixture: text).withBytes { SecretBuffer(base64: $0) }?.fixtureText ?? text
  }

  @Test func `a SAML assertion says what the entry says, truth values as texts`() {
    let xml = Self.document(name: "ann & <co>")
    for part in [
      "<saml:Issuer>issuer.acme.example</saml:Issuer><ds:Signature ",
      ">ann &amp; &lt;co&gt;</saml:NameID>",
      #"NotOnOrAfter="2026-08-24T13:15:09.000Z" Recipient="https://id.acme.example/token""#,
      "<saml:Audience>a.acme.example</saml:Audience><saml:Audience>b.acme.example</saml:Audience>",
      #"xsi:type="xs:string">u-1</"#, #"xsi:type="xs:string">false</"#,
      #"xsi:type="xs:string">2</"#,
    ] { #expect(xml.contains(part), "\(part)") }
    #expect(xml.firstMatch(of: /SessionIndex="[0-9a-f]{8}-[0-9a-f-]{27}"/) != nil)
    #expect(xml.firstMatch(of: /\ ID="_[0-9a-f-]{36}"/) != nil)
  }

  @Test(.enabled(if: Tool.path("xmlsec1") != nil, "needs xmlsec1"))
  func `xmlsec1 takes the assertion that is sent`() {
    let good = SAMLAssertions.verify(Self.document(name: "ann"))
    #expect(good.status == 0, "\(good.errorText)")
  }

  @Test(arguments: [
    (#""assertion":{"type":"pgp"}"#, "a type that is not known"),
    (#""signature":{"protocol":"RSA"}"#, "does not describe it"),
    (#""assertion":{"type":"jwt","header":{"alg":"none"}}"#, "an algorithm that is not known"),
    (#""assertion":{"type":"jwt","key":"${assertionOption.missing}"}"#, "assertionOption.missing"),
    (#""assertion":{"type":"jwt","key":"${credentials.user}"}"#, "is not a PEM key"),
    (#""assertion":{"type":"saml","key":"${credentials.user}"}"#, "is not a PEM key"),
  ])
  func `what cannot be signed is said, and nothing is sent`(members: String, words: String) {
    let session = SessionUnderTest(Self.entry(members), Self.values)
    let first = session.next()
    #expect(first.hasPrefix("done: "))
    #expect(session.diagnosis.sentence.contains(words), "\(session.diagnosis.sentence)")
  }

  @Test(arguments: ["0", "-1", "99999999999999", "soon"])
  func `a lifetime that makes no sense is replaced by one that does`(lifetime: String) {
    let members = Self.jwt.replacing("\"300\"", with: "\"\(lifetime)\"")
    let token = Self.parameter("assertion", members, Self.values)
    #expect(token.split(separator: ".").count == 3)
  }

  @Test func `a dry run shows neither key nor assertion, and neither does an answer`() throws {
    for members in [Self.jwt, Self.saml] {
      let values: KeyValuePairs = [
        "credentials.user": "ann-EXAMPLE", "params.host": "id.acme.example",
        "assertion_option.name": "bob", "assertion_option.key": TestKeys.rsa,
      ]
      let provider = Fixture.provider(Self.entry(members))
      let submission = Submission(provider: provider, values: SecretValues(fixture: values))
      let moment = ReplayContext(
        now: Timestamp(secondsSinceEpoch: Self.now), randomSource: RandomSource(seed: [1]))
      let shown = try CheckSession.plan(submission, at: moment).json().fixtureText
      #expect(shown.contains("assertion=‹redacted›"))
      let again = try CheckSession.plan(submission, at: moment).json(revealing: true).fixtureText
      let same = try CheckSession.plan(submission, at: moment).json(revealing: true).fixtureText
      #expect(again == same)

      let session = SessionUnderTest(Self.entry(members), values, now: Self.now)
      let sent = session.next()
      let assertion = sent.split(separator: "assertion=").last.map(String.init) ?? ""
      session.answer(400, #"{"error":"invalid_grant","error_description":"bad \#(assertion)"}"#)
      let says = session.diagnosis.providerSays ?? ""
      #expect(says.contains("‹redacted›"))
      #expect(session.diagnosis.kind == .refused)
    }
  }

  @Test func `what was signed leaves nothing of the key behind`() {
    let scan = MemoryScan.marker()
    do {
      // A shared secret, so that the marker is in the key itself.
      var values = SecretValues()
      var secret = SecretBuffer(capacity: scan.count)
      for index in 0..<scan.count { secret.append(scan.byte(index)) }
      values.set(.init(.credentials, "key"), to: secret)
      let provider = Fixture.provider(
        Self.entry(
          """
          "signature":{"protocol":"HMAC"},"token_params":{"t":"${token}"},
          "token":{"signing_key":"${credentials.key}","hmac_secret_encoding":"utf8",
           "header":{"alg":"HS256"},"payload":{"sub":"ann"}}
          """))
      let session = SessionUnderTest(Submission(provider: provider, values: values))
      #expect(session.next().hasPrefix("POST "))
      #expect(scan.occurrences() >= 1)
    }
    #expect(scan.occurrences() == 0)
  }
}
