import Basics
import Drafts
import Requests
import Testing

/// The ready header lines of an account, and why there may be none.
@Suite struct AccessHeaderLines {
  private static func lines(
    _ entry: String, _ values: KeyValuePairs<String, String> = [:],
    token: KeyValuePairs<String, String>? = nil, slug: String = "acme"
  ) throws(AccessHeaderAbsence) -> String {
    let submission = Submission(
      provider: Fixture.provider(entry, slug: slug), values: SecretValues(fixture: values))
    let set = token.map { TokenSet(fixture: $0) }
    return try AccessHeaders.lines(
      of: submission, token: set,
      at: ReplayContext(now: Timestamp(secondsSinceEpoch: 1_000_000_000))
    ).fixtureText
  }

  private static func key(_ proxy: String) -> String {
    """
    {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",\(proxy)},
     "credentials":{"apiKey":{"type":"string","title":"API key"}}}
    """
  }

  @Test func `a key goes where the entry says, beside what else requests have`() throws {
    let lines = try Self.lines(
      Self.key(
        #""headers":{"X-Api-Key":"${apiKey}","accept":"application/json","x-no":"${gone}"}"#),
      ["credentials.apiKey": "k-EXAMPLE-1"])
    #expect(lines == "x-api-key: k-EXAMPLE-1\naccept: application/json\n")
  }

  @Test(arguments: [
    ("OAUTH2_CC", "authorization: Bearer t\n"), ("TWO_STEP", "authorization: Bearer t\n"),
    ("OAUTH2", "authorization: Bearer t\n"),
  ])
  func `a token is a bearer's`(mode: String, lines: String) throws {
    #expect(
      try Self.lines(#"{"auth_mode":"\#(mode)"}"#, token: ["accessToken": "t"]) == lines)
  }

  @Test func `a token that is signed here is made for it`() throws {
    let lines = try Self.lines(
      #"{"auth_mode":"JWT","token":{"signing_key":"${credentials.key}","header":{"alg":"HS256"}}}"#,
      ["credentials.key": "6162636465666768696a"])
    #expect(lines.hasPrefix("authorization: Bearer ey"))
  }

  @Test func `user name and password go as Basic`() throws {
    let lines = try Self.lines(
      #"{"auth_mode":"BASIC"}"#, ["credentials.username": "a", "credentials.password": "b"])
    #expect(lines == "authorization: Basic YTpi\n")
  }

  @Test func `a session that is a cookie goes as one`() throws {
    let lines = try Self.lines(
      #"{"auth_mode":"TWO_STEP","proxy":{"headers":{"cookie":"${credentials._cookies}"}}}"#,
      token: ["accessToken": "t", "_cookies": "a=1"])
    #expect(lines == "cookie: a=1\n")
  }

  @Test(
    arguments: [
      (#"{"auth_mode":"TBA"}"#, [:], .signed), (#"{"auth_mode":"OAUTH1"}"#, [:], .signed),
      (#"{"auth_mode":"AWS_SIGV4"}"#, [:], .signed),
      (
        key(#""headers":{"x":"${sha256Hex(${apiKey}${endpoint})}"}"#),
        ["credentials.apiKey": "k"], .signed
      ),
      (
        key(#""headers":{"accept":"a/b"},"query":{"v":"1","key":"${apiKey}"}"#),
        ["credentials.apiKey": "k"], .query(["key"])
      ),
      (
        key(#""body":{"api_key":"${apiKey}","x":1}"#), ["credentials.apiKey": "k"],
        .body(["api_key"])
      ),
      (#"{"auth_mode":"NONE"}"#, [:], .none), (#"{"auth_mode":"OAUTH2_CC"}"#, [:], .noToken),
      (
        key(#""headers":{"x":"${apiKey}"}"#), ["credentials.apiKey": "a\nb"],
        .unbuildable(.badHeader("x"))
      ),
    ] as [(String, KeyValuePairs<String, String>, AccessHeaderAbsence)])
  func `where there is no line that is good for every request it is said why`(
    entry: String, values: KeyValuePairs<String, String>, absence: AccessHeaderAbsence
  ) {
    #expect(throws: absence) { try Self.lines(entry, values) }
    #expect(absence.explanation.why != nil)
  }

  @Test func `the key of a private API goes where its settings say`() throws {
    let entry = #"{"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string"}}}"#
    let lines = try Self.lines(
      entry,
      [
        "credentials.apiKey": "k-EXAMPLE-1", "integration_config.baseUrl": "https://a.example",
        "integration_config.keyName": "X-Key", "integration_config.keyPlacement": "header",
      ], slug: "private-api-generic")
    #expect(lines == "x-key: k-EXAMPLE-1\n")
    #expect(throws: AccessHeaderAbsence.query(["k"])) {
      try Self.lines(
        entry,
        [
          "credentials.apiKey": "k-EXAMPLE-1", "integration_config.keyName": "k",
          "integration_config.keyPlacement": "query",
        ], slug: "private-api-generic")
    }
  }
}
