import Basics
import Requests
import Testing

/// Tokens of TWO_STEP: got in several steps, and renewed by what came with the last one.
@Suite struct RenewingTokens {
  private static let login: KeyValuePairs = [
    "credentials.user": "ann", "credentials.password": "p-EXAMPLE-1",
  ]

  /// As aspire's, timify's and valley's.
  private static let renewed = """
    {"display_name":"Acme","auth_mode":"TWO_STEP","token_url":"https://id.acme.example/login",
     "refresh_url":"https://id.acme.example/again",
     "token_params":{"u":"${credentials.user}","p":"${credentials.password}"},
     "refresh_token_params":{"r":"${refresh_token}"},
     "token_response":{"token":"Token","refresh_token":"RefreshToken",
      "token_expiration":"in","token_expiration_strategy":"expireIn"}}
    """

  private static let exchange =
    #"POST https://id.acme.example/login {"u":"ann","p":"p-EXAMPLE-1"}"#

  private static func known() -> TokenSet {
    TokenSet(fixture: ["accessToken": "t-old-EXAMPLE", "refreshToken": "r-old-EXAMPLE"])
  }

  @Test func `a refresh token is kept where the entry has a use for it`() {
    let session = TokenUnderTest(Self.renewed, Self.login)
    #expect(session.next() == Self.exchange)
    session.answer(200, #"{"Token":"t-EXAMPLE-1","RefreshToken":"r-EXAMPLE-1","in":60}"#)
    #expect(session.next() == "token")
    #expect(session.token?.values == ["accessToken": "t-EXAMPLE-1", "refreshToken": "r-EXAMPLE-1"])
    #expect(session.token?.expires == 1_000_000_060)
    let plain = Self.renewed.replacing(
      #""refresh_token_params":{"r":"${refresh_token}"},"#, with: "")
    let other = TokenUnderTest(plain, Self.login)
    _ = other.next()
    other.answer(200, #"{"Token":"t-EXAMPLE-1","RefreshToken":"r-EXAMPLE-1","in":60}"#)
    #expect(other.next() == "token")
    #expect(other.token?.values == ["accessToken": "t-EXAMPLE-1"])
  }

  @Test(arguments: [
    (#"{"Token":"t2","RefreshToken":"r-new-EXAMPLE"}"#, "r-new-EXAMPLE"),
    (#"{"Token":"t2"}"#, "r-old-EXAMPLE"), (#"{"Token":"t2","RefreshToken":""}"#, "r-old-EXAMPLE"),
    (#"{"Token":"t2","RefreshToken":null}"#, "r-old-EXAMPLE"),
  ])
  func `a new refresh token takes the old one's place, and none keeps it`(
    body: String, token: String
  ) {
    let session = TokenUnderTest(Self.renewed, Self.login, known: Self.known())
    #expect(session.next() == #"POST https://id.acme.example/again {"r":"r-old-EXAMPLE"}"#)
    session.answer(201, body)
    #expect(session.next() == "token")
    #expect(session.token?.values == ["accessToken": "t2", "refreshToken": token])
  }

  @Test func `a renewal by a header sends it, and what it needs of the first answer`() {
    let session = TokenUnderTest(
      """
      {"auth_mode":"TWO_STEP","token_url":"https://id.acme.example/login",
       "refresh_token_headers":{"authorization":"Bearer ${refresh_token}",
        "x-id":"${credentials.raw.user.id}"},
       "token_response":{"token":"token","refresh_token":"again"}}
      """, Self.login,
      known: TokenSet(fixture: ["refreshToken": "r-EXAMPLE-1", "credentials.raw.user.id": "7"]))
    #expect(
      session.next()
        == "POST https://id.acme.example/login authorization: Bearer r-EXAMPLE-1 x-id: 7 {}")
    session.answer(200, #"{"token":"t"}"#)
    #expect(session.next() == "token")
    #expect(
      session.token?.values == [
        "accessToken": "t", "refreshToken": "r-EXAMPLE-1", "credentials.raw.user.id": "7",
      ])
  }

  @Test(arguments: [
    (400, #"{"error":"invalid_grant"}"#), (401, ""), (403, "no"), (404, ""), (418, ""),
    (200, "{}"), (200, #"{"message":"wrong token"}"#), (302, ""), (204, ""),
  ])
  func `a renewal that is refused falls back to the whole exchange`(status: Int, body: String) {
    let session = TokenUnderTest(Self.renewed, Self.login, known: Self.known())
    _ = session.next()
    session.answer(status, body)
    #expect(session.next() == Self.exchange)
    session.answer(200, #"{"Token":"t"}"#)
    #expect(session.next() == "token")
    // The old one was no good: it is not kept.
    #expect(session.token?.values == ["accessToken": "t"])
  }

  @Test(arguments: [429, 500, 502, 503, 599])
  func `a renewal that the provider has no time for is the end, and nothing else is tried`(
    status: Int
  ) {
    let session = TokenUnderTest(Self.renewed, Self.login, known: Self.known())
    _ = session.next()
    session.answer(status, "")
    #expect(session.next() == "busy")
  }

  @Test func `a renewal that does not reach the provider is the end as well`() {
    let session = TokenUnderTest(Self.renewed, Self.login, known: Self.known())
    _ = session.next()
    session.fail(.connectionReset)
    #expect(session.next() == "unreachable")
  }

  @Test func `without a refresh token all steps are taken, and nothing old is sent`() {
    let session = TokenUnderTest(
      """
      {"auth_mode":"TWO_STEP","token_url":"https://id.acme.example/login","body_format":"form",
       "token_params":{"u":"${credentials.user}"},"token_response_headers":["set-cookie"],
       "additional_steps":[{"token_url":"https://id.acme.example/${step1.id}",
        "token_headers":{"cookie":"${credentials._cookies}"}}],
       "token_response":{"token":"token"},
       "proxy":{"headers":{"x-first":"${step1.id}","x-last":"${step2.place}",
        "cookie":"${credentials._cookies}"}}}
      """, Self.login,
      known: TokenSet(fixture: ["accessToken": "old", "_cookies": "a=old", "step1.id": "old"]))
    #expect(session.next() == "POST https://id.acme.example/login u=ann")
    session.answer(201, #"{"id":"s1"}"#, headers: [("set-cookie", "a=1; path=/")])
    #expect(session.next() == "POST https://id.acme.example/s1 cookie: a=1 ")
    session.answer(200, #"{"token":"t","place":"north"}"#)
    #expect(session.next() == "token")
    #expect(
      session.token?.values == [
        "accessToken": "t", "_cookies": "a=1", "step1.id": "s1", "step2.place": "north",
      ])
    #expect(session.token?.type == nil)
  }

  @Test func `a token of which no end is known has none`() {
    let session = TokenUnderTest(
      """
      {"auth_mode":"TWO_STEP","token_url":"https://id.acme.example/login",
       "token_response":{"token":"token"}}
      """, Self.login)
    _ = session.next()
    session.answer(200, #"{"token":"t"}"#)
    #expect(session.next() == "token")
    #expect(session.token?.expires == nil)
    #expect(session.token?.type == "Bearer")
  }

  // MARK: Assertions

  private static let asserted = """
    {"auth_mode":"TWO_STEP","token_url":"https://id.acme.example/login","body_format":"form",
     "assertion":{"type":"jwt","key":"${credentials.key}","header":{"alg":"HS256"},
      "lifetimeInSeconds":600},
     "token_params":{"a":"${credentials.assertion}"},"token_response":{"token":"token"}}
    """
  private static let key: KeyValuePairs = ["credentials.key": "6162636465666768696a"]

  @Test func `an assertion is signed, and kept with its end`() throws {
    let session = TokenUnderTest(Self.asserted, Self.key)
    let request = session.next()
    let assertion = String(try #require(request.split(separator: "a=ey").last))
    session.answer(200, #"{"token":"t"}"#)
    #expect(session.next() == "token")
    #expect(
      session.token?.values == ["accessToken": "t", "credentials.assertion": "ey\(assertion)"])
    #expect(session.token?.assertionExpires == 1_000_000_600)
  }

  @Test(arguments: [(61, true), (60, false), (0, false), (-5, false)])
  func `an assertion is used again until a minute before its end`(left: Int64, isUsed: Bool) {
    let session = TokenUnderTest(
      Self.asserted, Self.key,
      known: TokenSet(
        fixture: ["credentials.assertion": "kept"], assertionExpires: 1_000_000_000 + left))
    let request = session.next()
    #expect(request.hasSuffix(" a=kept") == isUsed)
    session.answer(200, #"{"token":"t"}"#)
    #expect(session.next() == "token")
    #expect((session.token?.values["credentials.assertion"] == "kept") == isUsed)
    #expect(session.token?.assertionExpires == 1_000_000_000 + (isUsed ? left : 600))
  }
}
