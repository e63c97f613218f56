import Drafts
import ProviderFormat
import Secrets
import Testing

@Suite("What is said of a key file")
struct FileFactsTests {
  private static let key = Field.ID(.credentials, "key")

  /// What is said of a value of several lines.
  private static func facts(_ text: String) -> FileFacts? {
    let draft = DraftUnderTest(
      form: Fixture.form(
        """
        {"display_name":"Acme","auth_mode":"API_KEY","credentials":{"key":{"type":"string",
         "title":"Private key","secret":true}}}
        """), resuming: SecretValues(fixture: ["credentials.key": text]))
    return draft.state(of: key).file
  }

  @Test(arguments: [
    ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "PEM, private key, 3 lines"),
    ("-----BEGIN EC PRIVATE KEY-----\nAAAA\n", "PEM, EC private key, 2 lines"),
    ("-----BEGIN my Secret!-----\nAAAA\n", "2 lines"),
    ("{\"kty\":\"RSA\"}", "JWK, 1 line"), ("{\n  \"a\": 1\n}\n", "JSON, 3 lines"),
    ("a\nb\n\nc", "4 lines"),
  ])
  func `its kind and its lines, and nothing of its content`(_ text: String, _ sentence: String) {
    #expect(Self.facts(text)?.sentence == sentence)
  }

  @Test(arguments: ["", "abcdef", "abcdef\n", "{not json"])
  func `of one line of no known kind there is nothing to say`(_ text: String) {
    #expect(Self.facts(text) == nil)
  }
}
