internal import Basics
internal import Secrets

/// `{"token":{…},"credentials":{…},"settings":{…},"scopes":["read"],"diagnosis":{…}}`
extension LinkedAccount {
  /// One object; what there is not is left out of it. Writes the values straight into the writer's locked memory.
  borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    switch token {
    case .some(let token):
      json.key("token")
      token.write(to: &json)
    case nil: break
    }
    json.member("credentials", secrets: credentials)
    json.member("settings", secrets: settings)
    json.member("scopes", scopes.names)
    if let diagnosis {
      json.key("diagnosis")
      diagnosis.write(to: &json)
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> LinkedAccount? {
    var token: TokenSet?
    var credentials: SecretMap<String>?
    var settings: SecretMap<String>?
    var scopes: [String]?
    var diagnosis: Diagnosis?
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "token":
        switch try TokenSet.read(text, &reader) {
        case .some(let read): token = .some(read)
        case nil: isGood = false
        }
      case "credentials": credentials = try reader.secrets(text)
      case "settings": settings = try reader.secrets(text)
      case "scopes": scopes = try reader.plainStrings(text)
      case "diagnosis":
        diagnosis = try Diagnosis.read(text, &reader)
        if diagnosis == nil { isGood = false }
      default: throw reader.failure(.unexpected)
      }
    }
    guard isGood, let scopes, let credentials = credentials.take(), let settings = settings.take()
    else { return nil }
    return LinkedAccount(
      token: token, credentials: credentials, settings: settings, scopes: Scopes(scopes),
      diagnosis: diagnosis)
  }
}
