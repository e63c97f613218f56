import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// What a caller sends along, and what the entry puts into it.
@Suite struct CallBodies {
  private static let values: KeyValuePairs = [
    "credentials.apiKey": "k&1 EXAMPLE", "params.email": "ann@acme.example",
  ]

  private static func entry(_ proxy: String = "", mode: String = "API_KEY") -> String {
    """
    {"auth_mode":"\(mode)","proxy":{"base_url":"https://a.example"\(proxy)},
     "credentials":{"apiKey":{"type":"string","title":"API key"}}}
    """
  }

  /// As adyntel's: a key, a setting, and something that nobody gave.
  private static let adding = entry(
    #","body":{"api_key":"${apiKey}","email":"${connectionConfig.email}","no":"${connectionConfig.no}"}"#
  )

  private static func request(
    _ line: String, _ entry: String, _ body: consuming CallBody,
    headers: KeyValuePairs<String, String> = [:]
  ) -> String {
    let session = CallUnderTest(entry, APICall(line, h: headers), values, body: body)
    let next = session.next()
    return session.outcome?.diagnosis.map { "\(next): \($0.sentence)" } ?? next
  }

  private static func content(_ text: String, _ type: String? = nil) -> CallBody {
    .content(SecretBuffer(fixture: text), type: type)
  }

