package import Basics
package import Secrets

/// `{"token":{…}}` or `{"refused":{…}}`
extension TokenOutcome {
  /// One object. Writes the token straight into the writer's locked memory.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    switch self {
    case .token(let token):
      json.key("token")
      token.write(to: &json)
    case .refused(let diagnosis):
      json.key("refused")
      diagnosis.write(to: &json)
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> TokenOutcome? {
    var token: TokenSet?
    var diagnosis: Diagnosis?
    var count = 0
    try reader.object(text) { member, reader throws(JSONError) in
      count += 1
      switch member {
      case "token": token = try TokenSet.read(text, &reader)
      case "refused": diagnosis = try Diagnosis.read(text, &reader)
      default: throw reader.failure(.unexpected)
      }
    }
    guard count == 1 else { return nil }
    if let token = token.take() { return .token(token) }
    return diagnosis.map { .refused($0) }
  }
}
