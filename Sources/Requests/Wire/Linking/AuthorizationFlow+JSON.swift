package import Basics
internal import Drafts
package import Secrets

/// A flow on its way to the process that asks the provider:
/// `{"submission":{…},"scopes":["read"],"callback":"http://127.0.0.1:8976/callback","parameters":[["prompt","none"]],"server":{…}}`
extension AuthorizationFlow {
  /// One object; what is empty is left out of it. Writes the values straight into the writer's locked memory.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.key("submission")
    submission.write(to: &json)
    if !scopes.isEmpty { json.member("scopes", scopes.names) }
    if !userScopes.isEmpty { json.member("user_scopes", userScopes.names) }
    json.member("callback", callback.address)
    if !parameters.isEmpty {
      json.member("parameters", pairs: parameters.map { ($0.name, $0.value) })
    }
    if let server {
      json.key("server")
      json.write(server.value)
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> AuthorizationFlow? {
    var submission: Submission?
    var (scopes, userScopes): ([String], [String]) = ([], [])
    var callback: Callback?
    var parameters: [(String, String)]? = []
    var server: AuthorizationServer?
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "submission": submission = try Submission.read(text, &reader)
      case "scopes": scopes = try reader.plainStrings(text)
      case "user_scopes": userScopes = try reader.plainStrings(text)
      case "callback":
        let address = try reader.plainString(text)
        callback = try? Callback(address)
      case "parameters": parameters = try reader.pairs(text)
      case "server":
        server = try AuthorizationServer.read(text, &reader)
        if server == nil { isGood = false }
      default: throw reader.failure(.unexpected)
      }
    }
    guard isGood, let callback, let parameters, let submission = submission.take() else {
      return nil
    }
    return AuthorizationFlow(
      submission, scopes: Scopes(scopes), userScopes: Scopes(userScopes), callback: callback,
      parameters: parameters.map { .init(name: $0.0, value: $0.1) }, server: server)
  }
}

extension AuthorizationServer {
  /// Reads what `value` is; nil when it is something else, or more.
  static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> AuthorizationServer? {
    let value = try Value(text, &reader)
    guard let server = AuthorizationServer(kept: value), server.json == value.json else {
      return nil
    }
    return server
  }
}
