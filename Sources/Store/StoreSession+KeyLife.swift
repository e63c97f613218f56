internal import Basics
package import Connections
package import Secrets

/// The identity's own life. Built, and reached by no command yet: see the Architecture article.
extension StoreSession {
  /// Whether reading needs a passphrase that has not been given yet.
  package func needsPassphrase() throws(StoreError) -> Bool {
    switch try keySetup.keyring.find() {
    case .locked: true
    case .open: false
    case .absent: false
    }
  }

  /// Unlocks the identity for this session and later ones of its handle. Does nothing when it is not locked.
  package func unlock(_ passphrase: borrowing SecretBuffer) throws(StoreError) {
    try keySetup.keyring.unlock(passphrase)
  }

  /// Wraps the identity file with a passphrase, in place. The blocks of the old file may stay on the disk for a while:
  /// who wants none of them there wraps the identity before the first save.
  ///
  /// - Parameter workFactor: the base-two logarithm of scrypt's cost; 18 is 256 MiB and about a second.
  package func wrapIdentity(
    with passphrase: borrowing SecretBuffer, workFactor: Int = 18
  ) throws(StoreError) {
    guard case .standard(let path) = location.identity, let slash = path.lastIndex(of: "/"),
      let directory = try PrivateDirectory.open(String(path[..<slash]), .readable)
    else {
      throw .identity(
        Explanation(
          what: "the identity was not wrapped",
          why: "only \(StoreLocation.identityName) in the configuration directory can be"))
    }
    let text = IdentityFile.text(of: try keySetup.keyring.identities(), created: .now())
    let wrapped: [UInt8]
    do {
      wrapped = try AgeFile.seal(text, passphrase: passphrase, workFactor: workFactor)
      // Read back before the only copy of the key is replaced.
      var check = SecretBuffer(capacity: IdentityFile.limit)
      try AgeFile.open(wrapped, passphrase: passphrase, limit: workFactor, into: &check)
    } catch {
      throw .identity(Explanation(what: "the identity was not wrapped", why: error.reason))
    }
    let armored = AgeArmor.encode(wrapped)
    let name = String(path[path.index(after: slash)...])
    try directory.exclusively { () throws(StoreError) in
      try unsafe directory.write(armored.span.bytes, to: name, mode: 0o400)
    }
  }

  /// Opens a record that was exported, of this store or of another one with the same identity. The bytes may be
  /// armored. Its facts name the store that it came from.
  package func openExported(_ bytes: [UInt8]) throws(StoreError) -> ConnectionRecord {
    let file: [UInt8]
    do {
      file = AgeArmor.isArmored(bytes) ? try AgeArmor.decode(bytes) : bytes
    } catch {
      throw .failed(Explanation(what: "the file is not an exported record", why: error.reason))
    }
    return try RecordSealing.openExported(file, with: keySetup.keyring.identities())
  }
}
