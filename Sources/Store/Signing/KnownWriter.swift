internal import Basics
internal import Secrets

/// Whoever signs what is stored: one machine, as a rule. By its public key.
package struct KnownWriter: Hashable, Sendable {
  /// Of an Ed25519 public key, in bytes.
  static let keyLength = 32
  private static let prefix = "writer"
  /// In characters; more than any account and machine are called together.
  private static let labelLimit = 100

  let key: [UInt8]
  /// What is known of it: the account and the machine, as the first thing that was read from it named them. Empty where
  /// nothing is.
  package let label: String

  init(_ key: [UInt8], label: String = "") {
    self.key = key
    let plain = label.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }
    self.label = String(plain.prefix(KnownWriter.labelLimit).map(Character.init))
  }

  /// Nil when the text is no key.
  init?(_ text: String, label: String) {
    var data = SecretBuffer(capacity: KnownWriter.keyLength)
    let characters = Array(text.utf8)
    guard unsafe Bech32.decode(characters.span.bytes, prefix: KnownWriter.prefix, into: &data),
      data.count == KnownWriter.keyLength
    else { return nil }
    self.init(data.withBytes { $0.copied() }, label: label)
  }

  /// `writer1…`: two machines that show the same have the same key.
  package var text: String {
    var text = SecretBuffer(capacity: key.count * 2 + 32)
    let isEncoded = unsafe Bech32.encode(key.span.bytes, prefix: KnownWriter.prefix, into: &text)
    precondition(isEncoded)
    return text.withBytes { String(decoding: $0.copied(), as: UTF8.self) }
  }

  package static func == (a: KnownWriter, b: KnownWriter) -> Bool { a.key == b.key }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
