internal import Crypto
internal import Secrets

/// The text of an identity in the clear, and which file it was read or unwrapped from.
struct IdentityText: ~Copyable {
  let text: SecretBuffer
  /// Of what lay there: whoever puts another text in its place makes sure that it still does.
  let digest: [UInt8]

  static func digest(of content: borrowing SecretBuffer) -> [UInt8] {
    content.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe Array(SHA256.hash(data: $0)) }
    }
  }
}
