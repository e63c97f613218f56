internal import Basics
internal import Drafts
internal import Requests
package import Secrets

/// The canonical form of an application: one JSON object on one line, members in a fixed order, absent ones left out. It is
/// what gets sealed, so `age -d` shows it.
///
///     {"schema":1,"store_id":"…","name":"github","provider":"github","created":"2026-08-24T13:05:09Z","changed":"…",
///      "callback":"http://127.0.0.1:8976/callback","client_id":"…","client_secret":"…","client_source":"by_hand",
///      "values":{"params.appPublicLink":"…"}}
extension Application {
  /// The format that is written, and the newest that is read.
  package static let schema: Int64 = 1
  /// In bytes.
  package static let sizeLimit = JSONLimits.members.bytes

  /// - Parameter storeID: of the store that it is kept in, so that it is not mistaken for one of another store.
  /// - Returns: nil when it is longer than `sizeLimit`.
  package borrowing func encoded(in storeID: String) -> SecretBuffer? {
    var json = SecretJSONWriter(limit: Self.sizeLimit)
    json.beginObject()
    json.key("schema")
    json.number(Self.schema)
    json.member("store_id", storeID)
    json.member("name", facts.name.description)
    json.member("provider", facts.provider)
    json.member("created", facts.created.description)
    json.member("changed", facts.changed.description)
    if let callback = facts.callback { json.member("callback", callback.address) }
    client.write(to: &json)
    json.key("values")
    values.write(to: &json)
    json.endObject()
    return json.finish()
  }

  /// Reads the canonical form: every member known, none twice, in any order.
  /// - Parameter storeID: of the store in which it lies.
  package init(
    decoding bytes: borrowing SecretBuffer, in storeID: String
  ) throws(RecordError) {
    guard bytes.count <= Self.sizeLimit else { throw .tooLong }
    self = try bytes.withBytes { text throws(RecordError) -> Application in
      var parts = ApplicationParts()
      var reader = JSONReader()
      do throws(JSONError) {
        try reader.object(text) { member, reader throws(JSONError) in
          try parts.read(member, text, &reader)
        }
        try reader.end(text)
      } catch {
        throw parts.texts.failure ?? .notJSON(error.message)
      }
      return try parts.application(in: storeID)
    }
  }
}

extension OAuthClient {
  fileprivate borrowing func write(to json: inout SecretJSONWriter) {
    json.member("client_id", id)
    switch secret {
    case .some(let secret):
      json.key("client_secret")
      secret.withBytes { json.string($0) }
    case nil: break
    }
    switch source {
    case .byHand: json.member("client_source", SourceWord.byHand.rawValue)
    case .document: json.member("client_source", SourceWord.document.rawValue)
    case .dynamic(let registered, let end):
      json.member("client_source", SourceWord.dynamic.rawValue)
      json.member("client_registered", registered.description)
      if let end { json.member("client_ends", end.description) }
    }
    if let authentication { json.member("client_authentication", authentication.rawValue) }
    if let callback { json.member("client_callback", callback.address) }
  }
}

/// Who made a provider know a client, in a word that is kept.
private enum SourceWord: String {
  case byHand = "by_hand"
  case dynamic, document
}

/// The members as they are read.
private struct ApplicationParts: ~Copyable {
  private(set) var texts = RecordTexts()
  private var schema: Int64?
  private var secret: SecretBuffer?
  private var values: SecretValues?

  private static let words: Set<String> = [
    "store_id", "name", "provider", "created", "changed", "callback", "client_id",
    "client_source", "client_registered", "client_ends", "client_authentication",
    "client_callback",
  ]

  mutating func read(
    _ member: String, _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) {
    switch member {
    case "schema": schema = try texts.schema(Application.schema, text, &reader)
    case "client_secret": secret = try reader.string(text)
    case "values":
      values = try SecretValues.read(text, &reader)
      if values == nil { try texts.stop(.invalid(member), reader) }
    case _ where Self.words.contains(member): try texts.read(member, text, &reader)
    default: try texts.stop(.unknown(member), reader)
    }
  }

  consuming func application(in storeID: String) throws(RecordError) -> Application {
    if schema == nil { throw .missing("schema") }
    guard try texts.need("store_id") == storeID else { throw .invalid("store_id") }
    guard let name = ApplicationName(try texts.need("name")) else { throw .invalid("name") }
    let facts = ApplicationFacts(
      name: name, provider: try texts.need("provider"), clientID: try texts.need("client_id"),
      callback: try callback("callback"), created: try texts.time("created"),
      changed: try texts.time("changed"))
    let source = try source()
    let registered = try callback("client_callback")
    var authentication: ClientAuthentication?
    if let word = texts["client_authentication"] {
      authentication = ClientAuthentication(rawValue: word)
      if authentication == nil { throw .invalid("client_authentication") }
    }
    guard let values = values.take() else { throw .missing("values") }
    let client = OAuthClient(
      id: facts.clientID, secret: secret.take(), source: source, authentication: authentication,
      callback: registered)
    return Application(facts: facts, client: client, values: values)
  }

  private func source() throws(RecordError) -> OAuthClient.Source {
    switch SourceWord(rawValue: try texts.need("client_source")) {
    case .byHand: return .byHand
    case .document: return .document
    case .dynamic:
      let end = texts["client_ends"] == nil ? nil : try texts.time("client_ends")
      return .dynamic(at: try texts.time("client_registered"), end: end)
    case nil: throw .invalid("client_source")
    }
  }

  private func callback(_ member: String) throws(RecordError) -> Callback? {
    guard let text = texts[member] else { return nil }
    guard let callback = try? Callback(text) else { throw .invalid(member) }
    return callback
  }
}
