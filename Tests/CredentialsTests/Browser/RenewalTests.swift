import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

@Suite struct Renewals {
  private static func entry(_ members: String = "") -> String {
    #"{"display_name":"Acme","auth_mode":"OAUTH2","token_url":"https://a.example/token"\#(members.isEmpty ? "" : ",")\#(members)}"#
  }

  private static let known: KeyValuePairs = [
    "accessToken": "old", "refreshToken": "r", "userToken": "u",
  ]
  private static let head =
    "content-type: application/x-www-form-urlencoded accept: application/json grant_type=refresh_token"
  private static let client = "&client_id=app&client_secret=s%2B1"

  @Test(arguments: [
    ("", "token", "&refresh_token=r"),
    (
      #""refresh_params":{"type":"refresh"},"token_params":{"x":"1"}"#, "token",
      "&type=refresh&refresh_token=r"
    ),
    (
      #""token_params":{"grant_type":"authorization_code","x":"${connectionConfig.t}"}"#, "token",
      "&x=acme&refresh_token=r"
    ),
    (#""refresh_url":"https://a.example/again?x""#, "again?x", "&refresh_token=r"),
  ])
  func
    `the request has the parameters of a renewal, else those of the first token but for its grant`(
      members: String, path: String, rest: String
    )
  {
    let renewal = RenewalUnderTest(Self.entry(members), ["params.t": "acme"], known: Self.known)
    #expect(
      renewal.next() == "POST https://a.example/\(path) \(Self.head)\(rest)\(Self.client)")
  }

  @Test func `what the answer does not bring stays as it was`() {
    #expect(
      RenewalUnderTest(Self.entry(), known: Self.known).outcome(
        #"{"access_token":"new","expires_in":60}"#)
        == "renewed accessToken=new refreshToken=r userToken=u ends=60")
    #expect(
      RenewalUnderTest(Self.entry(), known: Self.known).outcome(
        #"{"access_token":"new","refresh_token":"r2"}"#, status: 201)
        == "renewed accessToken=new refreshToken=r2 userToken=u")
  }

