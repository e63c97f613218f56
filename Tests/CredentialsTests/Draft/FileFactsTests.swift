import Secrets
import Testing

@testable import Drafts

@Suite("What is said of a key file")
struct FileFactsTests {
  @Test(arguments: [
    ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "PEM, private key, 3 lines"),
    ("-----BEGIN EC PRIVATE KEY-----\nAAAA\n", "PEM, EC private key, 2 lines"),
    ("-----BEGIN my Secret!-----\nAAAA\n", "2 lines"),
    ("{\"kty\":\"RSA\"}", "JWK, 1 line"), ("{\n  \"a\": 1\n}\n", "JSON, 3 lines"),
    ("a\nb\n\nc", "4 lines"),
  ])
  func `its kind and its lines, and nothing of its content`(_ text: String, _ sentence: String) {
    let buffer = SecretBuffer(fixture: text)
    let facts = buffer.withBytes { FileFacts($0) }
    #expect(facts?.sentence == sentence)
  }

  @Test(arguments: ["", "abcdef", "abcdef\n", "{not json"])
  func `of one line of no known kind there is nothing to say`(_ text: String) {
    let buffer = SecretBuffer(fixture: text)
    let facts = buffer.withBytes { FileFacts($0) }
    #expect(facts == nil)
  }
}
