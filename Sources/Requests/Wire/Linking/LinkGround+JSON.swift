internal import Basics
internal import Secrets

/// `{"server":{…},"client":{…},"token":{…}}`
extension LinkGround {
  /// One object; what there is not is left out of it.
  borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    if let server {
      json.key("server")
      json.write(server.value)
    }
    switch client {
    case .some(let client):
      json.key("client")
      client.write(to: &json)
    case nil: break
    }
    switch token {
    case .some(let token):
      json.key("token")
      token.write(to: &json)
    case nil: break
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  static func read(_ text: RawSpan, _ reader: inout JSONReader) throws(JSONError) -> LinkGround? {
    var ground = LinkGround()
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "server":
        ground.server = try AuthorizationServer.read(text, &reader)
        if ground.server == nil { isGood = false }
      case "client":
        switch try OAuthClient.read(text, &reader) {
        case .some(let client): ground.client = .some(client)
        case nil: isGood = false
        }
      case "token":
        switch try RequestToken.read(text, &reader) {
        case .some(let token): ground.token = .some(token)
        case nil: isGood = false
        }
      default: throw reader.failure(.unexpected)
      }
    }
    if !isGood { return nil }
    return ground
  }
}

/// `{"id":"…","secret":"…","source":"dynamic","registered":"…","ends":"…","authentication":"none","callback":"…"}`
extension OAuthClient {
  /// One object; what there is not is left out of it.
  fileprivate borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("id", id)
    switch secret {
    case .some(let secret): json.member("secret", secret: secret)
    case nil: break
    }
    switch source {
    case .byHand: json.member("source", "by_hand")
    case .document: json.member("source", "document")
    case .dynamic(let registered, let end):
      json.member("source", "dynamic")
      json.member("registered", registered.description)
      json.member("ends", ifPresent: end?.description)
    }
    json.member("authentication", ifPresent: authentication?.rawValue)
    json.member("callback", ifPresent: callback?.address)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  fileprivate static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> OAuthClient? {
    var texts: [String: String] = [:]
    var secret: SecretBuffer?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "secret": secret = try reader.string(text)
      case "id", "source", "registered", "ends", "authentication", "callback":
        texts[member] = try reader.plainString(text)
      default: throw reader.failure(.unexpected)
      }
    }
    let authentication = texts["authentication"].flatMap(ClientAuthentication.init)
    let callback = texts["callback"].flatMap { try? Callback($0) }
    guard let id = texts["id"], let source = source(texts),
      (authentication == nil) == (texts["authentication"] == nil),
      (callback == nil) == (texts["callback"] == nil)
    else { return nil }
    return OAuthClient(
      id: id, secret: secret, source: source, authentication: authentication, callback: callback)
  }

  private static func source(_ texts: [String: String]) -> Source? {
    let registered = texts["registered"].flatMap { Timestamp($0) }
    let end = texts["ends"].flatMap { Timestamp($0) }
    guard (registered == nil) == (texts["registered"] == nil),
      (end == nil) == (texts["ends"] == nil)
    else { return nil }
    switch (texts["source"], registered) {
    case ("by_hand", nil) where end == nil: return .byHand
    case ("document", nil) where end == nil: return .document
    case ("dynamic", let registered?): return .dynamic(at: registered, end: end)
    default: return nil
    }
  }
}
