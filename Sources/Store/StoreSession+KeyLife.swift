internal import Basics
package import Connections
package import Secrets

/// The passphrase that the identity may be wrapped with.
extension StoreSession {
  /// Whether reading needs a passphrase that has not been given yet.
  package func needsPassphrase() throws(StoreError) -> Bool {
    switch try keySetup.keyring.find() {
    case .locked: true
    case .open: false
    case .absent: false
    }
  }

  /// Whether storing needs it too: sealing needs nothing but the public keys, and those are known of a store that this
  /// machine remembers.
  package func needsPassphraseToSave() throws(StoreError) -> Bool {
    guard try needsPassphrase() else { return false }
    guard let store = try existing() else {
      if case .recipients = keySetup.plan { return false }
      return true
    }
    return try !keySetup.isRemembered(store.path)
  }

  /// Unlocks the identity for this session and later ones of its handle. Does nothing when it is not locked.
  package func unlock(_ passphrase: borrowing SecretBuffer) throws(StoreError) {
    try keySetup.keyring.unlock(passphrase)
  }

  /// Wraps the identity file with a passphrase, in place, or with another one than before; it stays unlocked for this
  /// process. The blocks of the old file may stay on the disk for a while: who wants none of them there does this before
  /// the first save, which makes an identity that was never there in the clear.
  ///
  /// - Parameter workFactor: the base-two logarithm of scrypt's cost; 18 is 256 MiB and about a second.
  package func wrapIdentity(
    with passphrase: borrowing SecretBuffer, workFactor: Int = 18
  ) throws(StoreError) {
    let what = "the identity was not wrapped"
    let file = try standardIdentity(
      orElse: what, "wrap it where it is kept: age -p does it for a file")
    let passphrase: SecretBuffer? = passphrase.duplicate()
    if let old = try keySetup.keyring.text() {
      var writing = IdentityWriting(
        file, over: old.digest, keyring: keySetup.keyring, orElse: what, wrappingWith: passphrase,
        workFactor: workFactor)
      return try writing.write(old.text)
    }
    guard try existing() == nil, let kind = keySetup.plan.kindOfNewIdentity else {
      throw noIdentity(what)
    }
    var writing = IdentityWriting(
      file, over: nil, keyring: keySetup.keyring, orElse: what, wrappingWith: passphrase,
      workFactor: workFactor)
    try writing.write(IdentityFile.text(of: AgeIdentities(generating: kind), created: .now()))
  }

  /// Puts the identity back as a plain file. It has to be unlocked.
  /// - Throws: `.nothingThere` when it is not wrapped.
  package func unwrapIdentity() throws(StoreError) {
    let what = "the passphrase was not taken off"
    let file = try standardIdentity(orElse: what, "unwrap it where it is kept: age -d does it")
    guard let old = try keySetup.keyring.text() else { throw noIdentity(what) }
    guard keySetup.keyring.isUnlocked else {
      throw .nothingThere(
        Explanation(
          what: what, why: "the identity \(location.identity.text) is not wrapped with one",
          advice: "usher keys passphrase gives it one"))
    }
    var writing = IdentityWriting(
      file, over: old.digest, keyring: keySetup.keyring, orElse: what, wrappingWith: nil,
      workFactor: 0)
    try writing.write(old.text)
  }
}

extension StoreSession {
  /// What is said of an identity that is to be changed and is not there.
  func noIdentity(_ what: String) -> StoreError {
    .identity(
      Explanation(
        what: what, why: "there is none in \(location.identity.text)",
        advice: "usher keys show tells whom the store is sealed to"))
  }
}
