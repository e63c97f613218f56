import Basics
import Requests
import Secrets
import Testing

/// Tokens and what came of asking for one, on their way between processes.
@Suite struct TokensAsJSON {
  private static func read(_ text: String) -> String? {
    text.withBytes { bytes in
      var reader = JSONReader()
      guard let outcome = try? TokenOutcome.read(bytes, &reader) else { return nil }
      return Self.written(outcome)
    }
  }

  private static func written(_ outcome: consuming TokenOutcome) -> String {
    var json = SecretJSONWriter()
    outcome.write(to: &json)
    return json.finish()?.fixtureText ?? ""
  }

  @Test(arguments: [
    #"{"token":{"obtained":"1970-01-01T00:00:00Z","values":{}}}"#,
    #"{"token":{"obtained":"1970-01-01T00:00:00Z","expires":"2026-01-01T00:00:00Z","#
      + #""type":"Bearer","assertion_expires":"2026-01-02T00:00:00Z","#
      + #""values":{"accessToken":"a\"b","refreshToken":"r"}}}"#,
    #"{"refused":{"kind":"busy","status":429,"wait":7,"sentence":"Acme is busy."}}"#,
  ])
  func `what is written is read again`(text: String) {
    #expect(Self.read(text) == text)
  }

  @Test(arguments: [
    "{}", #"{"token":{}}"#, #"{"token":{"obtained":"x","values":{}}}"#, #"{"other":1}"#,
    #"{"token":{"obtained":"1970-01-01T00:00:00Z","values":{},"more":1}}"#,
    #"{"token":{"obtained":"1970-01-01T00:00:00Z","values":{},"expires":"soon"}}"#,
    #"{"token":{"obtained":"1970-01-01T00:00:00Z","values":{}},"refused":{"kind":"busy","sentence":"."}}"#,
    #"{"refused":{"kind":"odd","sentence":"."}}"#, "[]", "",
  ])
  func `anything else is refused`(text: String) { #expect(Self.read(text) == nil) }
}
