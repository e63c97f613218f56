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
    if let recipients = try recipientsAtHand() { return recipients }
    return try makeIdentity(plan == .newPostQuantumIdentity ? .postQuantum : .x25519)
  }

  /// The same, as far as they are known: nil where the identity is still to be made.
  func recipientsAtHand() throws(StoreError) -> [AgeRecipient]? {
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
    case .newIdentity, .newPostQuantumIdentity: return nil
    }
  }

  /// Whom a store will be sealed to that is not made yet, as far as that is known; makes nothing.
  func plannedRecipients() throws(StoreError) -> [AgeRecipient] {
    if let own = try keyring.recipients() { return own }
    if case .recipients(let recipients) = plan { return recipients }
    return []
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
          + "; if there is none any more, "
          + (location.team == nil
            ? "move \(path) away" : "begin another store under another prefix")
          + " and link the accounts anew"))
  }

  /// Whether it was chosen that this machine can store and not read.
  func isWriteOnly(_ path: String) throws(StoreError) -> Bool {
    if case .recipients = plan { return true }
    return try known(path)?.store.isWriteOnly ?? false
  }

  /// Refuses a store whose recipients are not those of the identity, or not those that were remembered.
  /// - Parameter mayAsk: whether a locked identity is unlocked by whoever knows its passphrase, where it alone can tell.
  /// - Returns: what this machine remembers of it; nil when that is nothing.
  @discardableResult
  func check(
    _ header: StoreHeader, path: String, mayAsk: Bool = true
  ) throws(StoreError) -> KnownStore? {
    let pin = try known(path)
    if let pin { try pin.store.check(header, path: path) }
    switch try keyring.find() {
    case .absent: break
    case .locked:
      // Whom it is sealed to would then be the word of whoever wrote it.
      guard pin == nil else { break }
      let need =
        "this machine does not remember the store \(path), and only the identity tells whether it "
        + "is its own"
      guard mayAsk else {
        throw keyring.locked(because: need, advice: "if the store is yours: usher keys trust")
      }
      try keyring.unlockByAsking(because: need)
      return try check(header, path: path, mayAsk: false)
    case .open(let identities):
      // One that is to be somewhere else stays for a moment, or longer where that was cut off.
      if let pin, pin.store.settled(by: header).isWriteOnly { break }
      guard !identities.recipients.contains(where: header.recipients.contains) else { break }
      throw .identity(
        Explanation(
          what: "the store \(path) is not used",
          why: "it is sealed to others than the identity \(keyring.source.text)",
          advice: "name the identity that belongs to it with --identity FILE"))
    }
    return pin?.store
  }

  /// A locked identity does not tell its public key, but its file may, in the plan.
  private func lockedRecipients() throws(StoreError) -> [AgeRecipient] {
    if case .recipients(let recipients) = plan { return recipients }
    throw keyring.locked(because: "a new store needs its public key")
  }

  /// Writes the identity file, or reads the one that another process has written meanwhile.
  private func makeIdentity(_ kind: AgeIdentities.Kind) throws(StoreError) -> [AgeRecipient] {
    guard let file = StandardIdentity(keyring.source) else {
      throw .identity(
        Explanation(what: "there is no identity in \(keyring.source.text)", why: "it is empty"))
    }
    try file.make(IdentityFile.text(of: AgeIdentities(generating: kind), created: .now()))
    return try keyring.identities().recipients
  }
}
