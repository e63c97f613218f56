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

    /// In bytes, what is sealed of it.
    var size: Int {
      record.count + (token?.file.count ?? 0) + (earlier?.generation.record.count ?? 0)
        + (earlier?.generation.token?.file.count ?? 0)
    }
  }

  /// A former generation that comes with its connection.
  struct Earlier {
    /// The row that it had.
    let row: IndexRow
    let generation: SealedGeneration
  }

  /// What is to be said where this many of them are not in the store.
  static func unstored(_ count: Int) -> String {
    count == 1 ? "1 connection was not stored" : "\(count) connections were not stored"
  }

  private(set) var entries: [Entry] = []
  /// Where the last entry of a name stands.
  private var places: [ConnectionName: Int] = [:]
  /// How long what is sealed is together, in bytes.
  package private(set) var byteCount = 0

  package init() {}

  /// How many records wait to be stored.
  package var count: Int { entries.count }

  /// The entries in their order, in parts that are within a limit; one that is longer is a part of its own.
  func parts(_ limit: (count: Int, bytes: Int)) -> [[Entry]] {
    var parts: [[Entry]] = []
    var size = 0
    for entry in entries {
      let isFull = (parts.last?.count ?? 0) >= limit.count || size + entry.size > limit.bytes
      if parts.isEmpty || isFull {
        parts.append([])
        size = 0
      }
      parts[parts.count - 1].append(entry)
      size += entry.size
    }
    return parts
  }

  /// What was put in under a name last.
  func entry(of name: ConnectionName) -> Entry? { places[name].map { entries[$0] } }

  mutating func append(_ entry: Entry) {
    places[entry.row.name] = entries.count
    entries.append(entry)
    byteCount += entry.size
  }
}
