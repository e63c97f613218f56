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
    /// Whether nothing but facts is new: tokens and former generation stay.
    let keepsToken: Bool
    /// Whether what was typed before and not finished goes.
    let dropsDraft: Bool
    /// The tokens that come with it; nil for none.
    var token: SealedToken?
    /// What it was before, of one whose name is free; nil for nothing.
    var earlier: Earlier?
  }

  /// A former generation that comes with its connection.
  struct Earlier {
    /// The row that it had.
    let row: IndexRow
    let generation: SealedGeneration
  }

  private(set) var entries: [Entry] = []
  /// Where the last entry of a name stands.
  private var places: [ConnectionName: Int] = [:]
  /// How long what is sealed is together, in bytes.
  package private(set) var byteCount = 0

  package init() {}

  /// How many records wait to be stored.
  package var count: Int { entries.count }

  /// What was put in under a name last.
  func entry(of name: ConnectionName) -> Entry? { places[name].map { entries[$0] } }

  mutating func append(_ entry: Entry) {
    places[entry.row.name] = entries.count
    entries.append(entry)
    byteCount += entry.record.count + (entry.token?.file.count ?? 0)
    if let earlier = entry.earlier?.generation {
      byteCount += earlier.record.count + (earlier.token?.file.count ?? 0)
    }
  }
}
