internal import Crypto
internal import FoundationEssentials
internal import Secrets

/// Digests of secret bytes: from locked memory, by raw pointers, into locked memory.
enum Digests {
  static func sha1(_ bytes: RawSpan) -> SecretBuffer {
    SecretBuffer(copying: digest(Insecure.SHA1.self, bytes))
  }

  static func sha256(_ bytes: RawSpan) -> SecretBuffer {
    SecretBuffer(copying: digest(SHA256.self, bytes))
  }

  /// A message authentication code by SHA-1, which one provider and OAuth 1.0a still ask for.
  static func hmacSHA1(_ message: RawSpan, key: RawSpan) -> SecretBuffer {
    hmac(Insecure.SHA1.self, message, key: key)
  }

  static func hmacSHA256(_ message: RawSpan, key: RawSpan) -> SecretBuffer {
    hmac(SHA256.self, message, key: key)
  }

  static func hmac<Hash: HashFunction>(
    _ hash: Hash.Type, _ message: RawSpan, key: RawSpan
  ) -> SecretBuffer {
    unsafe key.withUnsafeBytes { key in
      unsafe message.withUnsafeBytes { message in
        let key = unsafe SymmetricKey(data: key)
        return unsafe SecretBuffer(
          copying: HMAC<Hash>.authenticationCode(for: message, using: key))
      }
    }
  }

  static func digest<Hash: HashFunction>(_ hash: Hash.Type, _ bytes: RawSpan) -> Hash.Digest {
    unsafe bytes.withUnsafeBytes { source in
      var state = Hash()
      unsafe state.update(bufferPointer: source)
      return state.finalize()
    }
  }
}

extension SecretBuffer {
  /// Takes over what the crypto library gives out: a digest, or a signature, of which its own copy is not wiped.
  init(copying bytes: some ContiguousBytes) {
    let size = unsafe bytes.withUnsafeBytes { $0.count }
    self.init(capacity: max(1, size))
    unsafe bytes.withUnsafeBytes { source in
      _ = unsafe append(RawSpan(_unsafeBytes: source))
    }
  }
}
