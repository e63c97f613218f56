internal import Basics
internal import Connections

/// The clear columns of a record.
struct IndexRow: Equatable {
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

  /// The versions that a row can have. The last one is left free, so that adding one is always a number.
  static let versions: ClosedRange<Int64> = 1...Int64(Int32.max - 1)

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
  var digest: [UInt8] {
    let parts = [
      id, name.provider, name.name, String(version), String(created.secondsSinceEpoch),
      String(changed.secondsSinceEpoch), recipients,
    ]
    return parts.joined(separator: "\n").sha256
  }
}
