import Basics
import Drafts
import GuideText
import ProviderFormat
import Requests
import Secrets
import TestSupport
import Testing

@Suite struct Addresses {
  /// The address that a template gives with these settings, or why it gives none.
  private static func address(
    _ template: String, _ values: KeyValuePairs<String, String>
  ) -> Result<String, RequestError> {
    let entry = #"{"auth_mode":"OAUTH2_CC","token_url":\#(Value.string(template).json)}"#
    var named = SecretValues(fixture: [
      "credentials.client_id": "client", "credentials.client_secret": "secret-EXAMPLE",
    ])
    for (name, value) in values {
      named.set(.init(.connectionConfig, name), to: SecretBuffer(fixture: value))
    }
    let submission = Submission(provider: Fixture.provider(entry), values: named)
    do throws(RequestError) {
      let plan = try CheckSession.plan(submission).json(revealing: true).fixtureText
      let url = try? Value(json: plan)["requests"]?.list?.first?["url"]?.text
      return .success(url ?? plan)
    } catch {
      return .failure(error)
    }
  }

  struct Sample: Sendable, CustomTestStringConvertible {
    var template: String
    var value: String
    var address: String

    init(_ template: String, _ value: String, _ address: String) {
      self.template = template
      self.value = value
      self.address = address
    }

    var testDescription: String { "\(template) with \(value)" }
  }

  static let samples = [
    Sample(
      "https://a.example/x/${connectionConfig.v}/y", "p/q r?#&é",
      "https://a.example/x/p%2Fq%20r%3F%23%26%C3%A9/y"),
    Sample(
      "https://a.example/?q=${connectionConfig.v}", "a&b=c d+e",
      "https://a.example/?q=a%26b%3Dc%20d%2Be"),
    Sample("https://${connectionConfig.v}.a.example/x", "North-1", "https://north-1.a.example/x"),
    Sample("https://${connectionConfig.v}/scim", "H.example/base/", "https://h.example/base/scim"),
    Sample("https://${connectionConfig.v}", "h.example", "https://h.example/"),
    Sample("https://${connectionConfig.v}/x", "https://h.example", "https://h.example/x"),
    Sample(
      "https://${connectionConfig.v}/x", "HTTPS://http://h.example/b/", "https://h.example/b/x"),
    Sample("${connectionConfig.v}/x", "https://https://h.example", "https://h.example/x"),
    Sample("https://${connectionConfig.v}?a=1", "h.example:8443", "https://h.example:8443/?a=1"),
    Sample(
      "${connectionConfig.v}/api", "https://H.example:444/Base/", "https://h.example:444/Base/api"),
    Sample("${connectionConfig.v}", "http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
    Sample("${connectionConfig.v}://a.example/x", "http", "http://a.example/x"),
    Sample("https://a.example:${connectionConfig.v}/x", "8080", "https://a.example:8080/x"),
    Sample("https://a.example:${connectionConfig.v}/x:443/", "443", "https://a.example/x:443/"),
    Sample("https://A.example/p#frag${connectionConfig.v}", "x", "https://a.example/p"),
    Sample("https://[::1]:80/${connectionConfig.v}", "x", "https://[::1]:80/x"),
    Sample("https://a.example/a b?q=\"<>", "", "https://a.example/a%20b?q=%22%3C%3E"),
  ]

  @Test(arguments: samples)
  func `a value is put in as its place asks for`(sample: Sample) {
    #expect(Self.address(sample.template, ["v": sample.value]) == .success(sample.address))
  }

  /// Values that would move the request to another place.
  @Test(arguments: [
    ("https://${connectionConfig.v}.a.example/x", "evil.example/"),
    ("https://${connectionConfig.v}.a.example/x", "evil.example#"),
    ("https://${connectionConfig.v}.a.example/x", "evil.example?"),
    ("https://${connectionConfig.v}.a.example/x", "a@evil.example:1"),
    ("https://${connectionConfig.v}.a.example/x", "evil.example\\"),
    ("https://${connectionConfig.v}/x", "user@evil.example"),
    ("https://${connectionConfig.v}/x", "evil.example?"),
    ("https://${connectionConfig.v}/x", "evil.example\\@a.example"),
    ("https://${connectionConfig.v}/x", "/evil"), ("https://${connectionConfig.v}/x", "a..b"),
    ("https://${connectionConfig.v}/x", "a b"),
    ("https://${connectionConfig.v}/x", "ex\u{E4}mple.de"),
    ("https://${connectionConfig.v}/x", "%61.example"),
    ("https://${connectionConfig.v}/x", "a:99999"),
    ("https://${connectionConfig.v}/x", "a:b"), ("https://${connectionConfig.v}/x", "a.example:"),
    ("https://a.example:${connectionConfig.v}/x", ""),
    ("https://${connectionConfig.v}/x", "[1:2]"), ("https://${connectionConfig.v}/x", "[::1"),
    ("https://a.example:${connectionConfig.v}/x", "80@b"),
    ("${connectionConfig.v}/api", "ftp://a.example"), ("${connectionConfig.v}/api", "a.example"),
    ("${connectionConfig.v}/api", "https://u:p@a.example"),
    ("${connectionConfig.v}/api", "https://"), ("https://${connectionConfig.v}/x", "https://"),
    ("https://${connectionConfig.v}/x", "h.example:/x"), ("https://${connectionConfig.v}.b/x", "."),
    ("${connectionConfig.v}://a.example/x", "file"),
    ("https://a.example/${connectionConfig.v}/x", ".."),
    ("https://a.example/${connectionConfig.v}", "."),
    ("https://${connectionConfig.v}/x", "a.example/.."),
    ("https://${connectionConfig.v}/x", "a.example/%2e%2E/y"),
    ("${connectionConfig.v}", "https://a.example/x?y"),
    ("${connectionConfig.v}", "javascript:alert(1)"),
  ])
  func `a value that does not fit its place is refused`(template: String, value: String) {
    switch Self.address(template, ["v": value]) {
    case .success(let address): Issue.record("it became \(address)")
    case .failure(let error):
      #expect(value.count <= 3 || error.explanation.why?.contains(value) == false)
    }
  }

  @Test func `two values side by side cannot become host and path`() {
    let template = "https://${connectionConfig.a}${connectionConfig.b}/x"
    #expect(
      Self.address(template, ["a": "evil.example/", "b": ".a.example"])
        == .failure(.badPart(name: "connectionConfig.a", .host)))
  }

  @Test func `a placeholder without a value is named`() {
    #expect(
      Self.address("https://${connectionConfig.sub}.a.example", [:])
        == .failure(.unfilled(name: "connectionConfig.sub", place: "the address")))
  }

  @Test func `seeded nonsense in every place gives an address or an error, and never another host`()
  {
    var random = SeededRandom(seed: 7)
    let letters = Array("ab./:@?#%\\ []é\u{0}-_~&=;..".unicodeScalars)
    for _ in 0..<4000 {
      var value = String.UnicodeScalarView()
      for _ in 0..<random.below(12) { value.append(letters[random.below(letters.count)]) }
      let template =
        "https://${connectionConfig.v}.a.example/${connectionConfig.v}?q=${connectionConfig.v}"
      guard case .success(let address) = Self.address(template, ["v": String(value)]) else {
        continue
      }
      let host = address.dropFirst("https://".count).prefix { $0 != "/" && $0 != "?" && $0 != ":" }
      #expect(host.hasSuffix(".a.example"))
    }
  }
}
