internal import Basics
package import Connections

extension StoreSession {
  /// What a list shows: all connections, sorted by name, and what is known of each without opening its record.
  ///
  /// Where a row does not say it, because of an older release, a machine without the identity or damage, the record is
  /// opened in its place, and the row is written where the store is free.
  /// - Returns: besides, why nothing but the clear columns can be shown, where that is so.
  package func summaries() throws(StoreError) -> (
    connections: [ListedConnection], obstacle: StoreError?
  ) {
    do throws(StoreError) {
      try rereading { () throws(StoreError) in
        guard let store = try existing() else { return }
        try trust(store)
        _ = try identities()
      }
    } catch {
      return (try list(.all).map { ListedConnection(entry: $0, content: .sealed) }, error)
    }
    guard let store = try existing() else { return ([], nil) }
    let key: RowKey? = if case .usable(let key) = rowKey(in: store) { key } else { nil }
    var connections: [ListedConnection] = []
    var sealed: [ConnectionIndexEntry] = []
    do {
      for row in try store.summaries() {
        if let summary = row.summary.flatMap({ key?.open($0, of: row.entry) }) {
          connections.append(ListedConnection(entry: row.entry, content: .summary(summary)))
        } else {
          sealed.append(row.entry)
        }
      }
      // A summary that opens proves its row; without one the row itself has to be as it was written.
      if !sealed.isEmpty { _ = try store.rows(.all) }
    } catch {
      throw error.explained("cannot list the connections in \(store.path)")
    }
    connections += readRecords(of: sealed, in: store)
    // Their places are sorted, which are smaller than they are.
    let names = connections.map(\.entry.name)
    let places = names.indices.sorted { names[$0] < names[$1] }
    return (places.map { connections[$0] }, nil)
  }

  /// Opens the records of the rows that say nothing of them, and writes the rows.
  private func readRecords(
    of entries: [ConnectionIndexEntry], in store: any OpenedStore
  ) -> [ListedConnection] {
    var missing: [ConnectionSummary] = []
    var connections: [ListedConnection] = []
    for entry in entries {
      do throws(StoreError) {
        let summary = try read(entry.name).facts.summary
        connections.append(ListedConnection(entry: entry, content: .summary(summary)))
        // One that is too long for its row is read each time.
        if summary.encoded() != nil { missing.append(summary) }
      } catch {
        // Somebody has removed it since.
        if case .notFound = error { continue }
        connections.append(ListedConnection(entry: entry, content: .unreadable(error)))
      }
    }
    writeSummaries(missing, to: store)
    return connections
  }

  /// Puts into the rows what had to be read from the records. Can be done another time, so nobody is waited for and
  /// nothing is said where it cannot be done.
  private func writeSummaries(_ summaries: [ConnectionSummary], to store: any OpenedStore) {
    guard !summaries.isEmpty, (try? store.requireWritable()) != nil else { return }
    switch rowKey(in: store) {
    case .absent, .usable: break
    case .closed, .broken, .unknown: return
    }
    do throws(StoreFailure) {
      try store.requireWhole()
      try store.changeIfFree { () throws(StoreFailure) in
        try trustWithinChange(store)
        guard let key = try rowKeyForSealing(in: store) else { return }
        for summary in summaries {
          guard let sealed = key.seal(summary) else { continue }
          try store.putSummary(sealed, of: summary.entry)
        }
      }
      rememberRowKey(of: store)
    } catch {
      // The records are all that is needed.
    }
  }
}
