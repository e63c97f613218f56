import Drafts
import GuideText
import GuideTools
import ProviderFormat
import Requests
import Secrets
import Testing

/// The lint and the engine know the same names in the same places.
@Suite struct TemplateScopes {
  private static let names = [
    "a", "credentials.a", "b", "connectionConfig.b", "c", "integrationConfig.c", "d",
    "assertionOption.d", "derived.e", "derived.f", "method", "host", "path", "accessToken", "token",
    "step1.x", "credentials.raw.x", "_cookies", "gone", "random", "now:YYYY", "nowhere",
    "base64(${credentials.a})", "sha256Hex(${base64(${derived.e})})", "base46(a)",
  ]

  /// Parts of a request of `usher.check` with a template in them.
  private static let places = [
    #""url":"/x/${NAME}""#, #""url":"/","query":{"q":"${NAME}"}"#,
    #""url":"/","headers":{"x":"${NAME}"}"#, #""url":"/","method":"POST","body":{"x":"${NAME}"}"#,
    #""url":"/","method":"POST","form":{"x":"${NAME}"}"#,
    #""url":"/","method":"POST","xml":"<x>${NAME}</x>""#,
  ]

  private static let values: KeyValuePairs = [
    "credentials.a": "value-1", "params.b": "value-2", "integration_config.c": "value-3",
    "assertion_option.d": "value-4",
  ]

  private static func field(_ name: String) -> String {
    #"{"\#(name)":{"type":"string","title":"\#(name)"}}"#
  }

  /// An entry with something put in front of its fields.
  private static func provider(_ mode: String, _ members: String) -> Provider {
    Fixture.provider(
      """
      {"auth_mode":"\(mode)",\(members),"credentials":\(field("a")),
       "connection_config":\(field("b")),"integration_config":\(field("c")),
       "assertion_option":\(field("d"))}
      """)
  }

  /// The requests that the check would send; nil when they cannot be built.
  private static func requests(_ provider: Provider) -> String? {
    let submission = Submission(provider: provider, values: SecretValues(fixture: values))
    return try? CheckSession.plan(submission).json(revealing: true).fixtureText
  }

  private static func isFaulted(_ provider: Provider) -> Bool {
    GuideLint.findings(for: provider, guide: nil, file: "p.yaml").contains {
      $0.message.hasPrefix("nothing fills") || $0.message.hasPrefix("there is no function")
    }
  }

  @Test(arguments: places, names)
  func `what the lint knows in a check is filled, and nothing else`(place: String, name: String) {
    let request = place.replacing("NAME", with: name)
    let provider = Self.provider(
      "API_KEY",
      #""proxy":{"base_url":"https://a.example"},"usher":{"derive":[{"name":"e","text":"value-5"}],"#
        + #""check":[{\#(request)}]}"#)
    // Without the template the request is another one.
    let without = Self.provider(
      "API_KEY",
      #""proxy":{"base_url":"https://a.example"},"usher":{"check":[{\#(place.contains("url\":\"/x") ? #""url":"/x/""# : #""url":"/""#)}]}"#
    )
    let planned = Self.requests(provider)
    let isFilled =
      planned != nil && planned != Self.requests(without) && planned != #"{"requests":[]}"#
      && planned?.contains("${") == false
    #expect(isFilled != Self.isFaulted(provider), "\(planned ?? "none")")
  }

  @Test(
    arguments: [
      #""token_url":"https://a.example/${NAME}""#,
      #""token_url":"https://a.example","token_params":{"x":"${NAME}"}"#,
      #""token_url":"https://a.example","token_headers":{"x":"${NAME}"}"#,
    ], names)
  func `what the lint knows in a token request is filled, and nothing else`(
    place: String, name: String
  ) {
    let provider = Self.provider(
      "TWO_STEP",
      place.replacing("NAME", with: name)
        + #","token_response":{"token":"t"},"usher":{"derive":[{"name":"e","text":"value-5"}]}"#)
    let isFilled = Self.requests(provider).map { !$0.contains("${") } ?? false
    #expect(isFilled != Self.isFaulted(provider))
  }

  @Test func `a setting of the integration is filled into a header`() throws {
    let provider = Self.provider(
      "API_KEY",
      #""proxy":{"base_url":"https://a.example","headers":{"x-tenant":"${integrationConfig.c}"},"#
        + #""verification":{"endpoints":["/me"]}}"#)
    #expect(try #require(Self.requests(provider)).contains(#""x-tenant":"value-3""#))
  }

  @Test func `what is derived is written into a query as it is into an address`() throws {
    let provider = Self.provider(
      "API_KEY",
      #""proxy":{"base_url":"https://a.example"},"usher":{"derive":[{"name":"kid","text":"abc"}],"#
        + #""check":[{"url":"/keys/${derived.kid}","query":{"id":"${derived.kid}","v":"1"}}]}"#)
    #expect(
      try #require(Self.requests(provider)).contains("https://a.example/keys/abc?id=abc&v=1"))
  }

  @Test func `a function inside of a function is computed first`() throws {
    let provider = Self.provider(
      "API_KEY",
      #""proxy":{"base_url":"https://a.example","headers":"#
        + #"{"x":"${sha256Hex(${base64(${credentials.a}:${connectionConfig.b})})}"},"#
        + #""verification":{"endpoints":["/me"]}}"#)
    // printf value-1:value-2 | base64 | tr -d '\n' | sha256sum
    #expect(
      try #require(Self.requests(provider)).contains(
        "de50e9873bd529362513b35ef18bf716a1de0808940606a972a618a8630b39bc"))
  }
}
