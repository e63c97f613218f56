internal import Basics
internal import Crypto
internal import FoundationEssentials
internal import Secrets

/// A public key that files are sealed to. Not a secret.
package enum AgeRecipient: Hashable, Sendable {
  /// `age1…`: 32 bytes, the default. Every age implementation opens such files.
  case x25519([UInt8])
  /// `age1pq…`: ML-KEM-768 with X25519, 1216 bytes. Also safe against a future quantum computer; needs age 1.3.
  case postQuantum([UInt8])

  static let x25519Prefix = "age"
  static let postQuantumPrefix = "age1pq"
  private static let x25519Length = 32
  private static let postQuantumLength = 1216

  /// Nil when the text is no recipient of a kind we know.
  package init?(_ text: String) {
    let isPostQuantum = text.hasPrefix(AgeRecipient.postQuantumPrefix + "1")
    let length = isPostQuantum ? AgeRecipient.postQuantumLength : AgeRecipient.x25519Length
    let prefix = isPostQuantum ? AgeRecipient.postQuantumPrefix : AgeRecipient.x25519Prefix
    var data = SecretBuffer(capacity: length)
    let characters = Array(text.utf8)
    guard unsafe Bech32.decode(characters.span.bytes, prefix: prefix, into: &data),
      data.count == length
    else { return nil }
    let key = data.withBytes { $0.copied() }
    self = isPostQuantum ? .postQuantum(key) : .x25519(key)
  }

  /// The text that age prints and reads.
  package var text: String {
    let (key, prefix) =
      switch self {
      case .x25519(let key): (key, AgeRecipient.x25519Prefix)
      case .postQuantum(let key): (key, AgeRecipient.postQuantumPrefix)
      }
    var text = SecretBuffer(capacity: key.count * 2 + 32)
    let isEncoded = unsafe Bech32.encode(key.span.bytes, prefix: prefix, into: &text)
    precondition(isEncoded)
    return text.withBytes { String(decoding: $0.copied(), as: UTF8.self) }
  }

  /// Whether a file sealed to it stays closed to a future quantum computer.
  package var isPostQuantum: Bool {
    switch self {
    case .x25519: false
    case .postQuantum: true
    }
  }

  /// Wraps a file key for this recipient.
  func wrap(_ fileKey: borrowing SecretBuffer) throws(AgeError) -> AgeStanza {
    switch self {
    case .x25519(let key): try AgeX25519.wrap(fileKey, for: key)
    case .postQuantum(let key): try AgePostQuantum.wrap(fileKey, for: key)
    }
  }
}
