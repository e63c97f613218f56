internal import Basics
internal import Connections
internal import Secrets

/// The identity file in its usual place, which is the one that is written here. Each change puts a whole file in place
/// or none, and only over what its caller has read: two processes that change it at once do not lose a key of each
/// other's.
struct StandardIdentity {
  private let source: IdentitySource
  private let folder: String
  private let name: String

  /// Nil of an identity that comes from anywhere else.
  init?(_ source: IdentitySource) {
    guard case .standard(let path) = source, let slash = path.lastIndex(of: "/") else { return nil }
    self.source = source
    folder = String(path[..<slash])
    name = String(path[path.index(after: slash)...])
  }

  /// Makes the file. What another process has made meanwhile stays.
  func make(_ text: borrowing SecretBuffer) throws(StoreError) {
    let directory = try PrivateDirectory.create(folder, .readable)
    try directory.exclusively { () throws(StoreError) in
      guard try directory.status(of: name) == nil else { return }
      try write(text, in: directory)
    }
  }

  /// Puts a text in place of the one that was read.
  /// - Parameters:
  ///   - digest: of what was read; nil where there was nothing.
  ///   - what: what is not done where this fails, for the error.
  /// - Returns: the digest of what lies there now.
  func replace(
    _ digest: [UInt8]?, by text: borrowing SecretBuffer, orElse what: String
  ) throws(StoreError) -> [UInt8] {
    let directory = try PrivateDirectory.create(folder, .readable)
    try directory.exclusively { () throws(StoreError) in
      try require(digest, orElse: what)
      try write(text, in: directory)
    }
    return IdentityText.digest(of: text)
  }

  /// Takes the file away.
  func remove(_ digest: [UInt8], orElse what: String) throws(StoreError) {
    guard let directory = try PrivateDirectory.open(folder, .readable) else { return }
    try directory.exclusively { () throws(StoreError) in
      try require(digest, orElse: what)
      directory.remove(name)
      try directory.sync()
    }
  }

  /// The text wrapped with a passphrase, armored as `age -p -a` writes it, and opened again for a test: it takes the
  /// place of the only copy of the key.
  /// - Parameter workFactor: the base-two logarithm of scrypt's cost.
  static func wrap(
    _ text: borrowing SecretBuffer, with passphrase: borrowing SecretBuffer, workFactor: Int
  ) throws(AgeError) -> SecretBuffer {
    let file = try AgeFile.seal(text, passphrase: passphrase, workFactor: workFactor)
    var check = SecretBuffer(capacity: IdentityFile.limit)
    try AgeFile.open(file, passphrase: passphrase, into: &check)
    guard IdentityText.digest(of: check) == IdentityText.digest(of: text) else {
      throw .payload("what was wrapped does not come out of it again")
    }
    let armored = AgeArmor.encode(file)
    var wrapped = SecretBuffer(capacity: armored.count)
    _ = unsafe wrapped.append(armored.span.bytes)
    return wrapped
  }

  private func write(
    _ text: borrowing SecretBuffer, in directory: borrowing PrivateDirectory
  ) throws(StoreError) {
    try text.withBytes { bytes throws(StoreError) in
      try directory.write(bytes, to: name, mode: 0o400)
    }
  }

  /// While the directory is locked.
  private func require(_ digest: [UInt8]?, orElse what: String) throws(StoreError) {
    var found: [UInt8]?
    do throws(IdentityReadError) {
      if let content = try IdentityReader.read(source) {
        found = IdentityText.digest(of: content)
      }
    } catch {
      throw error.explained(source)
    }
    guard found != digest else { return }
    throw .identity(
      Explanation(
        what: what,
        why: "another process has changed \(source.text) meanwhile; it is left as it is",
        advice: "run the command again"))
  }
}
