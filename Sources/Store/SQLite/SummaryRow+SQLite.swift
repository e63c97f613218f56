internal import Basics
internal import Connections

/// What a list reads of a row.
extension SummaryRow {
  /// In the order that `init` uses.
  static let columns = "provider, name, version, created, changed, summary"

  /// Nil when it cannot be a row. Whether it is as it was written, its summary proves.
  init?(_ row: borrowing Statement) {
    guard let name = ConnectionName(provider: row.text(0), name: row.text(1)),
      IndexRow.versions.contains(row.number(2))
    else { return nil }
    let entry = ConnectionIndexEntry(
      name: name, version: Int(row.number(2)),
      created: Timestamp(secondsSinceEpoch: row.number(3)),
      changed: Timestamp(secondsSinceEpoch: row.number(4)))
    self.init(entry: entry, summary: row.isNull(5) ? nil : row.bytes(5))
  }
}
