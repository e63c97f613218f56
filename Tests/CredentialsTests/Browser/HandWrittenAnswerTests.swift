import Basics
import ProviderFormat
import Requests
import Testing

/// What comes of the answers of providers whose token requests their entries do not tell.
@Suite struct HandWrittenAnswers {
  @Test func `a client without a secret proves itself by a token that it signs`() throws {
    let entry =
      #"{"auth_mode":"OAUTH2","authorization_url":"https://t.example/auth","token_url":"https://t.example/token"}"#
    let flow = FlowUnderTest(
      entry, ["credentials.oauth_client_secret_override": TestKeys.rsa], slug: "revolut-business",
      callback: try Callback("https://cb.example/x"))
    _ = flow.paste("https://cb.example/x?code=c&state=STATE")
    let exchange = flow.exchange()
    let request = exchange.next()
    #expect(
      request.contains(
        "grant_type=authorization_code&code=c&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
      ))
    let token = TokenParts(behind: "client_assertion=", in: request)
    #expect(
      token.payload
        == #"{"iss":"cb.example","sub":"app","aud":"https://revolut.com","exp":1795867500}"#)
    exchange.answer(#"{"access_token":"t","refresh_token":"r"}"#)
    // The renewal needs the host of the redirect address again.
    #expect(exchange.next().contains("params.oauth_redirect_uri=https://cb.example/x"))
    let renewal = RenewalUnderTest(
      entry,
      [
        "credentials.oauth_client_secret_override": TestKeys.rsa,
        "params.oauth_redirect_uri": "https://cb.example/x",
      ], slug: "revolut-business", known: ["accessToken": "t", "refreshToken": "r"])
    #expect(
      renewal.next().contains("grant_type=refresh_token&refresh_token=r&client_assertion_type="))
    renewal.answer(#"{"access_token":"t2","refresh_token":"other"}"#)
    #expect(renewal.next() == "renewed accessToken=t2 refreshToken=r")
  }

  private static func link(_ slug: String, _ bodies: [String]) -> String {
    let entry = #"""
      {"display_name":"Acme","auth_mode":"OAUTH2","authorization_url":"https://t.example/auth",
       "token_url":"https://t.example/token","token_response_metadata":["restUrl"],
       "alternate_access_token_response_path":"authed_user"}
      """#
    let exchange = FlowUnderTest(entry, ["params.sellerId": "x"], slug: slug).exchange(code: "c")
    for body in bodies {
      _ = exchange.next()
      exchange.answer(body)
    }
    return exchange.next()
  }

  @Test(arguments: [
    (
      "clover", #"{"access_token":"t","access_token_expiration":1795867300}"#,
      "accessToken=t ends=100"
    ),
    ("jobber", #"{"access_token":"t","expires_in":5}"#, "accessToken=t ends=3600"),
    (
      "sentry-oauth", #"{"token":"t","refreshToken":"r","expiresAt":"2026-11-28T12:01:40Z"}"#,
      "accessToken=t refreshToken=r ends=100"
    ),
    (
      "shopline-oauth", #"{"data":{"accessToken":"t","expireTime":"2026-11-28T12:01:40Z"}}"#,
      "accessToken=t ends=100"
    ),
    (
      "tiktok-accounts",
      #"{"code":0,"data":{"access_token":"t","refresh_token":"r","expires_in":60,"scope":"a,b"}}"#,
      "accessToken=t refreshToken=r ends=60 scopes=a+b"
    ),
    (
      "tiktok-ads", #"{"code":0,"data":{"access_token":"t","scope":[1,2]}}"#,
      "accessToken=t scopes=1+2"
    ),
    (
      "slack",
      #"{"ok":true,"access_token":"b","refresh_token":"r","expires_in":90,"authed_user":{"access_token":"u","refresh_token":"v","expires_in":60}}"#,
      "accessToken=b refreshToken=r userRefreshToken=v userToken=u ends=60"
    ),
  ])
  func `an answer is read where the provider puts it`(slug: String, body: String, words: String) {
    #expect(Self.link(slug, [body]) == "linked \(words)")
  }

  @Test(arguments: [
    ("slack", #"{"ok":false,"error":"invalid_code","access_token":"x"}"#),
    ("tiktok-accounts", #"{"code":40001,"message":"no","data":{"access_token":"x"}}"#),
  ])
  func `an answer that says that it failed is a refusal, whatever is in it`(
    slug: String, body: String
  ) {
    #expect(Self.link(slug, [body]).hasPrefix("refused"))
  }

  @Test func `a session is opened with the token, and its own token counts`() {
    let first = #"{"access_token":"t","refresh_token":"r"}"#
    let exchange = FlowUnderTest(
      #"{"auth_mode":"OAUTH2","authorization_url":"https://t.example/auth","token_url":"https://t.example","token_response_metadata":["restUrl"]}"#,
      slug: "bullhorn"
    ).exchange(code: "c")
    _ = exchange.next()
    exchange.answer(first)
    #expect(
      exchange.next()
        == "POST https://rest-west.bullhornstaffing.com/rest-services/login?version=*&access_token=t&ttl=10080"
    )
    exchange.answer(#"{"BhRestToken":"b","restUrl":"https://rest.example/"}"#)
    #expect(
      exchange.next()
        == "linked accessToken=b refreshToken=r ends=604800 params.restUrl=https://rest.example/")
  }

  @Test func `a short token is exchanged for a long one, or kept for an hour`() {
    let exchange = FlowUnderTest(
      #"{"auth_mode":"OAUTH2","authorization_url":"https://t.example/auth","token_url":"https://t.example"}"#,
      slug: "instagram"
    ).exchange(code: "c")
    _ = exchange.next()
    exchange.answer(#"{"access_token":"short"}"#)
    #expect(
      exchange.next()
        == "GET https://graph.instagram.com/access_token?grant_type=ig_exchange_token&access_token=short&client_secret=s%2B1"
    )
    exchange.answer(#"{"access_token":"long","expires_in":5184000}"#)
    #expect(exchange.next() == "linked accessToken=long ends=5184000")
    #expect(
      Self.link("threads", [#"{"access_token":"short"}"#, #"{"error":"no"}"#])
        == "linked accessToken=short ends=3600")
  }

  @Test func `a refresh token that was brought along is never replaced where the provider's stays`()
  {
    let flow = FlowUnderTest(
      #"{"auth_mode":"OAUTH2","token_url":"https://t.example"}"#, slug: "workday-oauth")
    #expect(
      flow.exchange(refreshToken: "mine").outcome(
        #"{"access_token":"t","refresh_token":"other","expires_in":5}"#)
        == "linked accessToken=t refreshToken=mine ends=3600 params.overrideTokenRefresh=true")
    let entry = #"{"auth_mode":"OAUTH2","token_url":"https://t.example"}"#
    #expect(
      RenewalUnderTest(
        entry, ["params.overrideTokenRefresh": "true"], slug: "workday-oauth",
        known: ["accessToken": "t", "refreshToken": "mine"]
      ).outcome(#"{"access_token":"t2","refresh_token":"other"}"#)
        == "renewed accessToken=t2 refreshToken=mine ends=3600")
  }
}
