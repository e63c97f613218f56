internal import Basics
internal import CLinux
package import Credentials
package import Secrets

extension SQLiteStore {
  /// Where things are kept and how they are sealed, for the screen that says so before anything is typed. Looks at
  /// what exists, changes nothing, and does not fail: an error shows when the store is used.
  package func describe() -> StoreDescription {
    let report = try? keys()
    let isPostQuantum =
      report?.recipients.first?.isPostQuantum ?? (plan == .newPostQuantumIdentity)
    let isElsewhere = report?.protection == .writeOnly
    return StoreDescription(
      engine: "SQLite file", location: location.path,
      encryption: isPostQuantum ? "age v1, ML-KEM-768 and X25519" : "age v1, X25519",
      identityLocation: isElsewhere
        ? "not on this machine: it can store and not read" : location.identity.text,
      exists: unsafe access(location.path, F_OK) == 0)
  }

  /// Whom records are sealed to, and how the identity is kept.
  package func keys() throws(StoreError) -> KeyReport {
    let own = try keyring.recipients()
    var report = KeyReport(
      recipients: own ?? [], identityLocation: location.identity.text, protection: .file,
      isRemembered: false)
    guard let store = try openExisting() else {
      if own == nil, case .recipients(let recipients) = plan { report.recipients = recipients }
      report.protection = try protection(storeExists: false)
      return report
    }
    report.recipients = store.header.recipients
    report.protection = try protection(storeExists: true)
    if let directory = try PrivateDirectory.open(location.configuration, .readable) {
      report.isRemembered = try StorePin(of: store.path, in: directory) != nil
    }
    return report
  }

  /// Whether reading needs a passphrase that has not been given yet.
  package func needsPassphrase() throws(StoreError) -> Bool {
    switch try keyring.find() {
    case .locked: true
    case .open: false
    case .absent: false
    }
  }

  /// Unlocks the identity for the life of this value. Does nothing when it is not locked.
  package func unlock(_ passphrase: borrowing SecretBuffer) throws(StoreError) {
    try keyring.unlock(passphrase)
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
    let text = IdentityFile.text(of: try keyring.identities(), created: .now())
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
    return try Seal.openExported(file, with: keyring.identities())
  }

  private func protection(storeExists: Bool) throws(StoreError) -> KeyProtection {
    switch try keyring.find() {
    case .absent:
      // Before the first save there is none yet, and the plan says what there will be.
      if case .recipients = plan { return .writeOnly }
      return storeExists ? .writeOnly : .file
    case .locked: return .passphrase
    case .open:
      switch location.identity {
      case .file, .standard: return keyring.isUnlocked ? .passphrase : .file
      case .descriptor: return .descriptor
      case .credential: return .credential
      }
    }
  }
}
