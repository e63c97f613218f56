import Basics
import ProviderFormat
import Requests
import Testing

/// The providers whose token requests their entries do not tell.
@Suite struct HandWritten {
  private static let code = "code=CODE"
  private static let uri = "redirect_uri=URI"
  private static let client = "client_id=app&client_secret=sec"
  private static let proof = "code_verifier=VER"
  private static let grant = "grant_type=authorization_code"
  private static let again = "grant_type=refresh_token&refresh_token=REF"
  private static let basic = "Basic YXBwOnNlYw=="

  /// The request of one part: address without the host, Authorization, and the members of query or body.
  private static func request(_ slug: String, _ part: String, _ members: String = "") throws
    -> String?
  {
    let entry = #"""
      {"auth_mode":"OAUTH2","token_url":"https://t.example/token","refresh_url":"https://t.example/again"
       \#(members)}
      """#
    let given = #"""
      {"inputs":{"client_id":"app","client_secret":"sec","code":"CODE","redirect_uri":"https://URI.example/cb",
       "code_verifier":"VER","state":"STATE","access_token":"ACC","refresh_token":"REF",
       "scopes":["a b","c"],"now":"2026-11-28T12:00:00.000Z","random":"UUID",
       "connection_config":{"restApiKey":"key","apiVersion":"2","sellerId":"sell"}}}
      """#
    let provider = Fixture.provider(entry, slug: slug)
    let json = try ProviderFlow(provider, given: try Value(json: given)).json()
    guard let request = try Value(json: json.fixtureText)[part] else { return nil }
    let url = request["url"]?.text?.replacing("https://t.example", with: "") ?? ""
    var words = "\(request["method"]?.text ?? "") \(url)"
    for header in request["headers"]?.map?.members ?? [] {
      let value = header.value.text ?? ""
      if header.key == "content-type" {
        words += value == "application/json" ? " J" : " F"
      } else {
        words += " \(header.key)=\(value)"
      }
    }
    if let body = request["body"], body != .null { words += " \(body.text ?? body.json)" }
    return words.replacing("https%3A%2F%2FURI.example%2Fcb", with: "URI")
      .replacing("https://URI.example/cb", with: "URI")
  }

  @Test(arguments: [
    ("agiloft", "F authorization=\(basic) \(grant)&\(code)&client_id=app&\(uri)"),
    ("attio-mcp", "F \(grant)&\(code)&client_id=app&\(uri)&\(proof)"),
    ("heygen", "F \(grant)&\(code)&client_id=app&\(uri)&\(proof)"),
    ("posthog-oauth", "F \(grant)&\(code)&client_id=app&\(uri)&\(proof)"),
    ("clover", #"J {"client_id":"app","client_secret":"sec","code":"CODE"}"#),
    ("coros", "F client_id=app&\(uri)&\(code)&client_secret=sec&\(grant)"),
    ("coros-sandbox", "F client_id=app&\(uri)&\(code)&client_secret=sec&\(grant)"),
    ("fanvue", "F authorization=\(basic) \(grant)&\(code)&\(uri)&\(proof)"),
    ("workday-oauth", "F authorization=\(basic) \(grant)&\(code)&\(uri)&\(proof)"),
    ("followupboss", "F authorization=\(basic) \(grant)&\(code)&\(uri)&state=STATE"),
    ("instagram", "F \(client)&\(grant)&\(uri)&\(code)"),
    ("threads", "F \(client)&\(grant)&\(uri)&\(code)"),
    ("jobber", "F \(client)&\(grant)&\(code)"),
    ("mercury", "F \(code)&\(grant)&\(uri)&\(proof)"),
    ("microsoft-admin", "F \(client)&grant_type=client_credentials&scope=a%2520b%2520c"),
    ("microsoft-teams-bot", "F \(client)&\(code)&\(uri)&\(grant)"),
    ("one-drive", "F \(client)&\(code)&\(uri)&\(grant)"),
    ("sharepoint-online", "F \(client)&\(code)&\(uri)&\(grant)"),
    (
      "sentry-oauth",
      #"J {"client_id":"app","client_secret":"sec","grant_type":"authorization_code","code":"CODE"}"#
    ),
    ("slack", "F \(client)&\(code)&\(uri)&\(grant)"),
    ("stripe-app", "F authorization=Basic c2VjOg== \(grant)&\(code)&\(uri)"),
    ("stripe-app-sandbox", "F authorization=Basic c2VjOg== \(grant)&\(code)&\(uri)"),
    (
      "tiktok-accounts",
      #"J {"client_id":"app","client_secret":"sec","grant_type":"authorization_code","auth_code":"CODE","redirect_uri":"URI"}"#
    ),
    ("tiktok-ads", #"J {"secret":"sec","app_id":"app","auth_code":"CODE"}"#),
    ("tiktok-personal", "F client_key=app&client_secret=sec&\(code)&\(grant)&\(uri)"),
    (
      "walmart",
      "F authorization=\(basic) wm_svc.name=Walmart Marketplace wm_qos.correlation_id=UUID wm_partner.id=sell \(grant)&\(code)&\(uri)"
    ),
    ("absorb-lms", "F x-api-version=2 x-api-key=key \(grant)&\(client)&\(code)&\(uri)&nonce=UUID"),
  ])
  func `a code is redeemed as the provider wants it`(slug: String, words: String) throws {
    #expect(try Self.request(slug, "token") == "POST /token \(words)")
  }

  @Test(arguments: [
    ("figma", "authorization_code"), ("figjam", "authorization_code"),
  ])
  func `some want the redirect address in the address`(slug: String, grant: String) throws {
    #expect(
      try Self.request(slug, "token")
        == #"POST /token?redirect_uri=URI J {"client_id":"app","client_secret":"sec","code":"CODE","grant_type":"authorization_code"}"#
    )
    #expect(
      try Self.request("facebook", "token")
        == #"POST /token?redirect_uri=URI J {"client_id":"app","client_secret":"sec","code":"CODE","redirect_uri":"URI","code_verifier":"VER"}"#
    )
    #expect(
      try Self.request("bullhorn", "token")
        == "POST /token?\(Self.client)&\(Self.grant)&\(Self.code)&\(Self.uri)")
  }

  @Test(arguments: [
    ("agiloft", "/token F \(again)&md5_secret=sec"),
    ("attio-mcp", "/token F client_id=app&\(again)"),
    ("heygen", "/again F client_id=app&\(again)"),
    ("posthog-oauth", "/token F client_id=app&\(again)"),
    ("bullhorn", "/token?\(client)&\(again)"),
    ("clover", #"/again J {"client_id":"app","refresh_token":"REF"}"#),
    (
      "coros", "/again F client_id=app&refresh_token=REF&client_secret=sec&grant_type=refresh_token"
    ),
    ("facebook", "/token?\(client)&grant_type=fb_exchange_token&fb_exchange_token=ACC"),
    ("fanvue", "/token F authorization=\(basic) \(again)"),
    ("workday-oauth", "/token F authorization=\(basic) \(again)"),
    ("figma", #"/again J {"client_id":"app","client_secret":"sec","refresh_token":"REF"}"#),
    ("followupboss", "/token F authorization=\(basic) \(again)"),
    ("jobber", "/token F \(client)&\(again)"), ("mercury", "/token F \(again)"),
    ("microsoft-admin", "/token F \(client)&grant_type=client_credentials&scope=a%2520b%2520c"),
    ("one-drive", "/token F \(client)&refresh_token=REF&grant_type=refresh_token"),
    (
      "sentry-oauth",
      #"/token J {"client_id":"app","client_secret":"sec","grant_type":"refresh_token","refresh_token":"REF"}"#
    ),
    ("slack", "/token F \(client)&\(again)"),
    ("stripe-app", "/token F authorization=Basic c2VjOg== \(again)"),
    (
      "tiktok-accounts",
      #"/again J {"client_id":"app","client_secret":"sec","grant_type":"refresh_token","refresh_token":"REF"}"#
    ),
    ("tiktok-personal", "/token F client_key=app&client_secret=sec&\(again)"),
    (
      "walmart",
      "/token F authorization=\(basic) wm_svc.name=Walmart Marketplace wm_qos.correlation_id=UUID wm_partner.id=sell \(again)"
    ),
    (
      "absorb-lms",
      "/token F x-api-version=2 x-api-key=key grant_type=refresh_token&\(client)&refresh_token=REF&nonce=UUID&scope=a%2Cb%2Cc"
    ),
  ])
  func `a token is renewed as the provider wants it`(slug: String, words: String) throws {
    #expect(try Self.request(slug, "refresh") == "POST \(words)")
  }

  @Test func `a long token renews itself`() throws {
    #expect(
      try Self.request("instagram", "refresh")
        == "GET /again?grant_type=ig_refresh_token&access_token=ACC")
    #expect(
      try Self.request("threads", "refresh")
        == "GET /again?grant_type=th_refresh_token&access_token=ACC")
  }

  @Test func `what cannot be asked for is left out`() throws {
    for slug in ["braintree", "braintree-sandbox"] {
      #expect(try Self.request(slug, "token") == nil)
      #expect(try Self.request(slug, "refresh") == nil)
    }
    #expect(try Self.request("tiktok-ads", "refresh") == nil)
  }

  @Test func `a shop's request is signed over body and time`() throws {
    #expect(
      try Self.request("shopline-oauth", "token")
        == "POST /token J appkey=app timestamp=1795867200000 sign=\(Self.signature) {\"code\":\"CODE\"}"
    )
    let refresh = try Self.request("shopline-oauth", "refresh")
    #expect(refresh?.hasPrefix("POST /again J appkey=app timestamp=1795867200000 sign=") == true)
  }

  /// HMAC-SHA256 of `{"code":"CODE"}1795867200000` by `sec`, worked out by OpenSSL.
  private static let signature = "ec5f7a61af70f86b4e10c8e9e9330856cb2d55e6fc20514ba336b0ff66cace29"
}
