internal import Basics
internal import CLinux
internal import Connections
internal import Secrets
internal import Synchronization

/// Gets the identity from where it is kept, when it is needed, and checks how it is kept.
final class IdentityProvider: Sendable {
  /// What was found at the source.
  enum Finding: ~Copyable {
    /// There is nothing: what is stored can be added to and not read.
    case absent
    /// Wrapped with a passphrase that has not been given yet; the age file.
    case locked([UInt8])
    case open(AgeIdentities)
  }

  let source: IdentitySource
  /// What cannot be had a second time: an identity of a descriptor or a command, or unwrapped with a passphrase.
  private let kept = Mutex(Kept.nothing)
  /// Held while a source is read that can be read once.
  private let turn = Mutex(())

  private enum Kept: ~Copyable {
    case nothing
    case text(SecretBuffer)
    /// A command that failed is not run again: it would ask a person again, perhaps in the middle of a screen.
    case failure(StoreError)
  }

  private let notice: StoreNotice.Receiver?

  /// - Parameter notice: told what is odd about the file and does not stop its use.
  init(_ source: IdentitySource, notice: StoreNotice.Receiver? = nil) {
    self.source = source
    self.notice = notice
  }

  /// Reads the source. A file is read anew each time, so that its keys are in memory no longer than they are used.
  func find() throws(StoreError) -> Finding {
    if source.canBeReadAgain { return try findNow() }
    return try turn.withLock { _ throws(StoreError) in try findNow() }
  }

  private func findNow() throws(StoreError) -> Finding {
    guard let content = try content() else { return .absent }
    if let wrapped = try wrappedFile(content) { return .locked(wrapped) }
    return .open(try parse(content))
  }

  /// What was kept, else what the source holds.
  private func content() throws(StoreError) -> SecretBuffer? {
    if let kept = try keptCopy() { return kept }
    do throws(StoreError) {
      guard let content = try read() else { return nil }
      if !source.canBeReadAgain { keep(content) }
      return content
    } catch {
      if !source.canBeReadAgain { kept.withLock { $0 = .failure(error) } }
      throw error
    }
  }

  /// The keys, for what cannot be done without.
  /// - Parameter whenAbsent: has the first word where there is none.
  func identities(
    whenAbsent: () throws(StoreError) -> Void = {}
  ) throws(StoreError) -> AgeIdentities {
    switch try find() {
    case .open(let identities): return identities
    case .locked:
      throw .identity(
        Explanation(
          what: "the identity \(source.text) is locked", why: "it is wrapped with a passphrase",
          advice: source.adviceWhenLocked))
    case .absent:
      try whenAbsent()
      throw .identity(
        Explanation(
          what: "there is no identity to open the record with",
          why: "\(source.text) does not exist: this machine can store and not read",
          advice: "give the identity with --identity FILE, or read it where the identity is"))
    }
  }

  /// The public keys of the identity; nil when there is none or it is locked.
  func recipients() throws(StoreError) -> [AgeRecipient]? {
    switch try find() {
    case .open(let identities): identities.recipients
    case .locked: nil
    case .absent: nil
    }
  }

  /// Unwraps a locked identity and keeps it in locked memory for the life of this value.
  /// - Throws: `.identity` for a wrong passphrase, with the same words whatever was wrong about it.
  func unlock(_ passphrase: borrowing SecretBuffer) throws(StoreError) {
    guard case .locked(let wrapped) = try find() else { return }
    var text = SecretBuffer(capacity: IdentityFile.limit)
    do {
      try AgeFile.open(wrapped, passphrase: passphrase, into: &text)
    } catch {
      let why = error == .noMatch ? "the passphrase is wrong" : error.reason
      throw .identity(Explanation(what: "the identity \(source.text) stays locked", why: why))
    }
    _ = try parse(text)
    keep(text)
  }

  /// Whether a passphrase has been given.
  var isUnlocked: Bool {
    guard source.canBeReadAgain else { return false }
    return kept.withLock { kept in
      switch kept {
      case .text: true
      case .nothing: false
      case .failure: false
      }
    }
  }

  private func keptCopy() throws(StoreError) -> SecretBuffer? {
    try kept.withLock { kept throws(StoreError) in
      switch kept {
      case .text(let text): return text.duplicate()
      case .nothing: return nil
      case .failure(let error): throw error
      }
    }
  }

  private func keep(_ text: borrowing SecretBuffer) {
    var copy: SecretBuffer? = text.duplicate()
    kept.withLock { kept in
      if let text = copy.take() { kept = .text(text) }
    }
  }

  private func parse(_ text: borrowing SecretBuffer) throws(StoreError) -> AgeIdentities {
    do {
      return try text.withBytes { bytes throws(IdentityFileError) in
        try IdentityFile.parse(bytes)
      }
    } catch {
      throw .identity(
        Explanation(
          what: "cannot use the identity \(source.text)", why: error.reason,
          advice: error.advice))
    }
  }

  /// The age file, when the content is one instead of keys.
  private func wrappedFile(_ content: borrowing SecretBuffer) throws(StoreError) -> [UInt8]? {
    let isFile = content.withBytes { bytes in
      bytes.has("age-encryption.org/".utf8) || bytes.has("-----BEGIN AGE".utf8)
    }
    guard isFile else { return nil }
    let bytes = content.withBytes { $0.copied() }
    do throws(AgeError) {
      let file = AgeArmor.isArmored(bytes) ? try AgeArmor.decode(bytes) : bytes
      guard AgeFile.wantsPassphrase(file) else {
        throw .header("it is an age file that does not open with a passphrase")
      }
      return file
    } catch {
      throw .identity(
        Explanation(what: "cannot use the identity \(source.text)", why: error.reason))
    }
  }

  private func read() throws(StoreError) -> SecretBuffer? {
    do throws(IdentityReadError) {
      return try IdentityReader.read(source, notice: notice)
    } catch {
      switch error {
      case .store(let error): throw error
      case .system(let error):
        throw .identity(
          Explanation(what: "cannot read the identity \(source.text)", why: error.reason))
      case .tooLong:
        throw .identity(
          Explanation(
            what: "cannot use the identity \(source.text)",
            why: "it is longer than any identity file"))
      }
    }
  }
}