  @Test func `a body is JSON and posted, unless something else is said`() {
    let plain = Self.entry()
    #expect(
      Self.request("/x", plain, Self.content("{\"a\": 1}"))
        == "POST https://a.example/x content-type: application/json {\"a\": 1}")
    #expect(
      Self.request("PUT /x", plain, Self.content("a", "text/plain"))
        == "PUT https://a.example/x content-type: text/plain a")
    #expect(
      Self.request("/x", plain, Self.content("a", "text/plain"), headers: ["Content-Type": "b/c"])
        == "POST https://a.example/x content-type: b/c a")
    #expect(
      Self.request("GET /x", plain, Self.content("{}"))
        == "GET https://a.example/x content-type: application/json {}")
    #expect(
      Self.request("/x", plain, Self.content(""))
        == "POST https://a.example/x content-type: application/json ")
    #expect(Self.request("POST /x", plain, .none) == "POST https://a.example/x")
  }

  @Test func `the entry's content type is that of a body that says none`() {
    let entry = Self.entry(#","headers":{"content-type":"application/vnd.api+json"}"#)
    #expect(
      Self.request("/x", entry, Self.content("{}"))
        == "POST https://a.example/x content-type: application/vnd.api+json {}")
    #expect(
      Self.request("/x", entry, .form([(name: "a", value: "b c&")]))
        == "POST https://a.example/x content-type: application/x-www-form-urlencoded a=b+c%26")
  }

  /// Rows of the table in `TokensAndCalls`.
  @Test(
    arguments: [
      (
        #"{"a": [1, 2],"email":"x","b":{"email":1}}"#, nil,
        #"{"a":[1, 2],"b":{"email":1},"api_key":"k&1 EXAMPLE","email":"ann@acme.example"}"#
      ),
      (
        "{}", "application/ld+json; charset=utf-8",
        #"{"api_key":"k&1 EXAMPLE","email":"ann@acme.example"}"#
      ),
      (
        "a=1&email=x&email=y", "application/x-www-form-urlencoded",
        "a=1&api_key=k%261+EXAMPLE&email=ann%40acme.example"
      ),
      (
        "--B\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n--B-\r\n--B--\r\n",
        "multipart/form-data; boundary=\"B\"",
        "--B\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n--B-\r\n"
          + "--B\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\nk&1 EXAMPLE\r\n"
          + "--B\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nann@acme.example\r\n--B--\r\n"
      ),
      ("a,b", "text/csv", "a,b"),
    ] as [(String, String?, String)])
  func `members of the entry are put into bodies that have members`(
    body: String, type: String?, sent: String
  ) {
    #expect(Self.request("PATCH /x", Self.adding, Self.content(body, type)).hasSuffix(" \(sent)"))
  }

  @Test(arguments: [
    ("POST", true), ("PUT", true), ("PATCH", true), ("DELETE", true), ("GET", false),
    ("OPTIONS", false),
  ])
  func `they are sent by themselves where there is no body, by methods that take one`(
    method: String, isAdded: Bool
  ) {
    let request = Self.request("\(method) /x", Self.adding, .none)
    #expect(request.contains(" content-type: application/json {\"api_key\":") == isAdded)
  }

  @Test(
    arguments: [
      ("[1]", nil), ("no", nil), ("{\"a\":1} x", nil), ("x", "multipart/form-data; boundary=B"),
    ] as [(String, String?)])
  func `a body that they do not fit into is refused`(body: String, type: String?) {
    #expect(
      Self.request("/x", Self.adding, Self.content(body, type))
        .contains("it is not of a form that has members"))
  }

  @Test func `a body is signed as it is sent`() {
    let entry = Self.entry(
      #","body":{"k":"${apiKey}"},"headers":{"x-digest":"${sha256Hex(${bodyCanonicalParams})}"}"#)
    #expect(
      Self.request("/x", entry, Self.content("{\"a\":1}"))
        == "POST https://a.example/x x-digest: "
        + "f71e461c3438745df80f6f195dc9d5e4d5b42c78628677a0e326d6ee6832d8dc "
        + "content-type: application/json {\"a\":1,\"k\":\"k&1 EXAMPLE\"}")
  }

  // MARK: Streams

  @Test func `a streamed body is read by whoever sends it`() {
    #expect(
      Self.request("/x", Self.entry(), .stream(length: 7, type: "a/b", isRepeatable: true))
        == "POST https://a.example/x content-type: a/b (stream)")
  }

  @Test(
    arguments: [
      (entry(), "application/json", false), (adding, nil, true),
      (adding, "application/x-www-form-urlencoded", true),
      (adding, "multipart/form-data; boundary=B", true), (adding, "text/csv", false),
      (entry(mode: "AWS_SIGV4"), "text/csv", true), (entry(mode: "TBA"), "text/csv", false),
      (entry(mode: "TBA"), "application/x-www-form-urlencoded", true),
      (entry(mode: "OAUTH1"), nil, false),
      (entry(#","headers":{"x":"${sha256Hex(${bodyCanonicalParams})}"}"#), "text/csv", true),
    ] as [(String, String?, Bool)])
  func `a body that is added to or signed has to be there as a whole`(
    entry: String, type: String?, isNeeded: Bool
  ) {
    #expect(
      CallSession.needsWholeBody(Fixture.provider(entry), type: type) == isNeeded)
    let sent = Self.request("/x", entry, .stream(length: nil, type: type, isRepeatable: false))
    #expect(sent.contains("the body has to be there as a whole") == isNeeded)
  }

  // MARK: Forms with files

  @Test func `a form with files is put together part by part`() {
    var form = MultipartForm()
    "1".withBytes { form.append($0, name: "a\"b") }
    "x\r\ny".withBytes { form.append($0, name: "f", fileName: "r.txt", type: "text/plain") }
    let (type, boundary) = (form.contentType, form.boundary)
    #expect(type == "multipart/form-data; boundary=\(boundary)")
    let head = form.head(name: "f", fileName: "r.txt")
    #expect(head.hasPrefix("--\(boundary)\r\n"))
    guard let body = form.body() else {
      Issue.record("a short form is a body")
      return
    }
    #expect(
      Self.request("/x", Self.entry(), body)
        == "POST https://a.example/x content-type: \(type) "
        + "--\(boundary)\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n1\r\n"
        + "--\(boundary)\r\nContent-Disposition: form-data; name=\"f\"; filename=\"r.txt\"\r\n"
        + "Content-Type: text/plain\r\n\r\nx\r\ny\r\n--\(boundary)--\r\n")
    #expect(MultipartForm().boundary != boundary)
  }

  @Test func `a form that is too long has no body`() {
    var form = MultipartForm()
    let large = String(repeating: "x", count: CallBody.contentLimit)
    large.withBytes { form.append($0, name: "a") }
    let isBody = form.body() != nil
    #expect(!isBody)
  }
}
