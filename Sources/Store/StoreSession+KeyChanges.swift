internal import Basics
package import Connections
internal import Secrets

/// Changes of whom the store is sealed to. Each seals everything anew in one change of the store, or changes nothing; all of
/// them need the identity.
extension StoreSession {
  /// Seals the store to one more. Where there is no store yet it is made, empty, and sealed to both from its beginning.
  ///
  /// - Parameters:
  ///   - recipient: of the same kind as the others: a post-quantum one among others would protect nothing.
  ///   - label: what a person calls it; kept on this machine.
  /// - Throws: `.nothingThere` when the store is sealed to it already.
  package func addRecipient(
    _ recipient: AgeRecipient, label: String?
  ) throws(StoreError) -> KeyChange {
    if try existing() == nil { try requireKind(of: recipient) }
    let store = try openForSealing()
    guard !store.header.recipients.contains(recipient) else {
      throw .nothingThere(
        Explanation(
          what: "\(recipient.shortText) was not added", why: "the store is sealed to it already",
          advice: "usher keys show tells whom it is sealed to"))
    }
    guard store.header.recipients.allSatisfy({ $0.isPostQuantum == recipient.isPostQuantum }) else {
      throw StoreSession.mixed(recipient)
    }
    let recipients =
      try knownRecipients(of: store) + [KnownRecipient(recipient, label: label)]
    let count = try reseal(store, for: recipients)
    return KeyChange(recipients: recipients.map(\.key.text), resealed: count)
  }

  /// Seals the store to one less. What the removed one has read it may have kept: the answer names it.
  ///
  /// - Throws: `.nothingThere` when the store is not sealed to it; `.identity` of the last one, and of this machine's own.
  package func removeRecipient(_ recipient: AgeRecipient) throws(StoreError) -> KeyChange {
    let store = try storeToChange()
    guard store.header.recipients.contains(recipient) else {
      throw .nothingThere(
        Explanation(
          what: "\(recipient.shortText) was not removed", why: "the store is not sealed to it",
          advice: "usher keys show tells whom it is sealed to"))
    }
    let own = try identities().keys.recipients
    let recipients = try knownRecipients(of: store).filter { $0.key != recipient }
    guard recipients.contains(where: { own.contains($0.key) }) else {
      throw .identity(
        Explanation(
          what: "\(recipient.shortText) was not removed",
          why: recipients.isEmpty
            ? "it is the only one, and nobody could read the store any more"
            : "it is this machine's own, and nothing could be read here any more",
          advice: "usher keys rotate puts a new key in its place"
            + (recipients.isEmpty ? "" : "; usher keys write-only takes it off this machine")))
    }
    let (seen, applications) = try everything(in: store)
    let count = try reseal(store, for: recipients)
    return KeyChange(
      recipients: recipients.map(\.key.text), resealed: count, seen: seen,
      seenApplications: applications)
  }

  /// Takes this machine's key out of the store and off this machine, which then stores and does not read. Goes on where it
  /// was cut off.
  ///
  /// - Throws: `.identity` when the store is sealed to nobody else, when another store of this machine needs the identity,
  ///   and of an identity that is not kept in the usual place.
  package func leaveIdentityElsewhere() throws(StoreError) -> KeyChange {
    let what = "the identity stays on this machine"
    let file = try standardIdentity(orElse: what, "end whatever hands it in instead")
    let store = try storeToChange()
    guard let text = try keySetup.keyring.text() else {
      throw .nothingThere(
        Explanation(
          what: "there is no identity to take off this machine",
          why: "\(location.identity.text) does not exist: it can store and not read already"))
    }
    let own = try identities().keys.recipients
    let recipients = try knownRecipients(of: store).filter { !own.contains($0.key) }
    guard !recipients.isEmpty else {
      throw .identity(
        Explanation(
          what: what, why: "the store is sealed to nobody else, who could read it then",
          advice: "add somebody first: usher keys add RECIPIENT"))
    }
    let others = try keySetup.stores(besides: store.path, sealedTo: own)
    guard others.isEmpty else {
      throw .identity(
        Explanation(
          what: what, why: "\(others.joined(separator: ", ")) is sealed to it too",
          advice: "give this store an identity of its own: --identity FILE"))
    }
    // When it was cut off before the end, the store has been sealed to the others by now.
    let isSealed = recipients.map(\.key) == store.header.recipients
    let count = isSealed ? 0 : try reseal(store, for: recipients, isWriteOnly: true)
    try file.remove(text.digest, orElse: what)
    keySetup.keyring.forget()
    forgetIdentities()
    return KeyChange(recipients: recipients.map(\.key.text), resealed: count)
  }
}

extension StoreSession {
  /// The store whose keys are to be changed.
  /// - Throws: `.nothingThere` when there is none yet.
  func storeToChange() throws(StoreError) -> any OpenedStore {
    guard try existing() != nil else {
      throw .nothingThere(
        Explanation(
          what: "there is no store yet whose keys could be changed",
          why: "\(location.path) is made at the first save",
          advice: "usher connect links an account"))
    }
    return try openForSealing()
  }

  /// The recipients of a store, by the names that this machine knows them by.
  func knownRecipients(of store: any OpenedStore) throws(StoreError) -> [KnownRecipient] {
    let known = try keySetup.known(store.path)?.store.settled(by: store.header).recipients ?? []
    return store.header.recipients.map { key in
      known.first { $0.key == key } ?? KnownRecipient(key)
    }
  }

  /// All that whoever was a recipient up to now can have read, sorted.
  func everything(
    in store: any OpenedStore
  ) throws(StoreError) -> (connections: [ConnectionName], applications: [ApplicationName]) {
    do {
      return (
        try store.rows(.all).map(\.name).sorted(),
        try store.applications().map(\.row.name).sorted()
      )
    } catch {
      throw error.explained("cannot list what is in \(store.path)")
    }
  }

  /// The identity where it is kept in the usual place, which is the only one that is changed from here.
  func standardIdentity(
    orElse what: String, _ advice: String
  ) throws(StoreError) -> StandardIdentity {
    if let file = StandardIdentity(location.identity) { return file }
    throw .identity(
      Explanation(
        what: what,
        why: "it comes from \(location.identity.text), and only \(StoreLocation.identityName) in "
          + "\(location.configuration) is changed from here",
        advice: advice))
  }

  /// Before a store is made for it.
  private func requireKind(of recipient: AgeRecipient) throws(StoreError) {
    let own = try keySetup.keyring.recipients()?.first?.isPostQuantum
    let isPostQuantum = own ?? (keySetup.plan == .newPostQuantumIdentity)
    guard recipient.isPostQuantum == isPostQuantum else { throw StoreSession.mixed(recipient) }
  }

  private static func mixed(_ recipient: AgeRecipient) -> StoreError {
    .identity(
      Explanation(
        what: "\(recipient.shortText) was not added",
        why: "post-quantum keys are not mixed with others: the weaker one would decide",
        advice: "give a key of the kind that the others are: usher keys show"))
  }
}

extension AgeRecipient {
  /// For a sentence: the keys of some kinds are as long as a page.
  fileprivate var shortText: String {
    let text = text
    return text.utf8.count <= 100 ? text : "\(text.prefix(24))…"
  }
}
