import Basics
import Requests
import Testing

@Suite struct ClientCredentials {
  static let client: KeyValuePairs = [
    "credentials.client_id": "id-EXAMPLE-0001", "credentials.client_secret": "s&cret EXAMPLE/1",
  ]

  /// An entry of this mode with the given members.
  static func entry(_ members: String = "") -> String {
    """
    {"display_name":"Acme","auth_mode":"OAUTH2_CC","token_url":"https://id.acme.example/token",
     "token_params":{"grant_type":"client_credentials"}\(members.isEmpty ? "" : ",")\(members)}
    """
  }

  private static func request(_ members: String, _ values: KeyValuePairs<String, String> = client)
    -> String
  {
    SessionUnderTest(entry(members), values).next()
  }

  @Test(arguments: [
    (
      "",
      "POST https://id.acme.example/token content-type: application/x-www-form-urlencoded "
        + "client_id=id-EXAMPLE-0001&client_secret=s%26cret+EXAMPLE%2F1&grant_type=client_credentials"
    ),
    (
      #""body_format":"json""#,
      #"POST https://id.acme.example/token content-type: application/json {"client_id":"#
        + #""id-EXAMPLE-0001","client_secret":"s&cret EXAMPLE/1","grant_type":"client_credentials"}"#
    ),
    (
      #""body_format":"query""#,
      "POST https://id.acme.example/token?client_id=id-EXAMPLE-0001&"
        + "client_secret=s%26cret+EXAMPLE%2F1&grant_type=client_credentials"
    ),
    (
      #""token_request_auth_method":"basic""#,
      "POST https://id.acme.example/token content-type: application/x-www-form-urlencoded "
        + "authorization: Basic aWQtRVhBTVBMRS0wMDAxOnMmY3JldCBFWEFNUExFLzE= "
        + "grant_type=client_credentials"
    ),
    (
      #""token_request_auth_method":"custom""#,
      "POST https://id.acme.example/token content-type: application/x-www-form-urlencoded "
        + "username=id-EXAMPLE-0001&password=s%26cret+EXAMPLE%2F1&grant_type=client_credentials"
    ),
    (
      #""token_headers":{"X-Version":"2","content-type":"text/plain"}"#,
      "POST https://id.acme.example/token content-type: text/plain x-version: 2 "
        + "client_id=id-EXAMPLE-0001&client_secret=s%26cret+EXAMPLE%2F1&grant_type=client_credentials"
    ),
  ])
  func `the client shows itself as the entry says`(members: String, request: String) {
    #expect(Self.request(members) == request)
  }

  @Test func `the client has a second name in templates`() {
    #expect(
      Self.request(
        #""token_request_auth_method":"basic","token_headers":{"x-client":"${clientId}"}"#
      )
      .contains(" x-client: id-EXAMPLE-0001 "))
  }

  @Test func `an entry without parameters sends the client's alone`() {
    let json = #"{"auth_mode":"OAUTH2_CC","token_url":"https://a.example/t"}"#
    #expect(
      SessionUnderTest(json, ["credentials.client_id": "a", "credentials.client_secret": ""]).next()
        == "POST https://a.example/t content-type: application/x-www-form-urlencoded "
        + "client_id=a&client_secret=")
  }

  @Test func `scopes are joined as the provider wants them`() {
    let values: KeyValuePairs = [
      "credentials.client_id": "a", "credentials.client_secret": "b",
      "params.oauth_scopes": "read,write:all",
    ]
    #expect(Self.request("", values).hasSuffix("&scope=read+write%3Aall"))
    #expect(Self.request(#""scope_separator":",""#, values).hasSuffix("&scope=read%2Cwrite%3Aall"))
  }

  @Test(arguments: [
    ("https://${connectionConfig.site}.a.example/t", "north", "https://north.a.example/t"),
    ("https://a.example/${connectionConfig.site}/t", "x y/z%", "https://a.example/x%20y%2Fz%25/t"),
    ("https://${connectionConfig.site}/t", "b.example/env", "https://b.example/env/t"),
    ("${connectionConfig.site}/t", "https://b.example:8443/env/", "https://b.example:8443/env/t"),
    ("https://a.example/${site}/t", "north", "https://a.example/north/t"),
    (
      "https://${connectionConfig.site}/t || https://a.example/t", "b.example",
      "https://b.example/t"
    ),
    ("https://${connectionConfig.site}/t || https://a.example/t", "", "https://a.example/t"),
    ("https://a.example/${connectionConfig.site}", "a||b", "https://a.example/a%7C%7Cb"),
  ])
  func `settings go into the address, each as one part of it`(
    template: String, value: String, address: String
  ) {
    let json = #"{"auth_mode":"OAUTH2_CC","token_url":"\#(template)"}"#
    let request = SessionUnderTest(
      json,
      [
        "credentials.client_id": "a", "credentials.client_secret": "b", "params.site": value,
      ]
    ).next()
    #expect(request.hasPrefix("POST \(address) "))
  }

  @Test func `an address with a gap is not asked`() {
    let json = """
      {"auth_mode":"OAUTH2_CC","token_url":"https://a.example/${connectionConfig.site}/t",
       "connection_config":{"site":{"type":"string","title":"Site"}}}
      """
    let session = SessionUnderTest(json, Self.client)
    #expect(session.next() == "done: unclear")
    #expect(session.diagnosis.sentence.contains("no value for Site"))
  }

  @Test func `of an address for each mode it is this one's`() {
    let json = """
      {"auth_mode":"OAUTH2_CC",
       "token_url":{"OAUTH2":"https://a.example/1","OAUTH2_CC":"https://a.example/2"}}
      """
    #expect(SessionUnderTest(json, Self.client).next().hasPrefix("POST https://a.example/2 "))
  }

  @Test(arguments: [
    (#"{"access_token":"t-EXAMPLE-TOKEN","expires_in":60}"#, "", 60),
    (#"{"data":{"token":"t-EXAMPLE-TOKEN"},"expires_in":"60"}"#, "", 60),
    (#"{"jwt":"t-EXAMPLE-TOKEN","expires_at":"2030-01-01T00:00:00Z"}"#, "", 1_893_456_000),
    (#"{"access_token":"t-EXAMPLE-TOKEN"}"#, "", 3300),
    (
      #"{"access_token":"t-EXAMPLE-TOKEN","expires_in":60000}"#,
      #""expires_in_unit":"milliseconds""#, 60
    ),
  ])
  func `a token is accepted, and its end is kept`(body: String, members: String, end: Int64) {
    let session = SessionUnderTest(Self.entry(members), Self.client, now: 0)
    _ = session.next()
    session.answer(200, body)
    let diagnosis = session.diagnosis
    #expect(diagnosis.kind == .accepted)
    #expect(diagnosis.tokenExpires?.secondsSinceEpoch == end)
    #expect(!"\(diagnosis)".contains("EXAMPLE-TOKEN"))
  }

  @Test func `members that later use needs are kept, without the token`() {
    let session = SessionUnderTest(
      Self.entry(#""token_response_metadata":["instance_url","echo","missing"]"#), Self.client)
    _ = session.next()
    session.answer(
      200,
      #"{"access_token":"t-EXAMPLE-TOKEN","instance_url":"https://n1.acme.example","#
        + #""echo":"it is t-EXAMPLE-TOKEN"}"#)
    #expect(
      session.diagnosis.metadata
        == ["instance_url": "https://n1.acme.example", "echo": "it is ‹redacted›"])
  }
}
