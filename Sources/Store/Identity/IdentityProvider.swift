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
    case text(IdentityText)
    /// A command that failed is not run again: it would ask a person again, perhaps in the middle of a screen.
    case failure(StoreError)
  }

  private let notice: StoreNotice.Receiver?
  let passphrases: (any PassphraseSource)?
  /// Why it stays locked although passphrases were asked for: nobody is asked for more of them.
  let refusal = Mutex<StoreError?>(nil)

  /// - Parameters:
  ///   - notice: told what is odd about the file and does not stop its use.
  ///   - passphrases: asked when a locked identity is to be read; where it is nil, that is an error.
  init(
    _ source: IdentitySource, notice: StoreNotice.Receiver? = nil,
    passphrases: (any PassphraseSource)? = nil
  ) {
    self.source = source
    self.notice = notice
    self.passphrases = passphrases
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
    if let kept = try keptCopy() { return kept.text.duplicate() }
    do throws(StoreError) {
      guard let content = try read() else { return nil }
      if !source.canBeReadAgain { keep(content, of: IdentityText.digest(of: content)) }
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
      try unlockByAsking()
      return try identities(whenAbsent: whenAbsent)
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

  /// Tells which keys are those of the identity; of a locked one it cannot be told.
  func ownership() throws(StoreError) -> (AgeRecipient) -> Bool? {
    switch try find() {
    case .open(let identities):
      let own = identities.recipients
      return { own.contains($0) }
    case .locked: return { _ in nil }
    case .absent: return { _ in false }
    }
  }

  /// What is said where an identity is wrapped and nobody has given the passphrase.
  /// - Parameters:
  ///   - need: what it is needed for, as the end of a sentence; nil where that goes without saying.
  ///   - advice: what to do; nil for how it is unlocked.
  func locked(because need: String? = nil, advice: String? = nil) -> StoreError {
    .identity(
      Explanation(
        what: "the identity \(source.text) is locked",
        why: (need.map { "\($0), and " } ?? "") + "it is wrapped with a passphrase",
        advice: advice ?? source.adviceWhenLocked))
  }

  /// Unwraps a locked identity and keeps it in locked memory for the life of this value.
  /// - Throws: `.identity` for a wrong passphrase, with the same words whatever was wrong about it.
  func unlock(_ passphrase: borrowing SecretBuffer) throws(StoreError) {
    guard let content = try turn.withLock({ _ throws(StoreError) in try content() }),
      let wrapped = try wrappedFile(content)
    else { return }
    var text = SecretBuffer(capacity: IdentityFile.limit)
    do {
      try AgeFile.open(wrapped, passphrase: passphrase, into: &text)
    } catch {
      if error == .noMatch { throw wrongPassphrase }
      // What asks for more work than is done here, age may do.
      let isForAge = if case .header = error { true } else { false }
      throw .identity(
        Explanation(
          what: "the identity \(source.text) stays locked", why: error.reason,
          advice: isForAge ? source.adviceForAge : nil))
    }
    _ = try parse(text)
    keep(text, of: IdentityText.digest(of: content))
  }

  /// The text of the keys, for whoever writes the file anew; nil when there is none.
  /// - Throws: `.identity` while it is locked.
  func text() throws(StoreError) -> IdentityText? {
    if let kept = try keptCopy() { return kept }
    guard let content = try content() else { return nil }
    guard try wrappedFile(content) == nil else { throw locked() }
    _ = try parse(content)
    let digest = IdentityText.digest(of: content)
    return IdentityText(text: content, digest: digest)
  }

  /// Goes on with what was put in place of the file.
  /// - Parameters:
  ///   - text: in the clear; kept where it is wrapped on the disk.
  ///   - digest: of what lies there now.
  func adopt(_ text: borrowing SecretBuffer, of digest: [UInt8], isWrapped: Bool) {
    if isWrapped { keep(text, of: digest) } else { forget() }
  }

  /// Forgets what was unwrapped.
  func forget() { kept.withLock { $0 = .nothing } }

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

  private func keptCopy() throws(StoreError) -> IdentityText? {
    try kept.withLock { kept throws(StoreError) in
      switch kept {
      case .text(let text):
        return IdentityText(text: text.text.duplicate(), digest: text.digest)
      case .nothing: return nil
      case .failure(let error): throw error
      }
    }
  }

  private func keep(_ text: borrowing SecretBuffer, of digest: [UInt8]) {
    var copy: IdentityText? = IdentityText(text: text.duplicate(), digest: digest)
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
      throw error.explained(source)
    }
  }
}
