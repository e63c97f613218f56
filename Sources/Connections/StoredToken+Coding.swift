internal import Basics
internal import Requests
package import Secrets

/// The canonical form of what is kept: one JSON object on one line, members in a fixed order, absent ones left out. It is
/// what gets sealed, so `age -d` shows it.
///
///     {"schema":1,"store_id":"…","connection_id":"…","version":3,"tokens":{…},
///      "failure":{"time":"2026-08-24T13:05:09Z","diagnosis":{…}}}
extension StoredToken {
  /// The format that is written, and the only one that is read: tokens of another one are got again.
  package static let schema: Int64 = 1
  /// In bytes: as many as all answers of one fetch may have together.
  package static let sizeLimit = 4 * SecretBuffer.fileCapacity

  /// - Returns: nil when it is longer than `sizeLimit`.
  package borrowing func encoded() -> SecretBuffer? {
    var json = SecretJSONWriter(limit: Self.sizeLimit)
    json.beginObject()
    json.key("schema")
    json.number(Self.schema)
    json.member("store_id", storeID)
    json.member("connection_id", connectionID)
    json.key("version")
    json.number(Int64(version))
    switch tokens {
    case .some(let tokens):
      json.key("tokens")
      tokens.write(to: &json)
    case .none: break
    }
    if let failure {
      json.key("failure")
      json.beginObject()
      json.member("time", failure.time.description)
      json.key("diagnosis")
      failure.diagnosis.write(to: &json)
      json.endObject()
    }
    json.endObject()
    return json.finish()
  }

  /// Reads the canonical form: every member known, none twice, in any order.
  /// - Returns: nil for anything else. What cannot be read is got again.
  package init?(decoding bytes: borrowing SecretBuffer) {
    guard bytes.count <= Self.sizeLimit else { return nil }
    let found = bytes.withBytes { text -> StoredToken? in
      var parts = TokenParts()
      var reader = JSONReader()
      do throws(JSONError) {
        try reader.object(text) { member, reader throws(JSONError) in
          try parts.read(member, text, &reader)
        }
        try reader.end(text)
      } catch {
        return nil
      }
      return parts.token()
    }
    guard let found else { return nil }
    self = found
  }
}

/// The members as they are read.
private struct TokenParts: ~Copyable {
  private var schema: Int64?
  private var storeID: String?
  private var connectionID: String?
  private var version: Int64?
  private var tokens: TokenSet?
  private var failure: StoredToken.Failure?

  mutating func read(
    _ member: String, _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) {
    switch member {
    case "schema":
      schema = try reader.integer(text)
      // A later format may differ in everything that follows, so nothing more is read of it.
      guard schema == StoredToken.schema else { throw reader.failure(.unexpected) }
    case "store_id": storeID = try reader.plainString(text)
    case "connection_id": connectionID = try reader.plainString(text)
    case "version": version = try reader.integer(text)
    case "tokens":
      tokens = try TokenSet.read(text, &reader)
      if tokens == nil { throw reader.failure(.unexpected) }
    case "failure":
      failure = try TokenParts.failure(text, &reader)
      if failure == nil { throw reader.failure(.unexpected) }
    default: throw reader.failure(.unexpected)
    }
  }

  /// Nil when a word of it is unknown or a member is missing.
  private static func failure(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> StoredToken.Failure? {
    var time: Timestamp?
    var diagnosis: Diagnosis?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "time": time = Timestamp(try reader.plainString(text))
      case "diagnosis": diagnosis = try Diagnosis.read(text, &reader)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let time, let diagnosis else { return nil }
    return StoredToken.Failure(time: time, diagnosis: diagnosis)
  }

  /// Nil when a member is missing that is always there.
  consuming func token() -> StoredToken? {
    guard schema != nil, let storeID, let connectionID, let version,
      (1...Int64(Int32.max)).contains(version)
    else { return nil }
    var token = StoredToken(tokens: tokens.take(), failure: failure)
    token.storeID = storeID
    token.connectionID = connectionID
    token.version = Int(version)
    return token
  }
}
