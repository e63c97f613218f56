internal import Connections

/// Records that are sealed already and are stored together: one change of the store for many of them, and no secret that
/// waits for it in the clear.
package struct SaveBatch {
  /// A record with what it was made for.
  struct Entry {
    let row: IndexRow
    let record: [UInt8]
    let summary: ConnectionSummary
    /// The row whose place it takes; nil where there was none.
    let former: IndexRow?
    /// Whether the connection's tokens stay.
    let keepsToken: Bool
  }

  private(set) var entries: [Entry] = []
  private(set) var rows: [ConnectionName: IndexRow] = [:]
  /// How long the sealed records are together, in bytes.
  package private(set) var byteCount = 0

  package init() {}

  /// How many records wait to be stored.
  package var count: Int { entries.count }

  mutating func append(_ entry: Entry) {
    entries.append(entry)
    rows[entry.row.name] = entry.row
    byteCount += entry.record.count
  }
}
