import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// Which requests find out about an account that was linked.
@Suite struct AccountLookups {
  /// The first request; nil where there is none.
  private static func request(
    _ slug: String, _ entry: String, token: KeyValuePairs<String, String>,
    values: KeyValuePairs<String, String> = [:]
  ) -> String? {
    var all = SecretMap<String>()
    for (name, value) in token { all.set(name, to: SecretBuffer(fixture: value)) }
    let provider = Fixture.provider(entry, slug: slug)
    let set = Optional(
      TokenSet(values: all, obtained: Timestamp(secondsSinceEpoch: FlowUnderTest.now)))
    var session = AccountLookup(
      Submission(provider: provider, values: SecretValues(fixture: values)), token: set)
    switch session.next() {
    case .send(let request): return request.fixtureText
    case .done: return nil
    }
  }

  private static let github =
    #"{"auth_mode":"CUSTOM","proxy":{"base_url":"https://a.example"},"post_connection_script":"githubAppOauthPostConnection"}"#

  @Test func `the person who installed an application is asked for by that person's token`() {
    let both: KeyValuePairs = ["accessToken": "app", "userToken": "person"]
    #expect(
      Self.request("github-app-oauth", Self.github, token: both)
        == "GET https://a.example/user authorization: Bearer person")
    #expect(Self.request("github-app-oauth", Self.github, token: ["accessToken": "app"]) == nil)
  }

  @Test func `a service with an address of its own is asked there`() {
    let entry =
      #"{"auth_mode":"OAUTH2","proxy":{"base_url":"https://${connectionConfig.dc}.api.example"},"post_connection_script":"mailchimpPostConnection"}"#
    #expect(
      Self.request("mailchimp", entry, token: ["accessToken": "t"])
        == "GET https://login.mailchimp.com/oauth2/metadata authorization: Bearer t")
  }

  @Test func `a question may have a body, and headers of the entry`() {
    let entry =
      #"{"auth_mode":"OAUTH2","proxy":{"base_url":"https://a.example","headers":{"x-version":"7"}}}"#
    let request = Self.request("linear", entry, token: ["accessToken": "t"])
    #expect(request?.hasPrefix("POST https://a.example/graphql ") == true)
    #expect(request?.contains("x-version: 7") == true)
    #expect(
      request?.contains(#"{"query":"query { organization { id name } viewer { email } }"}"#) == true
    )
  }

  @Test func `where requests are signed this one is too`() {
    let entry =
      #"{"auth_mode":"OAUTH1","signature_method":"HMAC-SHA1","proxy":{"base_url":"https://a.example"}}"#
    let request = Self.request(
      "twitter", entry, token: [:],
      values: [
        "credentials.oauth_client_id_override": "app",
        "credentials.oauth_client_secret_override": "s", "credentials.oauth_token": "t",
        "credentials.oauth_token_secret": "ts",
      ])
    #expect(request?.hasPrefix("GET https://a.example/2/users/me authorization: OAuth ") == true)
    #expect(request?.contains(#"oauth_token="t""#) == true)
  }

  @Test func `an installation is asked where it is, and a calendar whose it is`() {
    let app = #"{"auth_mode":"APP","proxy":{"base_url":"https://a.example"}}"#
    #expect(
      Self.request("github-app", app, token: ["accessToken": "t"])
        == "GET https://a.example/installation/repositories?per_page=1 authorization: Bearer t")
    let entry = #"{"auth_mode":"OAUTH2","proxy":{"base_url":"https://a.example"}}"#
    #expect(
      Self.request("google-calendar", entry, token: ["accessToken": "t"])
        == "GET https://a.example/calendar/v3/users/me/calendarList/primary authorization: Bearer t"
    )
  }

  @Test(arguments: ["acme", "highlevel"])
  func `about others nothing is asked`(slug: String) {
    let entry = #"{"auth_mode":"OAUTH2","proxy":{"base_url":"https://a.example"}}"#
    #expect(Self.request(slug, entry, token: ["accessToken": "t"]) == nil)
    #expect(!AccountLookup.isKnown(Fixture.provider(entry, slug: slug)))
  }
}
