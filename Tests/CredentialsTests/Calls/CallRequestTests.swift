import Basics
import Drafts
import Requests
import Secrets
import Testing

/// Address, parameters, headers and method of a call.
@Suite struct CallRequests {
  private static let values: KeyValuePairs = [
    "credentials.apiKey": "k-EXAMPLE-0001", "params.site": "north", "params.team": "a/b c",
  ]

  private static func entry(_ proxy: String = "", base: String = CallUnderTest.host + "/v1/")
    -> String
  {
    """
    {"display_name":"Acme","auth_mode":"API_KEY",
     "proxy":{"base_url":"\(base)"\(proxy.isEmpty ? "" : ",")\(proxy)},
     "credentials":{"apiKey":{"type":"string","title":"API key"}},
     "connection_config":{"site":{"type":"string","title":"Site"}}}
    """
  }

  private static func request(
    _ call: APICall, _ entry: String = entry(), _ values: KeyValuePairs<String, String> = values,
    body: consuming CallBody = .none
  ) -> String {
    let session = CallUnderTest(entry, call, values, body: body)
    let next = session.next()
    return session.outcome?.diagnosis.map { "\(next): \($0.sentence)" } ?? next
  }

  // MARK: Address

  /// Rows of the table in `TokensAndCalls`.
  @Test(arguments: [
    ("/me", "https://api.acme.example/v1/me"), ("me", "https://api.acme.example/v1/me"),
    ("///me", "https://api.acme.example/v1/me"), ("/", "https://api.acme.example/v1"),
    ("/me?a=b c&d=%2F", "https://api.acme.example/v1/me?a=b%20c&d=%2F"),
    ("/me#part", "https://api.acme.example/v1/me"),
    ("/a/../b/./c", "https://api.acme.example/v1/b/c"),
    ("/../../b", "https://api.acme.example/b"), ("/a/%2E%2e/b/..", "https://api.acme.example/v1/"),
    ("/a/...?x=/../y", "https://api.acme.example/v1/a/...?x=/../y"),
    ("/t/${connectionConfig.team}/${site}", "https://api.acme.example/v1/t/a%2Fb%20c/north"),
    ("/k/${credentials.apiKey}", "https://api.acme.example/v1/k/k-EXAMPLE-0001"),
    ("/é{x}|y", "https://api.acme.example/v1/%C3%A9%7Bx%7D|y"),
    ("https://api.acme.example/v1/me", "https://api.acme.example/v1/me"),
    ("HTTPS://API.acme.example:443/v1", "https://api.acme.example/v1"),
    ("https://api.acme.example/v2/me?x=1", "https://api.acme.example/v2/me?x=1"),
    ("//b.example/x", "https://api.acme.example/v1/b.example/x"),
    ("@b.example", "https://api.acme.example/v1/@b.example"),
  ])
  func `a path stands below the base, and an absolute address at its origin`(
    path: String, address: String
  ) {
    #expect(Self.request(APICall(target: .path(path))) == "GET \(address)")
  }

  @Test(arguments: [
    "https://b.example/v1/me", "http://api.acme.example/v1/me", "https://api.acme.example:8443/me",
    "https://api.acme.example.b.example/v1", "https://b.example",
  ])
  func `an address at another origin is refused`(path: String) throws {
    let request = Self.request(APICall(target: .path(path)))
    #expect(request.hasPrefix("done 1: The request cannot be built: "))
    #expect(request.contains("is not where the provider's entry sends the credentials"))
  }

