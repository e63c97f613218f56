import Basics
import Drafts
import Requests
import Testing

/// Getting a token for an account, mode by mode: what is sent for it and what is kept of it.
@Suite struct GettingTokens {
  private static let client: KeyValuePairs = [
    "credentials.client_id": "id-EXAMPLE-0001", "credentials.client_secret": "secret-EXAMPLE-1",
  ]

  private static func client(_ members: String = "") -> String {
    """
    {"display_name":"Acme","auth_mode":"OAUTH2_CC","token_url":"https://id.acme.example/token",
     "usher":{"check":[{"url":"https://api.acme.example/me"}]}\(members)}
    """
  }

  @Test func `a client's token is asked for by its mode, whatever check the entry declares`() {
    let session = TokenUnderTest(Self.client(), Self.client)
    #expect(
      session.next() == "POST https://id.acme.example/token "
        + "content-type: application/x-www-form-urlencoded "
        + "client_id=id-EXAMPLE-0001&client_secret=secret-EXAMPLE-1")
    session.answer(200, #"{"access_token":"t-EXAMPLE-1","expires_in":3600}"#)
    #expect(session.next() == "token")
    #expect(
      session.token
        == .init(
          values: ["accessToken": "t-EXAMPLE-1"], obtained: 1_000_000_000,
          expires: 1_000_003_600, type: "Bearer"))
  }

  /// Rows of the table in `TokensAndCalls`.
  @Test(arguments: [
    (#"{"access_token":"t","expires_in":60}"#, "", 60),
    (#"{"access_token":"t","expires_in":"60"}"#, "", 60),
    (#"{"access_token":"t","expires_at":1000000090}"#, "", 90),
    (#"{"access_token":"t","expires_at":"2001-09-09T01:48:10Z"}"#, "", 90),
    (#"{"access_token":"t","expires_in":90000}"#, #","expires_in_unit":"milliseconds""#, 90),
    (#"{"access_token":"t"}"#, "", 3300),
    (#"{"data":{"token":"t"}}"#, "", 3300),
    (#"{"jwt":"t"}"#, "", 3300),
    ("access_token=t&expires_in=60", "", 60),
    (#"{"access_token":"t","error":null,"expires_in":60}"#, "", 60),
  ])
  func `a client's token ends when its answer says, else after 55 minutes`(
    body: String, members: String, life: Int64
  ) {
    let session = TokenUnderTest(Self.client(members), Self.client)
    _ = session.next()
    session.answer(201, body)
    #expect(session.next() == "token")
    #expect(session.token?.values["accessToken"] == "t")
    #expect(session.token?.expires == 1_000_000_000 + life)
  }

  @Test func `what is told of the account with the token is kept with it`() {
    let session = TokenUnderTest(
      Self.client(
        #","token_response_metadata":["instance_url","typed"],"proxy":{"headers":{"x-id":"${credentials.raw.a.id}"}}"#
      ),
      [
        "credentials.client_id": "a", "credentials.client_secret": "b", "params.typed": "mine",
      ])
    _ = session.next()
    session.answer(
      200,
      #"{"access_token":"t","instance_url":"https://x.acme.example","typed":"theirs","a":{"id":7}}"#
    )
    #expect(session.next() == "token")
    #expect(
      session.token?.values == [
        "accessToken": "t", "connectionConfig.instance_url": "https://x.acme.example",
        "credentials.raw.a.id": "7",
      ])
  }

  @Test func `a token is handed out once`() {
    let session = TokenUnderTest(Self.client(), Self.client)
    _ = session.next()
    session.answer(200, #"{"access_token":"t"}"#)
    #expect(session.next() == "token")
    #expect(session.next() == "uncheckable")
  }

  @Test(arguments: [
    (400, #"{"error":"invalid_client"}"#, "refused"), (401, "", "refused"),
    (200, "{}", "unclear"), (200, #"{"error":"invalid_grant"}"#, "refused"), (429, "", "busy"),
    (503, "", "busy"),
  ])
  func `an answer without a token gives none, and says why`(
    status: Int, body: String, kind: String
  ) {
    let session = TokenUnderTest(Self.client(), Self.client)
    _ = session.next()
    session.answer(status, body, headers: [("retry-after", "7")])
    #expect(session.next() == kind)
    #expect(session.outcome.contains("wait: Optional(7)") == (kind == "busy"))
    #expect(session.token == nil)
  }

  @Test func `what the network says is told without the secret`() {
    let session = TokenUnderTest(Self.client(), Self.client)
    _ = session.next()
    session.fail(.timeout, "echo secret-EXAMPLE-1")
    #expect(session.next() == "unreachable")
    #expect(session.outcome.contains("id.acme.example"))
    #expect(!session.outcome.contains("secret-EXAMPLE-1"))
  }

  @Test func `a session of BILL lives 35 minutes, and is no bearer token`() {
    let session = TokenUnderTest(
      #"{"display_name":"Bills","auth_mode":"BILL","token_url":"https://bill.example/v3/login"}"#,
      [
        "credentials.username": "ann", "credentials.password": "p-EXAMPLE-1",
        "credentials.organization_id": "org", "credentials.dev_key": "k-EXAMPLE-1",
      ])
    #expect(session.next().hasPrefix("POST https://bill.example/v3/login "))
    session.answer(200, #"{"sessionId":"s-EXAMPLE-1","organizationId":"org","userId":"u7"}"#)
    #expect(session.next() == "token")
    #expect(session.token?.values["accessToken"] == "s-EXAMPLE-1")
    #expect(session.token?.expires == 1_000_002_100)
    #expect(session.token?.type == nil)
  }

  @Test func `for a role of AWS its credentials are got, and nobody is asked whose they are`() {
    let session = TokenUnderTest(AWSRoles.entry, AWSRoles.builtin, now: 1_787_576_709)
    #expect(session.next().contains("Action=AssumeRole"))
    session.answer(200, AWSRoles.given)
    #expect(session.next() == "token")
    #expect(
      session.token
        == .init(
          values: [
            "aws.accessKeyId": "ASIAEXAMPLE", "aws.secretAccessKey": "temporary/EXAMPLE",
            "aws.sessionToken": "session+EXAMPLE==",
          ], obtained: 1_787_576_709, expires: 1_787_580_309))
  }

  @Test func `temporary credentials without an end live an hour`() {
    let session = TokenUnderTest(AWSRoles.entry, AWSRoles.builtin)
    _ = session.next()
    session.answer(
      200,
      #"{"credentials":{"accessKeyId":"A","secretAccessKey":"s-EXAMPLE","sessionToken":"t"}}"#)
    #expect(session.next() == "token")
    #expect(session.token?.expires == 1_000_003_600)
  }

  @Test func `a token that is signed here needs nobody, and lives as long as it says`() {
    let session = TokenUnderTest(
      """
      {"auth_mode":"JWT","token":{"signing_key":"${credentials.key}","expires_in_ms":600000,
       "header":{"alg":"HS256"},"payload":{"iss":"me"}}}
      """, ["credentials.key": "6162636465666768696a"])
    #expect(session.next() == "token")
    #expect(session.token?.values["accessToken"]?.hasPrefix("ey") == true)
    #expect(session.token?.values.count == 1)
    #expect(session.token?.expires == 1_000_000_600)
    #expect(session.token?.type == "Bearer")
  }

  @Test func `a user name token lives five minutes`() {
    let session = TokenUnderTest(
      #"{"auth_mode":"SIGNATURE","signature":{"protocol":"WSSE"}}"#,
      ["credentials.username": "ann", "credentials.password": "p-EXAMPLE-1"])
    #expect(session.next() == "token")
    #expect(session.token?.values["accessToken"]?.hasPrefix("UsernameToken ") == true)
    #expect(session.token?.expires == 1_000_000_300)
  }

  @Test func `a key that cannot sign is the reason why there is no token`() {
    let session = TokenUnderTest(
      #"{"auth_mode":"JWT","token":{"signing_key":"${credentials.key}","header":{"alg":"HS256"}}}"#,
      ["credentials.key": "no digits"])
    #expect(session.next() == "wrong_kind")
  }

  @Test(arguments: ["API_KEY", "BASIC", "TBA", "NONE", "OAUTH1", "INSTALL_PLUGIN"])
  func `a mode without a token says so`(mode: String) {
    let session = TokenUnderTest(#"{"display_name":"Acme","auth_mode":"\#(mode)"}"#, [:])
    #expect(session.next() == "uncheckable")
    #expect(session.outcome.contains("Acme has no access token"))
  }

  @Test(arguments: ["OAUTH2", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC"])
  func `where nothing is known that a person has agreed to, nobody is asked`(mode: String) {
    let session = TokenUnderTest(
      #"{"display_name":"Acme","auth_mode":"\#(mode)","token_url":"https://a.example/token"}"#, [:])
    #expect(session.next() == "refused")
    #expect(session.outcome.contains("Acme gave nothing to renew the token with"))
    #expect(session.outcome.contains(Diagnosis.linkAgain))
  }

  @Test func `what a person has agreed to is renewed, and says when it is the next time`() {
    var known = TokenSet(
      fixture: ["accessToken": "old-EXAMPLE", "refreshToken": "r-EXAMPLE"],
      expires: 1_000_000_060)
    known.consentBuffer = 30
    let session = TokenUnderTest(
      #"{"display_name":"Acme","auth_mode":"OAUTH2","token_url":"https://a.example/token","token_expiration_buffer":30}"#,
      [
        "credentials.oauth_client_id_override": "app",
        "credentials.oauth_client_secret_override": "s-EXAMPLE",
      ],
      known: known)
    #expect(session.next().contains("grant_type=refresh_token&refresh_token=r-EXAMPLE"))
    session.answer(200, #"{"access_token":"new-EXAMPLE","expires_in":600}"#)
    #expect(session.next() == "token")
    #expect(session.token?.values["accessToken"] == "new-EXAMPLE")
    #expect(session.token?.values["refreshToken"] == "r-EXAMPLE")
    #expect(session.token?.consentBuffer == 30)
    #expect(session.token?.expires == 1_000_000_600)
  }

  @Test(arguments: [
    (#"{"auth_mode":"OAUTH2_CC"}"#, TokenOrigin.fetched), (#"{"auth_mode":"TWO_STEP"}"#, .fetched),
    (#"{"auth_mode":"BILL"}"#, .fetched), (#"{"auth_mode":"AWS_SIGV4"}"#, .fetched),
    (#"{"auth_mode":"JWT","token":{}}"#, .made), (#"{"auth_mode":"JWT"}"#, .none),
    (#"{"auth_mode":"JWT","token":{"header":{"alg":"none"}}}"#, .none),
    (#"{"auth_mode":"SIGNATURE","signature":{"protocol":"wsse"}}"#, .made),
    (#"{"auth_mode":"SIGNATURE"}"#, .none), (#"{"auth_mode":"API_KEY"}"#, .none),
    (#"{"auth_mode":"BASIC"}"#, .none), (#"{"auth_mode":"TBA"}"#, .none),
    (#"{"auth_mode":"NONE"}"#, .none), (#"{"auth_mode":"OAUTH2"}"#, .fetched),
    (#"{"auth_mode":"MCP_OAUTH2"}"#, .fetched), (#"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#, .fetched),
    (#"{"auth_mode":"APP"}"#, .fetched),
    (#"{"auth_mode":"OAUTH1"}"#, .none), (#"{"auth_mode":"INSTALL_PLUGIN"}"#, .none),
    (#"{"auth_mode":"CUSTOM"}"#, .fetched), (#"{"auth_mode":"NEVER_HEARD_OF"}"#, .none),
  ])
  func `where a token comes from is told by the mode`(entry: String, origin: TokenOrigin) {
    #expect(TokenOrigin(Fixture.provider(entry)) == origin)
  }
}
