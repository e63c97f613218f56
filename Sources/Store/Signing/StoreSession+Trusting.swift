internal import Basics
package import Connections

/// What this machine does not know of its store, and how it gets to know it because a person says so.
extension StoreSession {
  /// Looks, and changes nothing that is remembered. Empty where all is known.
  /// - Throws: where there is no store, and never was one here; where it cannot be read.
  package func differences() throws(StoreError) -> [StoreDifference] {
    let path = location.canonicalPath
    let known: KnownStore?
    var found: [StoreDifference] = []
    do {
      known = try keySetup.known(path)?.store
    } catch {
      guard case .identity = error else { throw error }
      known = nil
      found.append(.unreadableMemory)
    }
    guard let store = try openedForTrust() else {
      guard known != nil || !found.isEmpty else { throw .noStore(path) }
      return found + [.gone]
    }
    if let known {
      found += differences(of: store.header, from: known)
      if !store.isSigned && !known.writers.isEmpty { found.append(.unsigned) }
      if try isOtherRowKey(than: known, in: store) { found.append(.otherRowKey) }
      found += try strangers(to: known, in: store)
    } else if found.isEmpty {
      found.append(.firstUse)
    }
    // Of a memory that cannot be read, what is wrong is not what is missing.
    let older = (try? older(in: store)) ?? []
    return found + older.map { .older($0.subject, why: $0.why) }
  }

  /// Takes the store as it is for right, and remembers it: whom it is sealed to, who has signed what is there, and which
  /// versions it has. Of a store that is gone everything is forgotten.
  package func trustAsItIs() throws(StoreError) {
    let path = location.canonicalPath
    let directory = try PrivateDirectory.create(location.configuration, .readable)
    let former = try? keySetup.known(path)?.store
    guard let store = try storeToTrust(in: directory) else {
      directory.remove(KnownStore.name(of: path))
      directory.remove(RememberedHeads.name(of: path))
      return forgetOpening()
    }
    var writers: [KnownWriter] = []
    if store.isSigned {
      writers.append(ownName(of: try ownWriter()))
      writers += former?.writers.filter { !writers.contains($0) } ?? []
      writers += try signatures(in: store).map(\.writer).filter { !writers.contains($0) }
    }
    let isWriteOnly = if let former { former.isWriteOnly } else { try keySetup.isChosenWriteOnly() }
    var memory = KnownStore(
      store.header, isWriteOnly: isWriteOnly, rowKey: try rowKeyFingerprint(in: store))
    memory.writers = writers
    let labelled = former?.recipients ?? []
    memory.recipients = memory.recipients.map { known in
      labelled.first { $0.key == known.key } ?? known
    }
    try memory.write(of: store.path, in: directory)
    signing.believedWriters = nil
    try rememberAll(in: store)
  }

  /// The store, brought up to date where that was refused because it had signatures before.
  private func storeToTrust(
    in directory: borrowing PrivateDirectory
  ) throws(StoreError) -> (any OpenedStore)? {
    guard let store = try openedForTrust() else { return nil }
    if store.isSigned { return store }
    directory.remove(KnownStore.name(of: store.path))
    signing.believedWriters = nil
    forgetOpening()
    return try existing()
  }

  /// The store whatever is remembered of it; nil where there is none.
  private func openedForTrust() throws(StoreError) -> (any OpenedStore)? {
    do {
      return try existing()
    } catch {
      if try !isGone() { throw error }
      return nil
    }
  }

  private func isGone() throws(StoreError) -> Bool { try open() == nil }

  private func differences(
    of header: StoreHeader, from known: KnownStore
  ) -> [StoreDifference] {
    guard header.id == known.storeID else { return [.otherStore] }
    let former = known.recipients.map(\.key)
    let added = header.recipients.filter { !former.contains($0) }
    let removed = former.filter { !header.recipients.contains($0) }
    return added.map { .addedRecipient($0.text) } + removed.map { .removedRecipient($0.text) }
  }

  private func isOtherRowKey(
    than known: KnownStore, in store: any OpenedStore
  ) throws(StoreError) -> Bool {
    guard let rowKey = known.rowKey, known.storeID == store.header.id else { return false }
    return try rowKeyFingerprint(in: store) != rowKey
  }

  private func rowKeyFingerprint(in store: any OpenedStore) throws(StoreError) -> String? {
    do {
      guard let stored = try store.rowKey() else { return nil }
      return RowKey.fingerprint(of: SignedEnvelope(stored)?.file ?? stored)
    } catch {
      throw error.explained("cannot read \(store.path)")
    }
  }

  private func strangers(
    to known: KnownStore, in store: any OpenedStore
  ) throws(StoreError) -> [StoreDifference] {
    // Where nobody is known yet, whoever has signed is believed.
    guard store.isSigned, !known.writers.isEmpty else { return [] }
    var found: [StoreDifference] = []
    for (writer, count, sample) in try signatures(in: store) {
      guard try !isKnown(writer.key, in: store) else { continue }
      found.append(.writer(writer.text, things: count, event: sample.flatMap { lastEvent(of: $0) }))
    }
    return found
  }

  private func lastEvent(of envelope: SignedEnvelope) -> ConnectionEvent? {
    guard let identities = identitiesAtHand(),
      let record = RecordSealing.record(in: envelope.file, with: identities.keys)
    else { return nil }
    return record.facts.history.last
  }

  /// Who has signed what is there, how many things, and one of the records; whose signature is no good is none of them.
  private func signatures(
    in store: any OpenedStore
  ) throws(StoreError) -> [(writer: KnownWriter, count: Int, sample: SignedEnvelope?)] {
    var found: [KnownWriter: (count: Int, sample: SignedEnvelope?)] = [:]
    guard store.isSigned else { return [] }
    do {
      try store.eachSealed { binding, stored in
        guard let envelope = try? intact(stored, binding, in: store) else { return }
        var entry = found[KnownWriter(envelope.writer)] ?? (0, nil)
        entry.count += 1
        if case .record = binding.content, entry.sample == nil { entry.sample = envelope }
        found[KnownWriter(envelope.writer)] = entry
      }
    } catch {
      throw error.explained("cannot read \(store.path)")
    }
    return found.map { (writer: $0.key, count: $0.value.count, sample: $0.value.sample) }
      .sorted { $0.writer.text < $1.writer.text }
  }
}

extension StoreError {
  fileprivate static func noStore(_ path: String) -> StoreError {
    .nothingThere(
      Explanation(
        what: "there is no store \(path)", why: "nothing was stored there yet",
        advice: "the first save makes it, and remembers it"))
  }
}
