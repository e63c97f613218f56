import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// Requests that prove themselves by a digest or a signature in a header: the modes SIGNATURE and TBA.
@Suite struct SignedRequests {
  private static let now: Int64 = 1_787_576_709
  private static let nonce = Array(UInt8(0)..<16)

  private static let signature = """
    {"display_name":"Acme","auth_mode":"SIGNATURE","signature":{"protocol":"WSSE"},
     "proxy":{"base_url":"https://api.acme.example","headers":{"x-wsse":"${accessToken}"},
      "verification":{"endpoints":["/v2/settings"]}}}
    """

  /// sha1sum and base64 made the digest.
  private static let usernameToken =
    #"UsernameToken Username="ann", "#
    + #"PasswordDigest="NDQ0Mzc2NTIyZTU0NDM5OWRkZjk0MGIxMmMwMWQzMWIzMDIzMzQ4Zg==", "#
    + #"Nonce="000102030405060708090a0b0c0d0e0f", Created="2026-08-24T13:05:09.000Z""#

  @Test func `a user name token is made of the nonce, the time and the password`() {
    let session = SessionUnderTest(
      Self.signature,
      ["credentials.username": "ann", "credentials.password": "p-EXAMPLE-\"p"],
      now: Self.now, seed: Self.nonce)
    #expect(
      session.next() == "GET https://api.acme.example/v2/settings "
        + "authorization: Bearer \(Self.usernameToken) x-wsse: \(Self.usernameToken)")
    session.answer(200)
    #expect(session.diagnosis.kind == .accepted)
  }

  @Test func `without a user name nothing is signed`() {
    let session = SessionUnderTest(Self.signature, ["credentials.password": "p"])
    #expect(session.next() == "done: unclear")
    #expect(session.diagnosis.nextStep == "Fill in User Name.")
  }

  private static func tokenBased(_ verification: String) -> String {
    """
    {"display_name":"Acme","auth_mode":"TBA",
     "proxy":{"base_url":"https://${connectionConfig.accountId}.acme.example",
      "verification":{\(verification)}},
     "connection_config":{"accountId":{"type":"string","title":"Account"}}}
    """
  }

  private static let pairs: KeyValuePairs = [
    "params.accountId": "1234567-sb1", "credentials.oauth_client_id_override": "c-id",
    "credentials.oauth_client_secret_override": "c s&cret", "credentials.token_id": "t-id",
    "credentials.token_secret": "t-secret",
  ]

  private static func header(_ signature: String) -> String {
    #"authorization: OAuth realm="1234567_SB1", oauth_consumer_key="c-id", "#
      + #"oauth_nonce="000102030405060708090a0b0c0d0e0f", oauth_signature="\#(signature)", "#
      + #"oauth_signature_method="HMAC-SHA256", oauth_timestamp="1787576709", "#
      + #"oauth_token="t-id", oauth_version="1.0""#
  }

  /// Python's hmac made the two signatures.
  @Test func `a request is signed for its client and its token, its query included`() {
    let session = SessionUnderTest(
      Self.tokenBased(#""endpoints":["/rest/me?limit=1&q=a%20b"]"#), Self.pairs, now: Self.now,
      seed: Self.nonce)
    #expect(
      session.next() == "GET https://1234567-sb1.acme.example/rest/me?limit=1&q=a%20b "
        + Self.header("P3XJsmvC6YCDD6Hfh%2BJygJMgmSCo3CmVy19IWBJPMsY%3D"))
    session.answer(401)
    #expect(session.diagnosis.kind == .refused)
  }

  @Test func `what a form holds is signed too`() {
    let session = SessionUnderTest(
      Self.tokenBased(
        """
        "method":"POST","endpoints":["/rest/me"],"data":{"x":"1 2"},
        "headers":{"content-type":"application/x-www-form-urlencoded"}
        """), Self.pairs, now: Self.now, seed: Self.nonce)
    #expect(
      session.next() == "POST https://1234567-sb1.acme.example/rest/me "
        + "content-type: application/x-www-form-urlencoded "
        + Self.header("UYWwZoVGbxbAVxEcf9yQ%2FCqwjV8Ta5bBvcPyz2x%2Bjqs%3D") + " x=1+2")
  }

  @Test func `each request has a nonce of its own`() {
    let session = SessionUnderTest(
      Self.tokenBased(#""endpoints":["/a","/a"]"#), Self.pairs, now: Self.now, seed: Self.nonce)
    let first = session.next()
    session.answer(500)
    let second = session.next()
    #expect(first.prefix(40) == second.prefix(40))
    #expect(first != second)
  }

  @Test func `without a client of the form's own nothing can be signed`() {
    let session = SessionUnderTest(
      Self.tokenBased(#""endpoints":["/me"]"#),
      ["params.accountId": "1", "credentials.token_id": "a", "credentials.token_secret": "b"])
    #expect(session.next() == "done: unclear")
    #expect(session.diagnosis.sentence.contains("no value for OAuth Client ID"))
    #expect(session.diagnosis.nextStep == "Fill in OAuth Client ID.")
  }

  @Test func `an entry without a check is honestly unchecked`() {
    let session = SessionUnderTest(Self.tokenBased(""), Self.pairs)
    #expect(session.next() == "done: uncheckable")
  }

  @Test(arguments: [Self.signature, Self.tokenBased(#""endpoints":["/me"]"#)])
  func `no signature stands in a redacted plan`(json: String) throws {
    var values = SecretValues(fixture: Self.pairs)
    values.set(Field.ID(.credentials, "username"), to: SecretBuffer(fixture: "ann"))
    values.set(Field.ID(.credentials, "password"), to: SecretBuffer(fixture: "p-EXAMPLE-p"))
    let submission = Submission(provider: Fixture.provider(json), values: values)
    let text = try CheckSession.plan(submission).json().fixtureText
    for word in ["Digest", "Nonce", "oauth_", "EXAMPLE", "t-secret", "cret"] {
      #expect(!text.contains(word))
    }
    #expect(text.contains("‹redacted›"))
    #expect(try CheckSession.plan(submission).json(revealing: true).fixtureText.contains("once="))
  }
}
