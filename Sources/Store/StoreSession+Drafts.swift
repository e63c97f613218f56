internal import Basics
package import Connections
package import Drafts
internal import Secrets

/// A draft is sealed like a record, with version 0 and no identifier: neither can be put in the place of the other.
extension StoreSession: DraftStore {
  /// Seals to the store's recipients and replaces the row of the name, in one transaction; makes the store where there
  /// is none yet. Asks for no identity. The values move out of `draft`.
  package func saveDraft(
    _ draft: consuming Submission, for name: ConnectionName
  ) throws(StoreError) {
    let store = try openForSealing()
    let now = Timestamp.now()
    var facts = ConnectionFacts(name: name, created: now, changed: now)
    facts.storeID = store.header.id
    var draft = draft
    let values = exchange(&draft.values, with: SecretValues())
    let record = ConnectionRecord(facts: facts, provider: draft.provider, values: values)
    do throws(StoreFailure) {
      let isOnDisk = try replace(in: store) { () throws(StoreFailure) in
        let file = try RecordSealing.close(record, to: store.header.recipients)
        try store.putDraft(try signed(file, SealBinding(draft: name)), name, at: now)
      }
      guard isOnDisk else { throw .lost }
    } catch {
      throw error.explained("cannot keep what was typed for \(name)")
    }
  }

  /// Nil also where there is no store yet, which is not made for it.
  ///
  /// - Throws: `.identity` without the key, `.damaged` when the draft was sealed for another name or another store.
  package func resume(_ name: ConnectionName) throws(StoreError) -> SecretValues? {
    try rereading { () throws(StoreError) in try draft(for: name) }
  }

  private func draft(for name: ConnectionName) throws(StoreError) -> SecretValues? {
    guard let store = try existing() else { return nil }
    let found: [UInt8]?
    do {
      found = try store.draft(name)
    } catch {
      throw error.explained("cannot read what was typed for \(name)")
    }
    guard let sealed = found else { return nil }
    let file = try verified(sealed, SealBinding(draft: name))
    var record = try RecordSealing.open(file, of: name, with: identities().keys)
    guard record.facts.isDraft(of: name, in: store.header.id) else {
      throw .damaged(name, why: "what was kept under its name was typed for something else")
    }
    return exchange(&record.values, with: SecretValues())
  }

  /// Does nothing where there is no store or no draft of the name.
  package func forget(_ name: ConnectionName) throws(StoreError) {
    guard let store = try existing() else { return }
    do {
      try store.deleteDraft(name)
    } catch {
      throw error.explained("cannot forget what was typed for \(name)")
    }
  }
}

extension ConnectionFacts {
  /// Whether they are those of a draft for a name, sealed for a store.
  func isDraft(of name: ConnectionName, in store: String) -> Bool {
    storeID == store && self.name == name && version == 0
  }
}
