internal import CLinux
internal import Crypto
internal import FoundationEssentials
internal import Secrets
internal import Signing

/// What the parts of age share: keys derived with HKDF-SHA-256, contents sealed with ChaCha20-Poly1305.
enum AgePrimitives {
  static let fileKeyLength = 16
  static let tagLength = 16
  static let keyLength = 32
  /// A wrapped file key. Checked before decryption, so that a body cannot be made to open with many keys.
  static let wrappedKeyLength = fileKeyLength + tagLength

  static func derive(from key: borrowing SecretBuffer, salt: [UInt8], info: String) -> SymmetricKey
  {
    key.withBytes { derive(from: $0, salt: salt, info: Array(info.utf8)) }
  }

  /// - Parameter salt: 64 bytes at most, which anybody may know.
  static func derive(from material: RawSpan, salt: [UInt8], info: [UInt8]) -> SymmetricKey {
    let extracted = Digests.extract(material, salt: salt).withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe SymmetricKey(data: $0) }
    }
    return HKDF<SHA256>.expand(
      pseudoRandomKey: extracted, info: info, outputByteCount: keyLength)
  }

  /// Seals a file key. The nonce is all zero: the wrapping key is used once.
  static func wrap(
    _ fileKey: borrowing SecretBuffer, with key: SymmetricKey
  ) throws(AgeError) -> [UInt8] {
    try fileKey.withBytes { bytes throws(AgeError) in
      try seal(bytes, with: key, nonce: [UInt8](repeating: 0, count: 12))
    }
  }

  /// The file key, or nil when the wrapping key is another one.
  /// - Throws: `.header` when the body cannot be a wrapped file key at all.
  static func unwrap(_ body: [UInt8], with key: SymmetricKey) throws(AgeError) -> SecretBuffer? {
    try checkLength(ofWrappedKey: body)
    var fileKey = SecretBuffer(capacity: fileKeyLength)
    let nonce = [UInt8](repeating: 0, count: 12)
    guard open(body[...], with: key, nonce: nonce, into: &fileKey) else { return nil }
    return fileKey
  }

  static func checkLength(ofWrappedKey body: [UInt8]) throws(AgeError) {
    guard body.count == wrappedKeyLength else {
      throw .header("the body of a recipient has the wrong length")
    }
  }

  /// Ciphertext and tag.
  static func seal(
    _ plaintext: RawSpan, with key: SymmetricKey, nonce: [UInt8]
  ) throws(AgeError) -> [UInt8] {
    do {
      let sealingNonce = try ChaChaPoly.Nonce(data: nonce)
      let box = try unsafe plaintext.withUnsafeBytes { bytes in
        try unsafe ChaChaPoly.seal(bytes, using: key, nonce: sealingNonce)
      }
      return Array(box.combined.dropFirst(nonce.count))
    } catch {
      throw .payload("the content could not be sealed")
    }
  }

  /// Adds the plaintext. False when the key, the nonce or a byte is another one, or the text does not fit.
  static func open(
    _ ciphertext: ArraySlice<UInt8>, with key: SymmetricKey, nonce: [UInt8],
    into plaintext: inout SecretBuffer
  ) -> Bool {
    guard ciphertext.count >= tagLength else { return false }
    guard let box = try? ChaChaPoly.SealedBox(combined: nonce + ciphertext),
      var opened = try? ChaChaPoly.open(box, using: key)
    else { return false }
    return move(&opened, into: &plaintext)
  }

  /// Takes a secret out of a `Data`, which lives on the plain heap, and overwrites it there.
  static func move(_ data: inout Data, into buffer: inout SecretBuffer) -> Bool {
    unsafe data.withUnsafeMutableBytes { room in
      let isAdded = unsafe buffer.append(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(room)))
      if let start = room.baseAddress { unsafe explicit_bzero(start, room.count) }
      return isAdded
    }
  }
}
