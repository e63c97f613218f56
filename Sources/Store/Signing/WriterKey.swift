internal import Basics
internal import Connections
internal import Crypto
internal import FoundationEssentials
internal import Secrets

/// The private key that this machine signs with what it stores: Ed25519. Shared by the questions of a session, and wiped
/// with the last of them.
final class WriterKey {
  /// The text form of a key begins with it; what follows is Bech32, as that of an age identity.
  private static let prefix = "USHER-WRITER-KEY-"
  private static let derivation = "usher writer key 1"
  private static let seedLength = 32
  /// Of the text of a key with its comments, in bytes.
  static let textLimit = 4096

  private let seed: SecretBuffer
  let publicKey: [UInt8]

  /// Nil when it is no key.
  init?(_ seed: consuming SecretBuffer) {
    guard seed.count == WriterKey.seedLength,
      let key = seed.withBytes({ WriterKey.signingKey($0) })
    else { return nil }
    publicKey = Array(key.publicKey.rawRepresentation)
    self.seed = seed
  }

  /// A new one.
  static func generate() -> WriterKey? { WriterKey(SecretBuffer(random: seedLength)) }

  /// The ones that whoever has the identities can sign with where no key can be kept, in their order. Nobody else can.
  static func derived(from identities: borrowing AgeIdentities) -> [WriterKey] {
    var keys: [WriterKey] = []
    for index in 0..<identities.count {
      let derived = identities.derivedKey(index, info: derivation)
      var seed = SecretBuffer(capacity: seedLength)
      unsafe derived.withUnsafeBytes { bytes in
        _ = unsafe seed.append(RawSpan(_unsafeBytes: bytes))
      }
      if let key = WriterKey(seed) { keys.append(key) }
    }
    return keys
  }

  /// Reads the text of a key: comments, and one line that is it. Nil where there is none, or it is not as it was made.
  static func parse(_ text: RawSpan) -> WriterKey? {
    var start = 0
    while start < text.byteCount {
      var end = start
      while end < text.byteCount, text[end] != UInt8(ascii: "\n") { end += 1 }
      let line = text.extracting(text.trimmed(start..<end, where: \.isMarkupBlank))
      var seed = SecretBuffer(capacity: seedLength)
      if Bech32.decode(line, prefix: prefix, into: &seed) { return WriterKey(seed) }
      start = end + 1
    }
    return nil
  }

  /// With its public key and the time in comments.
  func text(created: Timestamp) -> SecretBuffer {
    var text = SecretBuffer(capacity: WriterKey.textLimit)
    text.append(text: "# signs what this machine stores; made: \(created)\n".utf8)
    text.append(text: "# public key: \(KnownWriter(publicKey).text)\n".utf8)
    let isWritten =
      seed.withBytes { Bech32.encode($0, prefix: WriterKey.prefix, into: &text) }
      && text.append(UInt8(ascii: "\n"))
    precondition(isWritten)
    return text
  }

  /// Nil where the library cannot.
  func sign(_ message: [UInt8]) -> [UInt8]? {
    seed.withBytes { seed in
      let signature = try? WriterKey.signingKey(seed)?.signature(for: message)
      return signature.map { Array($0) }
    }
  }

  static func isValid(_ signature: [UInt8], of message: [UInt8], by key: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
    return key.isValidSignature(signature, for: message)
  }

  private static func signingKey(_ seed: RawSpan) -> Curve25519.Signing.PrivateKey? {
    unsafe seed.withUnsafeBytes { bytes in
      try? unsafe Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    }
  }
}
