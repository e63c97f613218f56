internal import Basics
internal import Crypto
internal import FoundationEssentials
package import Secrets

/// Digests of secret bytes: from locked memory, by raw pointers, into locked memory.
package enum Digests {
  static func sha1(_ bytes: RawSpan) -> SecretBuffer {
    SecretBuffer(copying: digest(Insecure.SHA1.self, bytes))
  }

  /// SHA-256 (FIPS 180-4), 32 bytes.
  package static func sha256(_ bytes: RawSpan) -> SecretBuffer {
    SecretBuffer(copying: digest(SHA256.self, bytes))
  }

  /// SHA-512 (FIPS 180-4), 64 bytes.
  package static func sha512(_ bytes: RawSpan) -> SecretBuffer {
    SecretBuffer(copying: digest(SHA512.self, bytes))
  }

  /// A message authentication code by SHA-1, which one provider and OAuth 1.0a still ask for.
  package static func hmacSHA1(_ message: RawSpan, key: RawSpan) -> SecretBuffer {
    hmac(Insecure.SHA1.self, message, key: key)
  }

  /// A message authentication code by SHA-256, as AWS and OAuth 1.0a ask for.
  package static func hmacSHA256(_ message: RawSpan, key: RawSpan) -> SecretBuffer {
    hmac(SHA256.self, message, key: key)
  }

  /// The first step of HKDF by SHA-256 (RFC 5869, 2.2), for a salt that anybody may know. The library's own leaves the end of the
  /// material in plain memory. It is `hmacSHA256` without four buffers in locked memory for a key that is no secret: every age file
  /// takes this step three times.
  /// - Parameter salt: a block (64 bytes) at most.
  package static func extract(_ material: RawSpan, salt: [UInt8]) -> SecretBuffer {
    let key = salt + [UInt8](repeating: 0, count: SHA256.blockByteCount - salt.count)
    let inner = digest(SHA256.self, material, behind: key.map { $0 ^ 0x36 })
    return SecretBuffer(
      copying: unsafe inner.withUnsafeBytes { inner in
        unsafe digest(
          SHA256.self, RawSpan(_unsafeBytes: inner), behind: key.map { $0 ^ 0x5C })
      })
  }

  /// RFC 2104, over the library's digests: the library's own leaves the key, filled up to a block, in plain memory.
  static func hmac<Hash: HashFunction>(
    _ hash: Hash.Type, _ message: RawSpan, key: RawSpan
  ) -> SecretBuffer {
    let isLong = key.byteCount > Hash.blockByteCount
    let key = isLong ? SecretBuffer(copying: digest(hash, key)) : SecretBuffer(copying: key)
    return key.withBytes { key in
      keyed(hash, message, key, mask: 0x36).withBytes { keyed(hash, $0, key, mask: 0x5C) }
    }
  }

  /// The digest of the key, filled up with zeros to a block and masked, and the message.
  private static func keyed<Hash: HashFunction>(
    _ hash: Hash.Type, _ message: RawSpan, _ key: RawSpan, mask: UInt8
  ) -> SecretBuffer {
    var text = SecretBuffer(capacity: Hash.blockByteCount + message.byteCount)
    for offset in 0..<Hash.blockByteCount {
      text.append((offset < key.byteCount ? key[offset] : 0) ^ mask)
    }
    text.append(message)
    return text.withBytes { SecretBuffer(copying: digest(hash, $0)) }
  }

  /// - Parameter front: what comes before, and is no secret.
  static func digest<Hash: HashFunction>(
    _ hash: Hash.Type, _ bytes: RawSpan, behind front: [UInt8] = []
  ) -> Hash.Digest {
    unsafe bytes.withUnsafeBytes { source in
      var state = Hash()
      unsafe front.withUnsafeBytes { unsafe state.update(bufferPointer: $0) }
      unsafe state.update(bufferPointer: source)
      let digest = state.finalize()
      // What fills no block waits in the state, of which the library wipes a few bytes: zeros take its place.
      state.update(data: [UInt8](repeating: 0, count: Hash.blockByteCount))
      return digest
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
