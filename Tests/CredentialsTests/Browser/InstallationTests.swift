import Basics
import ProviderFormat
import Requests
import Testing

/// Applications that are installed, and plugins.
@Suite struct Installations {
  private static let app = #"""
    {"display_name":"Acme","auth_mode":"APP","authorization_url":"https://a.example/app/new",
     "token_url":"https://a.example/app/installations/${connectionConfig.installation_id}/access_tokens"}
    """#
  private static let custom = #"""
    {"display_name":"Acme","auth_mode":"CUSTOM","authorization_url":"https://a.example/app/new",
     "token_url":{"OAUTH2":"https://a.example/oauth",
      "APP":"https://a.example/app/installations/${connectionConfig.installation_id}/access_tokens"}}
    """#
  private static let values: KeyValuePairs = [
    "credentials.app_id": "123", "credentials.private_key": TestKeys.rsa,
  ]
  private static let granted = #"{"token":"t","expires_at":"2026-11-28T13:00:00Z"}"#

  @Test func `an application proves itself by a token that it signs for ten minutes`() {
    let exchange = FlowUnderTest(Self.app, Self.values).exchange(installation: 7)
    let request = exchange.next()
    #expect(
      request.hasPrefix(
        "POST https://a.example/app/installations/7/access_tokens accept: application/vnd.github.v3+json authorization: Bearer "
      ))
    #expect(request.hasSuffix(" {}"))
    let token = TokenParts(behind: "Bearer ", in: request)
    #expect(token.header == #"{"alg":"RS256","typ":"JWT"}"#)
    #expect(token.payload == #"{"iat":1795867200,"exp":1795867800,"iss":"123"}"#)
    exchange.answer(Self.granted, status: 201)
    #expect(exchange.next() == "linked accessToken=t ends=3600 params.installation_id=7")
  }

  @Test func `an installation is renewed by the application alone`() {
    let renewal = RenewalUnderTest(
      Self.app,
      [
        "credentials.app_id": "123", "credentials.private_key": TestKeys.rsa,
        "params.installation_id": "7",
      ], known: ["accessToken": "old"])
    #expect(renewal.next().contains("/installations/7/access_tokens"))
    renewal.answer(Self.granted, status: 201)
    #expect(renewal.next() == "renewed accessToken=t ends=3600")
  }

  @Test func `whoever installs it may sign in besides, and both tokens are renewed`() {
    let flow = FlowUnderTest(Self.custom, Self.values)
    _ = flow.paste("http://127.0.0.1:8976/callback?code=c&installation_id=7&state=STATE")
    let exchange = flow.exchange()
    #expect(exchange.next().hasPrefix("POST https://a.example/oauth "))
    exchange.answer(#"{"access_token":"u","refresh_token":"v","expires_in":60}"#)
    #expect(exchange.next().contains("/installations/7/access_tokens"))
    exchange.answer(Self.granted, status: 201)
    #expect(
      exchange.next()
        == "linked accessToken=t userRefreshToken=v userToken=u ends=60 params.installation_id=7")
    let renewal = RenewalUnderTest(
      Self.custom,
      [
        "credentials.app_id": "123", "credentials.private_key": TestKeys.rsa,
        "params.installation_id": "7",
      ], known: ["accessToken": "t", "userToken": "u", "userRefreshToken": "v"])
    #expect(
      renewal.next().contains("grant_type=refresh_token&refresh_token=v&client_id=app"))
    renewal.answer(#"{"access_token":"u2","refresh_token":"v2","expires_in":9000}"#)
    _ = renewal.next()
    renewal.answer(Self.granted, status: 201)
    #expect(renewal.next() == "renewed accessToken=t userRefreshToken=v2 userToken=u2 ends=3600")
  }

  @Test func `the person's token that is not renewed leaves the application's good`() {
    let renewal = RenewalUnderTest(
      Self.custom,
      [
        "credentials.app_id": "123", "credentials.private_key": TestKeys.rsa,
        "params.installation_id": "7",
      ], known: ["accessToken": "t", "userToken": "u", "userRefreshToken": "v"])
    _ = renewal.next()
    renewal.answer(#"{"error":"bad_refresh_token"}"#)
    #expect(renewal.next().contains("/installations/7/access_tokens"))
    renewal.answer(Self.granted, status: 201)
    #expect(
      renewal.next() == "renewed accessToken=t userRefreshToken=v userToken=u ends=3600")
  }

  @Test func `an installation that is not there, or not yet, says who has to do what`() {
    let exchange = FlowUnderTest(Self.custom, Self.values).exchange(installation: 7)
    _ = exchange.next()
    exchange.answer(#"{"message":"Not Found"}"#, status: 404)
    #expect(exchange.next() == "refused: refused")
    #expect(exchange.diagnosis?.sentence.contains("no such application or installation") == true)
    #expect(exchange.diagnosis?.nextStep.contains("owner") == true)
  }

  @Test func `where it is installed the provider tells`() {
    var session = FlowUnderTest(Self.app, Self.values).installations()
    guard case .send(let request) = session.next() else {
      Issue.record("nothing is asked")
      return
    }
    #expect(request.url.fixtureText == "https://a.example/app/installations?per_page=100")
    session.receive(
      CheckAnswer(
        fixture:
          #"[{"id":7,"account":{"login":"ann","type":"User"}},{"id":8,"account":{"login":"o\u001brg"},"target_type":"Organization"},{"x":1}]"#
      ))
    guard case .done(.installations(let list)) = session.next() else {
      Issue.record("no list")
      return
    }
    #expect(list.map(\.id) == [7, 8])
    #expect(list.map(\.account) == ["ann", "org"])
    #expect(list.map(\.kind) == ["User", "Organization"])
  }

  @Test func `a refusal of the application is told`() {
    var session = FlowUnderTest(Self.app, Self.values).installations()
    _ = session.next()
    session.receive(CheckAnswer(fixture: #"{"message":"Bad credentials"}"#, status: 401))
    guard case .done(.refused(let diagnosis)) = session.next() else {
      Issue.record("no refusal")
      return
    }
    #expect(diagnosis.kind == .refused)
  }

  @Test func `a clock that is off is the first thing to say where a token is signed`() {
    let exchange = FlowUnderTest(Self.app, Self.values).exchange(installation: 7)
    _ = exchange.next()
    exchange.answer("{}", status: 401, headers: [("date", "Sat, 28 Nov 2026 11:00:00 GMT")])
    #expect(exchange.next().hasPrefix("refused"))
    #expect(exchange.diagnosis?.sentence.contains("1 hour ahead") == true)
  }

  @Test func `a key that cannot sign is named before anybody is asked`() {
    let flow = FlowUnderTest(
      Self.app, ["credentials.app_id": "1", "credentials.private_key": "no key"])
    #expect(flow.exchange(installation: 7).next() == "refused: wrong_kind")
  }

  @Test func `a plugin has no token: what it found is all`() {
    let entry = #"""
      {"auth_mode":"INSTALL_PLUGIN","authorization_url":"https://a.example/install",
       "redirect_uri_metadata":["website_id"]}
      """#
    let flow = FlowUnderTest(entry)
    #expect(flow.address == "https://a.example/install?payload=STATE")
    #expect(
      flow.paste("http://127.0.0.1:8976/callback?website_id=w&payload=STATE")
        == "good, website_id=w")
    #expect(flow.exchange().next() == "linked params.website_id=w")
  }

  // MARK: How a provider is linked

  @Test(arguments: [
    (#"{"auth_mode":"OAUTH2","authorization_url":"https://a.example"}"#, "redirect"),
    (#"{"auth_mode":"APP"}"#, "typed"), (#"{"auth_mode":"INSTALL_PLUGIN"}"#, "typed"),
    (
      #"{"auth_mode":"OAUTH2","authorization_url":"https://a.example","authorization_params":{"p":"${connectionConfig.p}"},"connection_config":{"p":{"type":"string","secret":true}}}"#,
      "direct"
    ),
    (#"{"auth_mode":"OAUTH2","authorization_code_param_in_webhook":"data.code"}"#, "webhook"),
    (#"{"auth_mode":"APP_STORE"}"#, "unknownMode"), (#"{"auth_mode":"NEWER"}"#, "unknownMode"),
  ])
  func `a provider says how it is linked`(entry: String, words: String) throws {
    let way = try #require(LinkWay(Fixture.provider(entry)))
    #expect("\(way)".contains(words))
  }

  @Test func `what a form finishes needs none of it, and what cannot be linked says why`() throws {
    #expect(LinkWay(Fixture.provider(#"{"auth_mode":"API_KEY"}"#)) == nil)
    let provider = Fixture.provider(#"{"auth_mode":"OAUTH2"}"#, slug: "braintree")
    #expect(LinkWay(provider) == .impossible(.ownProtocol))
    #expect(LinkObstacle.ownProtocol.explanation(for: provider).why?.contains("XML") == true)
  }
}
