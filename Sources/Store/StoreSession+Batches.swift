internal import Basics
package import Connections

extension StoreSession {
  /// Seals a record and puts it into a batch. The rules are those of `save`; what is in the batch counts as stored.
  ///
  /// - Parameter keepingToken: as for `save`; tokens go unless it is said.
  /// - Throws: `.exists` when the name is taken and `replacing` is false; then the batch is as it was.
  package func add(
    _ record: consuming ConnectionRecord, replacing: Bool, keepingToken: Bool = false,
    to batch: inout SaveBatch
  ) throws(StoreError) {
    let store = try openForSealing()
    var record = record
    let name = record.facts.name
    do throws(StoreFailure) {
      let waiting = batch.entry(of: name)
      let former = if let row = waiting?.row { row } else { try store.row(name) }
      let row = try StoreSession.place(
        for: record.facts, in: store.header, existing: former, replacing: replacing)
      let change = keepingToken ? RecordChange.facts : .values
      let isKept = continueHistory(of: &record, from: former, change, in: store) {
        () throws(StoreFailure) in
        if let file = waiting?.record { file } else { try store.sealed(name).record }
      }
      row.describe(&record.facts, in: store.header.id)
      let sealed = try signed(
        try RecordSealing.close(record, to: store.header.recipients), SealBinding(record: row))
      batch.append(
        SaveBatch.Entry(
          row: row, record: sealed, summary: record.facts.summary, former: former,
          keepsToken: isKept, dropsDraft: !keepingToken))
    } catch {
      throw error.explained("\(name) could not be stored")
    }
  }

  /// Stores a batch and empties it: in one change, or in several one after the other where the store takes no more at once.
  ///
  /// - Returns: the connections that somebody else has changed since they were put into the batch, with the reason, and
  ///   those of a change that failed after others had been made; the others are stored.
  /// - Throws: when none of them is stored.
  package func save(
    _ batch: inout SaveBatch
  ) throws(StoreError) -> [(name: ConnectionName, reason: StoreError)] {
    guard batch.count > 0 else { return [] }
    let store = try openForSealing()
    let parts = batch.parts(location.kind.changeLimit)
    batch = SaveBatch()
    var refused: [(name: ConnectionName, reason: StoreError)] = []
    for (place, entries) in parts.enumerated() {
      do {
        refused += try save(entries, in: store)
      } catch {
        if place == 0 { throw error }
        for entry in parts[place...].joined() { refused.append((entry.row.name, error)) }
        break
      }
    }
    return refused
  }

  /// In one change.
  private func save(
    _ entries: [SaveBatch.Entry], in store: any OpenedStore
  ) throws(StoreError) -> [(name: ConnectionName, reason: StoreError)] {
    var refused: [(name: ConnectionName, reason: StoreError)] = []
    let isOnDisk: Bool
    signing.notedHeads = [:]
    do {
      isOnDisk = try replace(in: store) { () throws(StoreFailure) in
        refused = []
        try requireSealed(entries, for: store)
        let key = try rowKeyForSealing(in: store)
        for entry in entries {
          let name = entry.row.name
          guard try isStill(entry.former, of: entry, in: store) else {
            let why = "somebody else has stored it at the same moment"
            refused.append((name, .conflict(name, why: why)))
            continue
          }
          try put(entry, summary: key?.seal(entry.summary), in: store)
          note(SealBinding(record: entry.row), entry.record)
        }
      }
      rememberRowKey(of: store)
    } catch {
      throw error.explained(SaveBatch.unstored(entries.count))
    }
    guard isOnDisk else {
      throw StoreFailure.unlike.explained(SaveBatch.unstored(entries.count))
    }
    rememberNoted(in: store)
    return refused
  }

  /// Whether what an entry takes the place of is what there was when it was sealed. Within a change.
  private func isStill(
    _ former: IndexRow?, of entry: SaveBatch.Entry, in store: any OpenedStore
  ) throws(StoreFailure) -> Bool {
    guard try store.row(entry.row.name) == former else { return false }
    // Whoever waits for other tokens than those that there were has to see that these are others.
    guard former != nil, let token = entry.token else { return true }
    return try store.token(entry.row.name).nextVersion == Int(token.version)
  }

  /// Within a change.
  private func put(
    _ entry: SaveBatch.Entry, summary: [UInt8]?, in store: any OpenedStore
  ) throws(StoreFailure) {
    let name = entry.row.name
    if let earlier = entry.earlier {
      // What takes its place makes it the former generation.
      try store.put(earlier.row, earlier.generation.record, summary: nil, keepsToken: true)
      if let token = earlier.generation.token { try store.putToken(token, of: name) }
    }
    try store.put(entry.row, entry.record, summary: summary, keepsToken: entry.keepsToken)
    if let token = entry.token { try store.putToken(token, of: name) }
    if entry.dropsDraft { try store.dropDraft(name) }
  }

  /// What was sealed for others than the store is sealed to by now may be for somebody who is to see no more of it.
  private func requireSealed(
    _ entries: [SaveBatch.Entry], for store: any OpenedStore
  ) throws(StoreFailure) {
    let recipients = store.header.recipientID
    guard entries.contains(where: { $0.row.recipients != recipients }) else { return }
    throw .explained(
      .failed(
        Explanation(
          what: SaveBatch.unstored(entries.count),
          why: "the store's recipients have been changed meanwhile",
          advice: "run the command again")))
  }
}