  @Test func `a name and password in an address are refused`() {
    #expect(
      Self.request(APICall(target: .path("https://u:p@api.acme.example/me")))
        .hasPrefix("done 1: The request cannot be built"))
  }

  @Test(arguments: [
    ("/me", "http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x/me"),
    ("https://b.example/me", "https://b.example", "https://b.example/me"),
    ("/me", "https://${connectionConfig.site}.example", "https://north.example/me"),
    ("/me", "https://b.example/a/../b/", "https://b.example/b/me"),
  ])
  func `another base address can be named`(path: String, base: String, address: String) {
    #expect(Self.request(APICall(path, base: base)) == "GET \(address)")
  }

  @Test(arguments: [
    ("https://b.example/me", "https://c.example"), ("/me", "b.example"), ("/me", "ftp://b.example"),
  ])
  func `what is no base address, or another one, is refused`(path: String, base: String) {
    #expect(Self.request(APICall(path, base: base)).hasPrefix("done 1: The request cannot"))
  }

  @Test(arguments: [
    ("/me", "done 1"), ("https://a.example/me", "GET https://a.example/me"),
  ])
  func `without a base address an absolute one is needed`(path: String, request: String) {
    let none = #"{"auth_mode":"NONE"}"#
    #expect(Self.request(APICall(path), none, [:]).hasPrefix(request))
  }

  @Test(arguments: [
    ("https://id.acme.example/me", "GET https://id.acme.example/me authorization: Bearer t"),
    ("https://b.example/me", "done 1"), ("http://id.acme.example/me", "done 1"),
  ])
  func `without a base address credentials go to the entry's own hosts alone`(
    path: String, request: String
  ) {
    let session = CallUnderTest(
      #"{"auth_mode":"OAUTH2","token_url":"https://id.acme.example/token"}"#, APICall(path),
      token: TokenSet(fixture: ["accessToken": "t"]))
    #expect(session.next() == request)
  }

  @Test func `a setting that is missing is named`() {
    let request = Self.request(APICall("/x/${connectionConfig.none}"))
    #expect(request.contains("there is no value for connectionConfig.none"))
  }

  @Test func `an AWS connection's own base address wins, and its scope is a setting`() {
    let entry = """
      {"auth_mode":"AWS_SIGV4",
       "proxy":{"base_url":"https://${connectionConfig.service}.${connectionConfig.region}.amazonaws.com"}}
      """
    func request(_ own: KeyValuePairs<String, String>) -> String {
      CallUnderTest(
        entry, APICall("/b"), own,
        token: TokenSet(fixture: [
          "aws.accessKeyId": "A", "aws.secretAccessKey": "s", "aws.sessionToken": "t",
        ])
      ).next()
    }
    #expect(
      request(["integration_config.service": "s3"])
        .hasPrefix("GET https://s3.us-east-1.amazonaws.com/b host: s3.us-east-1.amazonaws.com "))
    #expect(
      request([
        "integration_config.service": "s3", "params.base_url": "https://own.example/x/",
        "params.region": "eu-west-1",
      ]).contains("https://own.example/x/b host: own.example"))
  }

  // MARK: Parameters

  @Test(
    arguments: [
      ("/me", ["a": "1 &", "b": ""], "me?a=1+%26&b="),
      ("/me?a=0&c=2&a=3", ["a": "1"], "me?a=1&c=2"), ("/me", ["a": "1", "a": "2"], "me?a=2"),
      ("/me", ["x": "${apiKey}"], "me?x=%24%7BapiKey%7D"),
    ] as [(String, KeyValuePairs<String, String>, String)])
  func `a parameter takes the place of those of its name, as it is`(
    path: String, q: KeyValuePairs<String, String>, address: String
  ) {
    #expect(
      Self.request(APICall(path, q: q)) == "GET https://api.acme.example/v1/\(address)")
  }

  @Test func `the entry's own parameters stand behind the caller's and win`() {
    #expect(
      Self.request(
        APICall("/me", q: ["key": "x", "a": "1"]), Self.entry(#""query":{"key":"${apiKey}"}"#))
        == "GET https://api.acme.example/v1/me?a=1&key=k-EXAMPLE-0001")
  }

  // MARK: Headers

  private static let headers = Self.entry(
    #""headers":{"authorization":"Token ${apiKey}","x-plain":"1","User-Agent":"acme/1"}"#)

  @Test func `a caller's header takes the place of ours, but for the entry's user agent`() {
    #expect(
      Self.request(
        APICall(
          "/me", h: ["Authorization": "mine", "X-New": "${apiKey}", "user-agent": "curl"]),
        Self.headers)
        == "GET https://api.acme.example/v1/me authorization: mine x-plain: 1 "
        + "user-agent: acme/1 x-new: ${apiKey}")
    #expect(
      Self.request(APICall("/me", h: ["user-agent": "curl"]))
        == "GET https://api.acme.example/v1/me user-agent: curl")
  }

  @Test(arguments: [
    ("X-A", "a\r\nX-B: b"), ("X-A", "a\nb"), ("X-A", "a\u{0}b"), ("X-A", "a\u{7F}"), ("X A", "b"),
    ("X-A:", "b"), ("", "b"), ("Ü", "b"), ("x\r\ny", "b"), ("Host", "b.example"),
    ("content-length", "7"), ("Transfer-Encoding", "chunked"), ("Connection", "close"),
  ])
  func `a header that could not be sent as one is refused`(name: String, value: String) {
    let request = Self.request(APICall("/me", h: [name: value]))
    #expect(request.hasPrefix("done 1: The request cannot be built: "))
    #expect(!request.contains("\r"))
  }

  @Test func `what credentials add is there by mode`() {
    let token = TokenSet(fixture: ["accessToken": "t"])
    let session = CallUnderTest(
      """
      {"auth_mode":"TWO_STEP","proxy":{"base_url":"https://a.example",
       "headers":{"x-id":"${credentials.raw.id}"},"query":{"at":"${accessToken}"}}}
      """, APICall("/me"), token: token)
    #expect(session.next() == "GET https://a.example/me?at=t authorization: Bearer t")
  }

  @Test func `what came with the token stands in address and headers`() {
    let session = CallUnderTest(
      """
      {"auth_mode":"TWO_STEP","token_response_metadata":["host"],
       "proxy":{"base_url":"https://${connectionConfig.host}/${site}/${credentials.raw.id}",
       "headers":{"x-id":"${credentials.raw.id}","x-step":"${step2.key}","cookie":"${_cookies}"}}}
      """, APICall("/me"), ["params.site": "s"],
      token: TokenSet(fixture: [
        "accessToken": "t", "credentials.raw.id": "7", "step2.key": "k", "_cookies": "c=1",
        "connectionConfig.host": "h.example", "connectionConfig.site": "never",
      ]))
    #expect(
      session.next() == "GET https://h.example/s/7/me x-id: 7 x-step: k cookie: c=1")
  }

  // MARK: Method

  @Test(arguments: [
    ("/me", "GET"), ("get /me", "GET"), ("DELETE /me", "DELETE"), ("HEAD /me", "HEAD"),
    ("propfind /me", "PROPFIND"),
  ])
  func `a method is sent in capitals, GET unless there is a body`(line: String, method: String) {
    #expect(Self.request(APICall(line)).hasPrefix("\(method) https://"))
  }

  @Test(arguments: ["CONNECT", "trace", "G ET", "", "GET\r\n", "ÄPFEL", "VERYVERYVERYVERYLONG1"])
  func `what is no method is refused`(method: String) {
    #expect(
      Self.request(APICall(method: method, target: .path("/me")))
        .contains("its method is none that is sent"))
  }

  @Test func `compression is asked for where the entry says so`() {
    #expect(
      Self.request(APICall("/me"), Self.entry(#""decompress":true"#)).hasSuffix(" (compressed)"))
  }

  @Test(arguments: [
    (APICall("https://b.example/x"), RequestError.otherOrigin("b.example")),
    (APICall("/x", h: ["Host": "b"]), .reservedHeader("Host")), (APICall("TRACE /x"), .badMethod),
  ])
  func `what speaks against a call is known before anything is sent`(
    call: APICall, error: RequestError
  ) {
    let submission = Submission(
      provider: Fixture.provider(Self.entry()), values: SecretValues(fixture: Self.values))
    #expect(CallSession.objection(to: CallRequest(call), of: submission) == error)
    #expect(error.explanation.advice != nil)
    #expect(CallSession.objection(to: CallRequest(APICall("/x")), of: submission) == nil)
  }
}