  @Test func `settings of the answer are not taken again`() {
    let renewal = RenewalUnderTest(
      Self.entry(#""token_response_metadata":["site"]"#), known: Self.known)
    #expect(
      renewal.outcome(#"{"access_token":"new","site":"x"}"#)
        == "renewed accessToken=new refreshToken=r userToken=u")
  }

  @Test func `without a refresh token a person has to agree again`() {
    for known in [nil, ["accessToken": "old"]] as [KeyValuePairs<String, String>?] {
      let renewal = RenewalUnderTest(Self.entry(), known: known)
      #expect(renewal.next() == "refused: refused")
      #expect(renewal.diagnosis?.nextStep == "Link the account again.")
    }
  }

  @Test func `a refused refresh token means to link again, and a network that fails does not`() {
    let refused = RenewalUnderTest(Self.entry(), known: Self.known)
    #expect(refused.outcome(#"{"error":"invalid_grant"}"#, status: 400) == "refused: refused")
    #expect(refused.diagnosis?.nextStep == "Link the account again.")
    let unreachable = RenewalUnderTest(Self.entry(), known: Self.known)
    _ = unreachable.next()
    unreachable.fail(.connectionReset)
    #expect(unreachable.next() == "refused: unreachable")
    #expect(
      RenewalUnderTest(Self.entry(), known: Self.known).outcome("", status: 503)
        == "refused: busy")
  }

  @Test func `a provider that renews the token itself does so while it lives, and not at once`() {
    let known: KeyValuePairs = ["accessToken": "old"]
    func next(_ age: Int64, _ life: Int64?) -> String {
      RenewalUnderTest(
        Self.entry(#""refresh_url":"https://a.example/again""#), slug: "instagram", known: known,
        age: age, life: life
      ).next()
    }
    #expect(next(3600, 60 * 86_400) == "refused: busy")
    #expect(
      next(25 * 3600, 60 * 86_400)
        == "GET https://a.example/again?grant_type=ig_refresh_token&access_token=old")
    #expect(next(61 * 86_400, 60 * 86_400) == "refused: refused")
  }

  @Test func `a client that needs nothing else asks for itself again`() {
    let renewal = RenewalUnderTest(
      Self.entry(), ["params.oauth_scopes": "a,b"], slug: "microsoft-admin", known: nil)
    #expect(renewal.next().hasSuffix("&grant_type=client_credentials&scope=a%2520b"))
    renewal.answer(#"{"access_token":"t","expires_in":60}"#)
    #expect(renewal.next() == "renewed accessToken=t ends=60")
  }

  @Test func `a token that only lives longer stays the same`() {
    let entry = Self.entry(#""refresh_url":"https://a.example/again""#)
    #expect(
      RenewalUnderTest(entry, slug: "coros", known: Self.known).outcome(#"{"result":"0000"}"#)
        == "renewed accessToken=old refreshToken=r userToken=u ends=2592000")
    for body in [#"{"result":"5002"}"#, "{}"] {
      #expect(
        RenewalUnderTest(entry, slug: "coros", known: Self.known).outcome(body)
          .hasPrefix("refused"))
    }
  }

  @Test func `a session is opened anew with the new token`() {
    let renewal = RenewalUnderTest(Self.entry(), slug: "bullhorn", known: Self.known)
    #expect(
      renewal.outcome(
        #"{"access_token":"t","refresh_token":"r2"}"#, #"{"BhRestToken":"b","restUrl":"x"}"#)
        == "renewed accessToken=b refreshToken=r2 userToken=u ends=604800")
  }

  @Test func `a person's own token is renewed by itself, and its refusal ends nothing`() {
    let entry = Self.entry(#""alternate_access_token_response_path":"authed_user""#)
    let known: KeyValuePairs = [
      "accessToken": "b", "refreshToken": "r", "userToken": "u", "userRefreshToken": "v",
    ]
    let both = RenewalUnderTest(entry, slug: "slack", known: known)
    _ = both.next()
    both.answer(#"{"ok":true,"access_token":"b2","refresh_token":"r2","expires_in":90}"#)
    #expect(both.next().hasSuffix("&grant_type=refresh_token&refresh_token=v"))
    both.answer(#"{"ok":true,"access_token":"u2","refresh_token":"v2","expires_in":60}"#)
    #expect(
      both.next()
        == "renewed accessToken=b2 refreshToken=r2 userRefreshToken=v2 userToken=u2 ends=60")
    #expect(
      RenewalUnderTest(entry, slug: "slack", known: known).outcome(
        #"{"ok":true,"access_token":"b2","expires_in":90}"#, #"{"ok":false,"error":"x"}"#)
        == "renewed accessToken=b2 refreshToken=r userRefreshToken=v userToken=u ends=90")
  }

  @Test func `an entry may say how long before its end a token is renewed`() {
    #expect(
      Renewal.buffer(of: Fixture.provider(Self.entry(#""token_expiration_buffer":30"#))) == 30)
    #expect(Renewal.buffer(of: Fixture.provider(Self.entry())) == 900)
    // What renews itself has to be renewed while it lives.
    let facebook = Provider(
      slug: "facebook", entry: Fixture.provider(Self.entry()).entry, origin: .builtIn)
    #expect(Renewal.buffer(of: facebook) == 7 * 86_400)
  }

  @Test func `whether it is possible is known without asking`() {
    let submission = Submission(
      provider: Fixture.provider(#"{"auth_mode":"OAUTH2"}"#, slug: "tiktok-ads"),
      values: SecretValues())
    #expect(Renewal.outlook(submission, known: nil) == .linkAgain)
    let client = Submission(
      provider: Fixture.provider(#"{"auth_mode":"APP"}"#), values: SecretValues())
    #expect(Renewal.outlook(client, known: nil) == .possible)
  }
}
