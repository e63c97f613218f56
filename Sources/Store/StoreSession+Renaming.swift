internal import Basics
package import Connections

extension StoreSession {
  /// In one change. What was typed and not finished for the old name goes along; what was typed for the new one was meant
  /// for another account, and is dropped.
  package func rename(_ name: ConnectionName, to new: ConnectionName) throws(StoreError) {
    guard try existing() != nil else { throw .notFound(name) }
    let store = try openForSealing()
    let wish = Wish(subject: "\(name)", done: "renamed", missing: "it has its old name")
    try holdingTokens(of: name, in: store) { () throws(StoreError) in
      try put(.record(new), wish, in: store) { sealed throws(StoreFailure) in
        try move(name, to: new, in: store, &sealed)
      }
    }
    rememberRowKey(of: store)
  }

  /// Within a change.
  /// - Parameter sealed: set to the record that is put in.
  private func move(
    _ name: ConnectionName, to new: ConnectionName, in store: any OpenedStore,
    _ sealed: inout [UInt8]
  ) throws(StoreFailure) {
    let (row, file) = try store.sealed(name)
    guard try store.row(new) == nil else { throw .explained(.exists(new)) }
    // A name is only free in an index that is whole.
    try store.requireWhole()
    var record = try explained { () throws(StoreError) in try open(file, of: row, in: store) }
    var next = row.next(in: store.header)
    next.name = new
    record.facts.name = new
    record.facts.history.append(ConnectionEvent(.renamed, detail: name.description))
    next.describe(&record.facts, in: store.header.id)
    sealed = try signed(
      try RecordSealing.close(record, to: store.header.recipients), SealBinding(record: next))
    let summary = try rowKeyForSealing(in: store)?.seal(record.facts.summary)
    try store.rename(name, to: next, sealed, summary: summary)
    try store.moveDraft(name, to: new, try draft(of: name, for: new, in: store), at: next.changed)
  }

  /// What was typed for one name, sealed for another; nil where there is nothing, or nothing that was typed for it.
  private func draft(
    of name: ConnectionName, for new: ConnectionName, in store: any OpenedStore
  ) throws(StoreFailure) -> [UInt8]? {
    guard let sealed = try store.draft(name),
      let file = try? verified(sealed, SealBinding(draft: name)),
      var draft = try? RecordSealing.open(file, of: name, with: identities().keys),
      draft.facts.isDraft(of: name, in: store.header.id)
    else { return nil }
    draft.facts.name = new
    return try signed(
      try RecordSealing.close(draft, to: store.header.recipients), SealBinding(draft: new))
  }
}
