internal import Basics
package import Connections
internal import Secrets

extension StoreSession: GenerationStore {
  package func hasFormer(of name: ConnectionName) throws(StoreError) -> Bool {
    guard let store = try existing() else { throw .notFound(name) }
    return try formerRow(name, in: store).kept != nil
  }

  package func former(of name: ConnectionName) throws(StoreError) -> FormerGeneration? {
    try rereading { () throws(StoreError) in
      guard let store = try existing() else { throw .notFound(name) }
      let row = try formerRow(name, in: store)
      guard let kept = row.kept else { return nil }
      try trust(store)
      return try open(kept, of: row.connection, in: store)
    }
  }

  /// In one change, and by moving what is sealed, as a save does it; what comes back is sealed anew under the next version.
  @discardableResult
  package func bringBack(_ name: ConnectionName) throws(StoreError) -> ConnectionFacts {
    guard try existing() != nil else { throw .notFound(name) }
    let store = try openForSealing()
    let wish = Wish(
      subject: "what \(name) was before", done: "brought back", missing: "the connection is gone")
    var facts: ConnectionFacts?
    try holdingTokens(of: name, in: store) { () throws(StoreError) in
      try put(.record(name), wish, in: store) { sealed throws(StoreFailure) in
        facts = try exchangeGenerations(of: name, in: store, &sealed)
      }
    }
    rememberRowKey(of: store)
    guard let facts else { throw .notFound(name) }
    return facts
  }

  /// Needs no room on the disk either.
  @discardableResult
  package func dropFormer(of name: ConnectionName) throws(StoreError) -> Bool {
    guard let store = try existing() else { throw .notFound(name) }
    let wish = Wish(
      subject: "what \(name) was before", done: "dropped",
      missing: "nothing is kept of it any more")
    return try take(.formerRecord(name), wish) { () throws(StoreFailure) in
      try store.removeFormer(name)
    }
  }
}

extension StoreSession {
  /// Within a change.
  /// - Parameter sealed: set to the record that is put in.
  /// - Returns: its facts.
  private func exchangeGenerations(
    of name: ConnectionName, in store: any OpenedStore, _ sealed: inout [UInt8]
  ) throws(StoreFailure) -> ConnectionFacts {
    let former = try store.former(name)
    guard let kept = former.kept else {
      try store.requireWhole()
      throw .explained(.nothingFormer(of: name))
    }
    let (row, file) = try store.sealed(name)
    let tokens = try store.token(name)
    var generation = try explained { () throws(StoreError) in try open(kept, of: row, in: store) }
    let next = row.next(in: store.header)
    if let history = history(of: row, file, in: store) {
      generation.record.facts.history = history
    }
    generation.record.facts.history.append(ConnectionEvent(.broughtBack))
    next.describe(&generation.record.facts, in: store.header.id)
    sealed = try signed(
      try RecordSealing.close(generation.record, to: store.header.recipients),
      SealBinding(record: next))
    let summary = try rowKeyForSealing(in: store)?.seal(generation.record.facts.summary)
    try store.put(next, sealed, summary: summary, keepsToken: false)
    try store.dropDraft(name)
    switch generation.token {
    case .some(let token):
      // Whoever waits for other tokens than those of either generation sees that these are others.
      let version = max(
        tokens.nextVersion, TokenRow(connection: row, kept: kept.token).nextVersion)
      try put(token, version: version, of: next, in: store)
    case nil: break
    }
    return generation.record.facts
  }

  private func formerRow(
    _ name: ConnectionName, in store: any OpenedStore
  ) throws(StoreError) -> FormerRow {
    do {
      return try store.former(name)
    } catch {
      throw error.explained("cannot read what \(name) was before from \(store.path)")
    }
  }

  /// Opens a former generation and makes sure that it is one of this connection: by store and identifier, for a name may
  /// have been changed since.
  func open(
    _ kept: SealedGeneration, of row: IndexRow, in store: any OpenedStore
  ) throws(StoreError) -> FormerGeneration {
    let file = try verified(kept.record, SealBinding(formerRecordOf: row))
    var record: ConnectionRecord
    do {
      record = try RecordSealing.open(file, of: row.name, with: identities().keys)
    } catch {
      guard case .damaged(_, let why) = error else { throw error }
      throw .damagedFormer(of: row.name, why: why)
    }
    let facts = record.facts
    guard facts.storeID == store.header.id, facts.id == row.id, facts.version < Int(row.version)
    else { throw .damagedFormer(of: row.name, why: "it was sealed as something else") }
    record.facts.name = row.name
    let token = try kept.token.flatMap { kept throws(StoreError) in
      try open(kept, SealBinding(formerToken: kept, of: row), of: row, in: store)
    }
    return FormerGeneration(record: record, token: token)
  }

  /// Holds off whoever would get tokens for a connection meanwhile, where some are kept: a provider that gives a refresh
  /// token once would have given it for nothing.
  func holdingTokens(
    of name: ConnectionName, in store: any OpenedStore, _ body: () throws(StoreError) -> Void
  ) throws(StoreError) {
    let row: TokenRow
    do {
      row = try store.token(name)
    } catch {
      throw error.explained("cannot read the token of \(name) from \(store.path)")
    }
    guard row.kept != nil else { return try body() }
    switch try engine.lockToken(of: row.connection, unless: { () throws(StoreError) in false }) {
    case .taken(let lock): try Self.perform(body, holding: lock)
    case .passed: try body()
    // Nobody takes turns where nothing that is got can be kept.
    case .unkeepable: try body()
    }
  }

  /// - Parameter lock: lent for as long as it takes.
  private static func perform(
    _ body: () throws(StoreError) -> Void, holding lock: borrowing TokenLock
  ) throws(StoreError) {
    try body()
  }

  /// An error that is explained already, within a change.
  func explained<Value: ~Copyable>(
    _ body: () throws(StoreError) -> Value
  ) throws(StoreFailure) -> Value {
    do {
      return try body()
    } catch {
      throw .explained(error)
    }
  }
}

extension IndexRow {
  /// The row of the next version, changed now.
  func next(in header: StoreHeader) -> IndexRow {
    var row = self
    row.version += 1
    row.changed = .now()
    row.recipients = header.recipientID
    return row
  }
}

extension StoreError {
  fileprivate static func nothingFormer(of name: ConnectionName) -> StoreError {
    .nothingThere(
      Explanation(
        what: "there is nothing to bring back of \(name)",
        why:
          "its values have not been changed since they were linked, or what they were before was dropped",
        advice: "usher history \(name) tells what happened to it"))
  }

  static func damagedFormer(of name: ConnectionName, why: String) -> StoreError {
    .failed(
      Explanation(
        what: "what is kept of \(name) from before cannot be trusted", why: why,
        advice: "what is linked now is as it was; the next change of it puts another in its place"))
  }
}
