internal import Credentials
internal import Crypto

/// The clear columns of a record.
struct IndexRow: Equatable {
  /// In the order that `init` and `bind` use.
  static let columns = "id, provider, name, version, created, changed, recipients, digest"

  var id: String
  var name: ConnectionName
  var version: Int64
  var created: Timestamp
  var changed: Timestamp
  /// Which set of recipients it was sealed to.
  var recipients: String

  init(
    id: String, name: ConnectionName, version: Int64, created: Timestamp, changed: Timestamp,
    recipients: String
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.created = created
    self.changed = changed
    self.recipients = recipients
  }

  /// Nil when the row is not as it was written.
  init?(_ row: borrowing Statement) {
    guard let name = ConnectionName(provider: row.text(1), name: row.text(2)) else { return nil }
    self.init(
      id: row.text(0), name: name, version: row.number(3),
      created: Timestamp(secondsSinceEpoch: row.number(4)),
      changed: Timestamp(secondsSinceEpoch: row.number(5)), recipients: row.text(6))
    let versions: ClosedRange<Int64> = 1...Int64(Int32.max - 1)
    guard versions.contains(version), row.bytes(7) == digest else { return nil }
  }

  func bind(to statement: inout Statement) throws(SQLiteError) {
    try statement.bind(id, at: 0)
    try statement.bind(name.provider, at: 1)
    try statement.bind(name.name, at: 2)
    try statement.bind(version, at: 3)
    try statement.bind(created.secondsSinceEpoch, at: 4)
    try statement.bind(changed.secondsSinceEpoch, at: 5)
    try statement.bind(recipients, at: 6)
    try statement.bind(digest, at: 7)
  }

  var entry: ConnectionIndexEntry {
    ConnectionIndexEntry(
      name: name, version: Int(version), created: created, changed: changed)
  }

  /// What the sealed record must repeat; a sentence about the first thing that differs, or nil.
  func difference(from facts: ConnectionFacts, in store: String) -> String? {
    if facts.storeID != store { return "it belongs to another store" }
    if facts.name != name { return "it is the record of \(facts.name)" }
    if facts.id != id { return "it is the record of an earlier connection of this name" }
    if facts.version != Int(version) { return "it is version \(facts.version), not \(version)" }
    if facts.created != created || facts.changed != changed { return "its times are others" }
    return nil
  }

  /// Against flipped bits, not against people: those are kept out by the seal.
  private var digest: [UInt8] {
    let parts = [
      id, name.provider, name.name, String(version), String(created.secondsSinceEpoch),
      String(changed.secondsSinceEpoch), recipients,
    ]
    return Array(SHA256.hash(data: Array(parts.joined(separator: "\n").utf8)))
  }
}
