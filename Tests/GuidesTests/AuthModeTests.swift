import ProviderFormat
import Testing

@Suite("Auth modes")
struct AuthModeTests {
  @Test(arguments: [
    "API_KEY", "BASIC", "OAUTH2_CC", "TWO_STEP", "JWT", "BILL", "TBA", "SIGNATURE", "AWS_SIGV4",
    "NONE",
  ])
  func `a mode of the format that a form finishes is known`(_ word: String) {
    let mode = AuthMode(rawValue: word)
    #expect(mode != .other(word))
    #expect(mode.rawValue == word)
    #expect(mode.isFormBased)
  }

  @Test(arguments: [
    "OAUTH1", "OAUTH2", "APP", "APP_STORE", "CUSTOM", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC",
    "INSTALL_PLUGIN",
  ])
  func `a mode of the format that needs a browser is known`(_ word: String) {
    let mode = AuthMode(rawValue: word)
    #expect(mode != .other(word))
    #expect(mode.rawValue == word)
    #expect(!mode.isFormBased)
  }

  @Test(arguments: ["", "api_key", "OAUTH9", "API_KEY "])
  func `another word is kept as it is and needs a browser`(_ word: String) {
    #expect(AuthMode(rawValue: word) == .other(word))
    #expect(AuthMode(rawValue: word).rawValue == word)
    #expect(!AuthMode(rawValue: word).isFormBased)
  }

  @Test func `no two modes share a word`() {
    #expect(Set(AuthMode.known.map(\.rawValue)).count == 18)
    #expect(AuthMode.known.map { AuthMode(rawValue: $0.rawValue) } == AuthMode.known)
  }
}
