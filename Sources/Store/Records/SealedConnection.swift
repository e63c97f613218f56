internal import Connections

/// A connection with all that is kept of it, sealed.
struct SealedConnection {
  let row: IndexRow
  private let record: [UInt8]
  private let summary: [UInt8]?
  private let token: SealedToken?
  private let former: SealedGeneration?

  /// Nil where the row is another one by now.
  init?(
    _ row: IndexRow, _ summary: [UInt8]?, in store: any OpenedStore
  ) throws(StoreFailure) {
    guard let now = try store.row(row.name), now == row else { return nil }
    let sealed = try store.sealed(row.name)
    guard sealed.row == row else { return nil }
    self.row = row
    self.summary = summary
    record = sealed.record
    token = try store.token(row.name).kept
    former = try store.former(row.name).kept
  }

  func isSame(as other: SealedConnection) -> Bool {
    record == other.record && token?.version == other.token?.version
      && token?.file == other.token?.file && former?.record == other.former?.record
      && former?.token?.file == other.former?.token?.file
  }

  /// Within a change, where its name is free.
  func put(into store: any OpenedStore) throws(StoreFailure) {
    if let former {
      // What takes its place makes it the former generation.
      try store.put(row, former.record, summary: nil, keepsToken: true)
      if let token = former.token { try store.putToken(token, of: row.name) }
    }
    try store.put(row, record, summary: summary, keepsToken: former == nil)
    if let token { try store.putToken(token, of: row.name) }
  }
}
