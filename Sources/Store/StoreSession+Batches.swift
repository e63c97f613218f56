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
      let sealed = try RecordSealing.close(record, to: store.header.recipients)
      batch.append(
        SaveBatch.Entry(
          row: row, record: sealed, summary: record.facts.summary, former: former,
          keepsToken: isKept, dropsDraft: !keepingToken))
    } catch {
      throw error.explained("\(name) could not be stored")
    }
  }

  /// Stores a batch in one change, and empties it.
  ///
  /// - Returns: the connections that somebody else has changed since they were put into the batch, with the reason; the
  ///   others are stored.
  /// - Throws: when none of them is stored.
  package func save(
    _ batch: inout SaveBatch
  ) throws(StoreError) -> [(name: ConnectionName, reason: StoreError)] {
    guard batch.count > 0 else { return [] }
    let store = try openForSealing()
    let entries = batch.entries
    batch = SaveBatch()
    var refused: [(name: ConnectionName, reason: StoreError)] = []
    let isOnDisk: Bool
    do {
      isOnDisk = try store.replace { () throws(StoreFailure) in
        let key = try rowKeyForSealing(in: store)
        for entry in entries {
          let name = entry.row.name
          guard try store.row(name) == entry.former else {
            let why = "somebody else has stored it at the same moment"
            refused.append((name, .conflict(name, why: why)))
            continue
          }
          try store.put(
            entry.row, entry.record, summary: key?.seal(entry.summary),
            keepsToken: entry.keepsToken)
          if entry.dropsDraft { try store.dropDraft(name) }
        }
      }
      rememberRowKey(of: store)
    } catch {
      throw error.explained("\(entries.count) connections could not be stored")
    }
    guard isOnDisk else {
      throw .failed(
        Explanation(
          what: "\(entries.count) connections were not stored",
          why: "what is read back from the disk is not what was written",
          advice: SQLiteError.adviceWhenLost))
    }
    return refused
  }
}
