internal import Basics
package import Connections
package import Secrets

extension StoreSession {
  /// A new identity in place of the one in the usual place, of the same kind, and the store sealed to it in place of the
  /// old one.
  ///
  /// The new key is in the file beside the old one before the store is sealed to it, and the old one goes after: whenever
  /// this is cut off, the file opens the store. A key that another store of this machine is sealed to stays.
  ///
  /// - Parameters:
  ///   - passphrase: that the new one is wrapped with; needed where the old one is wrapped.
  ///   - workFactor: as of `wrapIdentity`.
  /// - Throws: `.identity` of an identity that is not kept in the usual place, or is locked.
  package func rotateIdentity(
    wrappingWith passphrase: borrowing SecretBuffer?, workFactor: Int = 18
  ) throws(StoreError) -> KeyChange {
    let what = "the identity was not replaced"
    let file = try standardIdentity(
      orElse: what,
      "make a new one with age-keygen, add it with usher keys add, hand it in from then on, and remove "
        + "the old one with usher keys remove")
    let store = try storeToChange()
    let old = try identityText(orElse: what, keeping: passphrase.isThere)
    let own = try identities().keys.recipients
    let replaced = store.header.recipients.filter(own.contains)
    guard let first = replaced.first else { throw StoreSession.foreign(what, location.identity) }

    let new = AgeIdentities(generating: first.isPostQuantum ? .postQuantum : .x25519)
    guard
      let both = IdentityFile.text(old.text, adding: new, inPlaceOf: replaced, created: .now())
    else {
      throw .identity(
        Explanation(
          what: what, why: "\(location.identity.text) has no room for another key",
          advice: "take keys out of it that you do not need"))
    }
    let (seen, applications) = try everything(in: store)
    let recipients = try knownRecipients(of: store).replacing(replaced, by: new.recipients)
    var writing = IdentityWriting(
      file, over: old.digest, keyring: keySetup.keyring, orElse: what, wrappingWith: passphrase,
      workFactor: workFactor)
    try writing.write(both)
    forgetIdentities()
    let count: Int
    do {
      count = try reseal(store, for: recipients)
    } catch {
      // Where it cannot be told which of the two the store is sealed to now, both keys stay.
      if isSealed(to: replaced) { try? writing.write(old.text) }
      throw error
    }
    let unused = (replaced + IdentityFile.unfinished(in: old.text)).filter {
      !new.recipients.contains($0)
    }
    drop(unused, from: both, by: &writing, of: store)
    let left = (try? keySetup.keyring.recipients()) ?? []
    return KeyChange(
      recipients: recipients.map(\.key.text), resealed: count, seen: seen,
      seenApplications: applications, keepsOldKey: left.contains(where: replaced.contains))
  }

  /// The text of the identity file, for whoever writes it anew.
  /// - Parameter isWrapping: whether what is written will be wrapped.
  private func identityText(
    orElse what: String, keeping isWrapping: Bool
  ) throws(StoreError) -> IdentityText {
    guard let text = try keySetup.keyring.text() else { throw noIdentity(what) }
    guard isWrapping || !keySetup.keyring.isUnlocked else {
      throw .identity(
        Explanation(
          what: what, why: "it is wrapped with a passphrase, and the new one would not be",
          advice:
            "give a passphrase for it, or take the old one off first: usher keys passphrase --none"
        ))
    }
    return text
  }

  /// Takes keys out of the identity file that the store is not sealed to any more, but for those that another one needs.
  private func drop(
    _ keys: [AgeRecipient], from text: borrowing SecretBuffer, by writing: inout IdentityWriting,
    of store: any OpenedStore
  ) {
    do throws(StoreError) {
      var unused: [AgeRecipient] = []
      for key in keys
      where try keySetup.stores(besides: store.path, sealedTo: [key]).isEmpty {
        unused.append(key)
      }
      try writing.write(IdentityFile.text(text, without: unused))
      forgetIdentities()
    } catch {
      let told = error.explanation
      let why = told.why.map { ": \($0)" } ?? ""
      notice?(.warning("the old key stays in \(location.identity.text)\(why)"))
    }
  }

  private func isSealed(to keys: [AgeRecipient]) -> Bool {
    guard let store = try? existing() else { return false }
    return keys.allSatisfy(store.header.recipients.contains)
  }

  private static func foreign(_ what: String, _ source: IdentitySource) -> StoreError {
    .identity(
      Explanation(
        what: what, why: "the store is not sealed to the one in \(source.text)",
        advice: "usher keys show tells whom it is sealed to"))
  }
}

extension [KnownRecipient] {
  /// The same with others in the place of the first of some, under its name.
  fileprivate func replacing(_ keys: [AgeRecipient], by new: [AgeRecipient]) -> [KnownRecipient] {
    guard let place = firstIndex(where: { keys.contains($0.key) }) else { return self }
    let label = self[place].label
    var recipients = self
    recipients.insert(contentsOf: new.map { KnownRecipient($0, label: label) }, at: place)
    return recipients.filter { !keys.contains($0.key) }
  }
}
