import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// Tokens for another resource, which come with the first and are renewed with it.
@Suite struct SecondTokens {
  private static let entry = #"""
    {"display_name":"Acme","auth_mode":"OAUTH2","authorization_url":"https://t.example/auth",
     "token_url":"https://t.example/token","proxy":{"base_url":"https://a.example",
     "headers":{"x-second":"${connectionConfig.sharepointAccessToken}",
      "x-member":"${connectionConfig.botFrameworkAccessToken.access_token}"}}}
    """#
  /// `{"tid":"tenant-1"}`
  private static let token = "e30.eyJ0aWQiOiJ0ZW5hbnQtMSJ9.c2ln"
  private static let first =
    #"{"access_token":"\#(token)","refresh_token":"r","expires_in":3600}"#
  private static let sharePoint =
    "POST https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token content-type: application/x-www-form-urlencoded client_id=app&client_secret=s%2B1&refresh_token=r&grant_type=refresh_token&scope=https%3A%2F%2Ftenant-1.sharepoint.com%2FSites.Read.All"

  @Test(arguments: ["one-drive", "sharepoint-online"])
  func `a second token is got with the same refresh token, for the tenant of the first`(
    slug: String
  ) {
    let exchange = FlowUnderTest(Self.entry, slug: slug).exchange(code: "c")
    #expect(
      exchange.next().hasSuffix(
        "client_id=app&client_secret=s%2B1&code=c&redirect_uri=http%3A%2F%2F127.0.0.1%3A8976%2Fcallback&grant_type=authorization_code"
      ))
    exchange.answer(Self.first)
    #expect(exchange.next() == Self.sharePoint)
    exchange.answer(#"{"access_token":"s","refresh_token":"other","expires_in":1800}"#)
    // The whole ends with the first that does, and no setting holds a token.
    #expect(
      exchange.next()
        == "linked accessToken=\(Self.token) refreshToken=r secondToken=s ends=1800")
  }

  @Test func `both are renewed, the second with the new refresh token`() {
    let renewal = RenewalUnderTest(
      Self.entry, ["params.tenantId": "tenant-1"], slug: "one-drive",
      known: ["accessToken": "opaque", "refreshToken": "q", "secondToken": "old"])
    #expect(renewal.next().contains("&refresh_token=q&grant_type=refresh_token"))
    renewal.answer(#"{"access_token":"t2","refresh_token":"r","expires_in":3600}"#)
    #expect(renewal.next() == Self.sharePoint)
    renewal.answer(#"{"access_token":"s2","expires_in":3600}"#)
    #expect(renewal.next() == "renewed accessToken=t2 refreshToken=r secondToken=s2 ends=3600")
  }

  @Test func `a second token that is not renewed stays as long as it lives, and no longer`() {
    func renewed(age: Int64) -> String {
      RenewalUnderTest(
        Self.entry, ["params.tenantId": "tenant-1"], slug: "one-drive",
        known: ["accessToken": "t", "refreshToken": "q", "secondToken": "old"], age: age
      ).outcome(#"{"access_token":"t2","expires_in":3600}"#, #"{"error":"invalid_grant"}"#)
    }
    #expect(
      renewed(age: 3000) == "renewed accessToken=t2 refreshToken=q secondToken=old ends=600")
    #expect(renewed(age: 3600) == "renewed accessToken=t2 refreshToken=q ends=3600")
  }

  @Test(arguments: [
    #"{"access_token":"opaque","refresh_token":"r"}"#,
    #"{"access_token":"\#(token)"}"#,
    // {"tid":"evil.example/x"}
    #"{"access_token":"e30.eyJ0aWQiOiJldmlsLmV4YW1wbGUveCJ9.c2ln","refresh_token":"r"}"#,
  ])
  func `without a tenant or a refresh token there is none`(answer: String) {
    let exchange = FlowUnderTest(Self.entry, slug: "one-drive").exchange(code: "c")
    _ = exchange.next()
    exchange.answer(answer)
    #expect(exchange.next().hasPrefix("linked accessToken="))
  }

  @Test func `its refusal undoes nothing`() {
    let exchange = FlowUnderTest(Self.entry, slug: "one-drive").exchange(code: "c")
    _ = exchange.next()
    exchange.answer(Self.first)
    _ = exchange.next()
    exchange.answer(
      #"{"error":"invalid_grant","error_description":"AADSTS65001: no consent"}"#, status: 400)
    #expect(exchange.next() == "linked accessToken=\(Self.token) refreshToken=r ends=3600")
    #expect(exchange.told?.sentence.contains("second token") == true)
    #expect(exchange.told?.nextStep.contains("consent") == true)
    #expect(exchange.told?.isAccepted == true)
  }

  @Test func `a bot asks for itself, in the tenant in which it is registered`() {
    let flow = FlowUnderTest(
      Self.entry, ["params.botHostTenantId": "host"], slug: "microsoft-teams-bot")
    let exchange = flow.exchange(code: "c")
    _ = exchange.next()
    exchange.answer(#"{"access_token":"t"}"#)
    #expect(
      exchange.next()
        == "POST https://login.microsoftonline.com/host/oauth2/v2.0/token content-type: application/x-www-form-urlencoded client_id=app&client_secret=s%2B1&grant_type=client_credentials&scope=https%3A%2F%2Fapi.botframework.com%2F.default"
    )
    exchange.answer(#"{"access_token":"b","expires_in":60}"#)
    #expect(exchange.next() == "linked accessToken=t secondToken=b ends=60")
    let without = FlowUnderTest(Self.entry, slug: "microsoft-teams-bot").exchange(code: "c")
    #expect(without.outcome(#"{"access_token":"t"}"#) == "linked accessToken=t")
  }

  @Test(arguments: [
    ("one-drive", "x-second"), ("microsoft-teams-bot", "x-member"), ("acme", ""),
  ])
  func `templates of the entry find it`(slug: String, header: String) throws {
    var values = SecretMap<String>()
    values.set("accessToken", to: SecretBuffer(fixture: "t"))
    values.set("secondToken", to: SecretBuffer(fixture: "second"))
    let token = Optional(TokenSet(values: values, obtained: Timestamp(secondsSinceEpoch: 0)))
    let provider = Fixture.provider(Self.entry, slug: slug)
    let lines = try AccessHeaders.lines(
      of: Submission(provider: provider, values: SecretValues()), token: token
    ).withBytes { $0.shownText }
    #expect(lines.contains("authorization: Bearer t"))
    #expect(lines.contains("second\n") == !header.isEmpty)
    #expect(header.isEmpty || lines.contains("\(header): second"), "\(lines)")
  }
}
