internal import Basics
internal import Connections

/// The clear columns as SQLite keeps them.
extension IndexRow {
  /// In the order that `init` and `bind` use.
  static let columns = "id, provider, name, version, created, changed, recipients, digest"
  static let columnCount: Int32 = 8

  /// Nil when the row is not as it was written.
  init?(_ row: borrowing Statement) {
    guard let name = ConnectionName(provider: row.text(1), name: row.text(2)) else { return nil }
    self.init(
      id: row.text(0), name: name, version: row.number(3),
      created: Timestamp(secondsSinceEpoch: row.number(4)),
      changed: Timestamp(secondsSinceEpoch: row.number(5)), recipients: row.text(6))
    guard IndexRow.versions.contains(version), row.bytes(7) == digest else { return nil }
  }

  func bind(to statement: inout Statement) throws(StoreFailure) {
    try statement.bind(id, at: 0)
    try statement.bind(name.provider, at: 1)
    try statement.bind(name.name, at: 2)
    try statement.bind(version, at: 3)
    try statement.bind(created.secondsSinceEpoch, at: 4)
    try statement.bind(changed.secondsSinceEpoch, at: 5)
    try statement.bind(recipients, at: 6)
    try statement.bind(digest, at: 7)
  }
}
