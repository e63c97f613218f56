internal import Basics
package import Connections
package import Drafts
internal import Secrets

/// A draft is sealed like a record, with version 0 and no identifier: neither can be put in the place of the other.
extension StoreSession: DraftStore {
  package func keep(
    _ draft: consuming Submission, for name: ConnectionName
  ) throws(StoreError) {
    let store = try openForSealing()
    let now = Timestamp.now()
    var facts = ConnectionFacts(name: name, created: now, changed: now)
    facts.storeID = store.header.id
    var draft = draft
    let values = exchange(&draft.values, with: SecretValues())
    let record = ConnectionRecord(facts: facts, provider: draft.provider, values: values)
    do {
      try store.writeDraft(
        try RecordSealing.close(record, to: store.header.recipients), name, at: now)
    } catch {
      throw error.explained("cannot keep what was typed for \(name)")
    }
  }

  package func resume(_ name: ConnectionName) throws(StoreError) -> SecretValues? {
    guard let store = try existing() else { return nil }
    let found: [UInt8]?
    do {
      found = try store.draft(name)
    } catch {
      throw error.explained("cannot read what was typed for \(name)")
    }
    guard let sealed = found else { return nil }
    var record = try RecordSealing.open(sealed, of: name, with: identities().keys)
    let facts = record.facts
    guard facts.storeID == store.header.id, facts.name == name, facts.version == 0 else {
      throw .damaged(name, why: "what was kept under its name was typed for something else")
    }
    return exchange(&record.values, with: SecretValues())
  }

  package func forget(_ name: ConnectionName) throws(StoreError) {
    guard let store = try existing() else { return }
    do {
      try store.deleteDraft(name)
    } catch {
      throw error.explained("cannot forget what was typed for \(name)")
    }
  }
}
