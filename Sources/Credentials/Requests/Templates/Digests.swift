internal import Crypto
internal import FoundationEssentials
internal import Secrets

/// Digests and signatures of secret bytes: from locked memory, by raw pointers, into locked memory.
enum Digests {
  static func sha256(_ bytes: RawSpan) -> SecretBuffer {
    unsafe bytes.withUnsafeBytes { source in
      var hash = SHA256()
      unsafe hash.update(bufferPointer: source)
      return copy(hash.finalize())
    }
  }

  /// A message authentication code by SHA-1, which one provider still asks for.
  static func hmacSHA1(_ message: RawSpan, key: RawSpan) -> SecretBuffer {
    unsafe key.withUnsafeBytes { key in
      unsafe message.withUnsafeBytes { message in
        let key = unsafe SymmetricKey(data: key)
        return unsafe copy(
          HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
      }
    }
  }

  static func hmacSHA256(_ message: RawSpan, key: RawSpan) -> SecretBuffer {
    unsafe key.withUnsafeBytes { key in
      unsafe message.withUnsafeBytes { message in
        let key = unsafe SymmetricKey(data: key)
        return unsafe copy(HMAC<SHA256>.authenticationCode(for: message, using: key))
      }
    }
  }

  /// Nil when the key is not PKCS #8 with an Ed25519 key (RFC 8410).
  static func ed25519Signature(of message: RawSpan, pem: RawSpan) -> SecretBuffer? {
    guard let der = PEM.decode(pem) else { return nil }
    return der.withBytes { der in
      guard let seed = PrivateKeyDER.ed25519Seed(der) else { return nil }
      let raw = der.extracting(seed)
      return unsafe raw.withUnsafeBytes { raw in
        unsafe message.withUnsafeBytes { message in
          guard
            let key = unsafe try? Curve25519.Signing.PrivateKey(rawRepresentation: raw),
            let signature = unsafe try? key.signature(for: message)
          else { return nil }
          return copy(signature)
        }
      }
    }
  }

  private static func copy(_ bytes: some Sequence<UInt8>) -> SecretBuffer {
    var buffer = SecretBuffer(capacity: 64)
    for byte in bytes { buffer.append(byte) }
    return buffer
  }
}
