internal import Basics
internal import Connections
internal import Secrets

/// Decides whom records are sealed to, makes the identity of a new store, and checks an existing store's recipients.
struct RecipientSetup: Sendable {
  let location: StoreLocation
  let keyring: IdentityProvider
  let plan: RecipientPolicy

  /// The recipients of a store that is about to be made. Makes the identity when there is none and the plan says so.
  func recipientsForNewStore() throws(StoreError) -> [AgeRecipient] {
    switch try keyring.find() {
    case .open(let identities):
      // An identity that was brought along is used as it is.
      let recipients = identities.recipients
      guard Set(recipients.map(\.isPostQuantum)).count == 1 else {
        throw .identity(
          Explanation(
            what: "the identity \(keyring.source.text) is not used for a new store",
            why: "post-quantum keys are not mixed with others",
            advice: "keep one kind of key in the file"))
      }
      return recipients
    case .locked: return try lockedRecipients()
    case .absent: break
    }
    switch plan {
    case .recipients(let recipients): return recipients
    case .newIdentity: return try makeIdentity(.x25519)
    case .newPostQuantumIdentity: return try makeIdentity(.postQuantum)
    }
  }

  /// Why there is no store where one is remembered; nil when none is.
  func missingStore(path: String) throws(StoreError) -> StoreError? {
    try known(path).map { KnownStore.gone(path, file: $0.file) }
  }

  /// What this machine remembers of a store, and the file that says so.
  private func known(_ path: String) throws(StoreError) -> (store: KnownStore, file: String)? {
    guard let directory = try PrivateDirectory.open(location.configuration, .readable),
      let store = try KnownStore(of: path, in: directory)
    else { return nil }
    return (store, "\(directory.path)/\(KnownStore.name(of: path))")
  }

  /// Refuses to go on without the identity that a store was made for. Where it was chosen that this machine has none,
  /// it can store all the same.
  func requireIdentity(path: String) throws(StoreError) {
    switch try keyring.find() {
    case .open: return
    case .locked: return
    case .absent: break
    }
    guard try !isWriteOnly(path) else { return }
    throw .identity(
      Explanation(
        what: "the identity \(keyring.source.text) is missing",
        why: "the store \(path) was made for it, and nothing in it can be read without it",
        advice:
          "put it back from a backup, or name one that the store is sealed to with --identity FILE"
          + "; if there is none any more, move \(path) away and link the accounts anew"))
  }

  /// Whether the plan is for recipients whose identities are elsewhere, and none of them is here.
  private func isChosenWriteOnly() throws(StoreError) -> Bool {
    guard case .recipients = plan else { return false }
    return switch try keyring.find() {
    case .absent: true
    case .open: false
    case .locked: false
    }
  }

  /// Whether it was chosen that this machine can store and not read.
  func isWriteOnly(_ path: String) throws(StoreError) -> Bool {
    if case .recipients = plan { return true }
    return try known(path)?.store.isWriteOnly ?? false
  }

  /// Refuses a store whose recipients are not those of the identity, or not those that were remembered.
  func check(_ header: StoreHeader, path: String) throws(StoreError) {
    if let pin = try known(path) { try pin.store.check(header, path: path, file: pin.file) }
    guard let own = try keyring.recipients() else { return }
    guard own.contains(where: header.recipients.contains) else {
      throw .identity(
        Explanation(
          what: "the store \(path) is not used",
          why: "it is sealed to others than the identity \(keyring.source.text)",
          advice: "name the identity that belongs to it with --identity FILE"))
    }
  }

  /// Whether changed recipients of the store would be noticed here.
  func isRemembered(_ path: String) throws(StoreError) -> Bool {
    try known(path) != nil
  }

  /// Remembers the store. Where there is no configuration directory and none can be made, nothing is remembered:
  /// a service with a read-only home still works, and `usher doctor` says so.
  ///
  /// - Parameters:
  ///   - rowKey: the key of the rows that has been used; the first one is remembered.
  ///   - isOwn: whether this machine has made that key, which is then remembered in place of another.
  func remember(
    _ header: StoreHeader, path: String, rowKey: String? = nil, isOwn: Bool = false
  ) {
    func isRemembered(_ known: KnownStore) -> Bool {
      isOwn ? known.rowKey == rowKey : rowKey == nil || known.rowKey != nil
    }
    // Nearly always it is remembered already: no lock is taken then.
    if let known = try? known(path)?.store, isRemembered(known) { return }
    guard let directory = try? PrivateDirectory.create(location.configuration, .readable) else {
      return
    }
    try? directory.exclusively { () throws(StoreError) in
      let known = try KnownStore(of: path, in: directory)
      if let known, isRemembered(known) { return }
      let isWriteOnly = if let known { known.isWriteOnly } else { try isChosenWriteOnly() }
      try KnownStore(header, isWriteOnly: isWriteOnly, rowKey: rowKey)
        .write(of: path, in: directory)
    }
  }

  /// The file that says what this machine remembers of a store.
  func memory(of path: String) -> String {
    "\(location.configuration)/\(KnownStore.name(of: path))"
  }

  /// The key of a store's rows that this machine remembers; nil when it remembers none.
  func rememberedRowKey(path: String) throws(StoreError) -> String? {
    try known(path)?.store.rowKey
  }

  /// A locked identity does not tell its public key, but its file may, in the plan.
  private func lockedRecipients() throws(StoreError) -> [AgeRecipient] {
    if case .recipients(let recipients) = plan { return recipients }
    throw .identity(
      Explanation(
        what: "the identity \(keyring.source.text) is locked",
        why: "a new store needs its public key, and it is wrapped with a passphrase",
        advice: keyring.source.adviceWhenLocked))
  }

  /// Writes the identity file, or reads the one that another process has written meanwhile.
  private func makeIdentity(_ kind: AgeIdentities.Kind) throws(StoreError) -> [AgeRecipient] {
    guard case .standard(let path) = keyring.source, let slash = path.lastIndex(of: "/") else {
      throw .identity(
        Explanation(what: "there is no identity in \(keyring.source.text)", why: "it is empty"))
    }
    let name = String(path[path.index(after: slash)...])
    let directory = try PrivateDirectory.create(String(path[..<slash]), .readable)
    try directory.exclusively { () throws(StoreError) in
      guard try directory.status(of: name) == nil else { return }
      let text = IdentityFile.text(of: AgeIdentities(generating: kind), created: .now())
      try text.withBytes { bytes throws(StoreError) in
        try directory.write(bytes, to: name, mode: 0o400)
      }
    }
    return try keyring.identities().recipients
  }
}
