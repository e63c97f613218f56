internal import Basics
internal import Connections

/// Whose signatures are believed.
extension StoreSession {
  /// Throws where this machine does not know who has signed something, unless a person says that it is right.
  func requireKnown(
    _ envelope: SignedEnvelope, _ binding: SealBinding, in store: any OpenedStore
  ) throws(StoreError) {
    guard try !isKnown(envelope.writer, in: store) else { return }
    let writer = KnownWriter(envelope.writer)
    if question != nil, let stranger = stranger(envelope, binding), ask(stranger) {
      believe([KnownWriter(envelope.writer, label: stranger.label)], in: store)
      return
    }
    throw .untrusted(
      Explanation(
        what: "\(binding.content.subject) is not used",
        why: "it was signed by \(writer.text), whom this machine does not know",
        advice: "if that is a machine of yours: usher keys trust"))
  }

  /// Whether something signed with a key is believed: the first time that this machine uses the store, of whoever is
  /// known, of this machine itself, and of whoever has the identity and no place for a key.
  func isKnown(_ key: [UInt8], in store: any OpenedStore) throws(StoreError) -> Bool {
    let known = try knownWriters(of: store)
    let writer = KnownWriter(key)
    if known.isEmpty || known.contains(writer) { return true }
    // Where the key cannot be read, nothing was signed with it either.
    if let own = try? keySetup.writer(), own.publicKey == key { return true }
    guard let identities = identitiesAtHand() else { return false }
    return WriterKey.derived(from: identities.keys).contains { $0.publicKey == key }
  }

  /// Those that stand in the memory of this machine, read once a session.
  func knownWriters(of store: any OpenedStore) throws(StoreError) -> Set<KnownWriter> {
    if let known = signing.believedWriters { return known }
    let known = Set(try keySetup.knownWriters(path: store.path))
    signing.believedWriters = known
    return known
  }

  /// Remembers writers, for this session also where nothing can be written.
  func believe(_ writers: [KnownWriter], in store: any OpenedStore) {
    keySetup.remember(writers, path: store.path)
    signing.believedWriters = signing.believedWriters?.union(writers)
  }

  /// Remembers who signs: this machine itself, and the first time whoever has signed what is there. The store has to be
  /// remembered already.
  func rememberWriters(of store: any OpenedStore) throws(StoreError) {
    guard store.isSigned, try keySetup.isRemembered(store.path) else { return }
    let own = ownName(of: try ownWriter())
    let known = try knownWriters(of: store)
    guard !known.contains(own) else { return }
    var writers = [own]
    if known.isEmpty {
      do {
        try store.eachSealed { _, stored in
          guard let envelope = SignedEnvelope(stored) else { return }
          let writer = KnownWriter(envelope.writer)
          if !writers.contains(writer) { writers.append(writer) }
        }
      } catch {
        throw error.explained("cannot read \(store.path)")
      }
    }
    keySetup.remember(writers, path: store.path)
    signing.believedWriters = nil
  }

  /// This machine's own name among the writers.
  func ownName(of key: WriterKey) -> KnownWriter {
    KnownWriter(key.publicKey, label: EventAuthor.current.text)
  }

  /// What can be told of somebody unknown; nil where the person has said no already.
  private func stranger(
    _ envelope: SignedEnvelope, _ binding: SealBinding
  ) -> UnknownWriter? {
    let writer = KnownWriter(envelope.writer)
    guard !signing.refusedWriters.contains(writer) else { return nil }
    var event: ConnectionEvent?
    if case .record(let name) = binding.content, let identities = identitiesAtHand(),
      let record = try? RecordSealing.open(envelope.file, of: name, with: identities.keys)
    {
      event = record.facts.history.last
    }
    return UnknownWriter(key: writer.text, subject: binding.content.subject, event: event)
  }

  private func ask(_ stranger: UnknownWriter) -> Bool {
    guard let question = question, question(stranger) else {
      if let writer = KnownWriter(stranger.key, label: "") { signing.refusedWriters.insert(writer) }
      return false
    }
    return true
  }
}
