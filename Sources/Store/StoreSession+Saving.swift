internal import Basics
package import Connections
package import Requests

extension StoreSession {
  /// A record that was opened before it was changed (its `version` is not 0) replaces only that version: a change that
  /// another process has made meanwhile is not lost.
  package func save(
    _ record: consuming ConnectionRecord, replacing: Bool, keepingToken: Bool
  ) throws(StoreError) {
    try save(record, token: nil, replacing: replacing, keepingToken: keepingToken)
  }

  /// As above.
  package func save(
    _ record: consuming ConnectionRecord, token: consuming TokenSet, replacing: Bool
  ) throws(StoreError) {
    let first = StoredToken(linking: token, of: record.provider)
    try save(record, token: first, replacing: replacing, keepingToken: false)
  }

  private func save(
    _ record: consuming ConnectionRecord, token: consuming StoredToken?, replacing: Bool,
    keepingToken: Bool
  ) throws(StoreError) {
    let store = try openForSealing()
    let name = record.facts.name
    var record = record
    let facts = record.facts
    let change: RecordChange =
      keepingToken ? .facts : token.isThere ? .valuesAndToken : .values
    let wish = Wish(subject: "\(name)", done: "stored", missing: "nothing was stored")
    try put(.record(name), wish, in: store) { sealed throws(StoreFailure) in
      record.facts = facts
      let (header, former) = (store.header, try store.row(name))
      let row = try StoreSession.place(
        for: record.facts, in: header, existing: former, replacing: replacing)
      let isKept = continueHistory(of: &record, from: former, change, in: store) {
        () throws(StoreFailure) in try store.sealed(name).record
      }
      // Whoever waits for other tokens than those that there were sees that these are others.
      let version = former == nil ? 1 : try store.token(name).nextVersion
      row.describe(&record.facts, in: header.id)
      sealed = try signed(
        try RecordSealing.close(record, to: header.recipients), SealBinding(record: row))
      let summary = try rowKeyForSealing(in: store)?.seal(record.facts.summary)
      try store.put(row, sealed, summary: summary, keepsToken: isKept)
      // What was typed before, and not finished, was meant for what there was.
      if change != .facts { try store.dropDraft(name) }
      switch token {
      case .some(let token): try put(token, version: version, of: row, in: store)
      case nil: break
      }
    }
    rememberRowKey(of: store)
  }

  /// Seals tokens for a row that is there, under a version of their own, and puts them in. Within a change.
  func put(
    _ token: borrowing StoredToken, version: Int, of row: IndexRow, in store: any OpenedStore
  ) throws(StoreFailure) {
    try store.putToken(seal(token, version: version, of: row, in: store), of: row.name)
  }

  /// Seals tokens for a row, under a version of their own.
  func seal(
    _ token: borrowing StoredToken, version: Int, of row: IndexRow, in store: any OpenedStore
  ) throws(StoreFailure) -> SealedToken {
    var token = token.duplicate()
    token.storeID = store.header.id
    token.connectionID = row.id
    token.version = version
    return try sealed(token, of: row, in: store)
  }

  /// Tokens, sealed and signed under the version that they have.
  func sealed(
    _ token: borrowing StoredToken, of row: IndexRow, in store: any OpenedStore
  ) throws(StoreFailure) -> SealedToken {
    let version = Int64(token.version)
    let file = try TokenSealing.close(token, of: row.name, to: store.header.recipients)
    let binding = SealBinding(token: SealedToken(version: version, file: file), of: row)
    return SealedToken(version: version, file: try signed(file, binding))
  }

  /// Where the record goes: which identifier, version and times it gets.
  static func place(
    for facts: ConnectionFacts, in header: StoreHeader, existing: IndexRow?, replacing: Bool
  ) throws(StoreFailure) -> IndexRow {
    let now = Timestamp.now()
    // A version of another store says nothing about this one.
    let isOfThisStore = facts.version > 0 && facts.storeID == header.id
    guard let row = existing else {
      guard !isOfThisStore else {
        throw .explained(
          .conflict(facts.name, why: "it has been removed since it was opened"))
      }
      return IndexRow(
        id: SystemRandom.hex(16), name: facts.name, version: 1, created: now, changed: now,
        recipients: header.recipientID)
    }
    guard replacing else { throw .explained(.exists(facts.name)) }
    guard !isOfThisStore || (facts.version == Int(row.version) && facts.id == row.id) else {
      throw .explained(
        .conflict(
          facts.name,
          why: "it has been changed since it was opened: it is version \(row.version) now"))
    }
    return row.next(in: header)
  }
}

extension IndexRow {
  /// Sets what the store decides about a record.
  func describe(_ facts: inout ConnectionFacts, in store: String) {
    facts.storeID = store
    facts.id = id
    facts.version = Int(version)
    facts.created = created
    facts.changed = changed
  }
}
