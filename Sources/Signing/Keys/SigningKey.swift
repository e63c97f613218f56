internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
package import Secrets

/// A key that signs by one algorithm. What the crypto library keeps of it is wiped by the library when it goes.
package struct SigningKey: ~Copyable {
  private enum Material: ~Copyable {
    case shared(SecretBuffer)
    case rsa(_RSA.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
    case p521(P521.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)
  }

  let algorithm: TokenAlgorithm
  private let material: Material

  /// A secret that both sides know, as it is.
  package init(shared secret: RawSpan, for algorithm: TokenAlgorithm) throws(KeyFault) {
    guard algorithm.keyKind == .shared else { throw .wrongKind(.shared, for: algorithm) }
    if secret.isEmpty { throw .empty }
    self.algorithm = algorithm
    material = .shared(SecretBuffer(copying: secret))
  }

  /// A secret that both sides know, written in hexadecimal digits.
  package init(hex text: RawSpan, for algorithm: TokenAlgorithm) throws(KeyFault) {
    guard let secret = SecretBuffer(hex: text) else { throw .notHex }
    self = try secret.withBytes { bytes throws(KeyFault) in
      try SigningKey(shared: bytes, for: algorithm)
    }
  }

  /// A private key in PKCS #8, PKCS #1 or SEC 1, in PEM or what forms make of it.
  package init(pem text: RawSpan, for algorithm: TokenAlgorithm) throws(KeyFault) {
    let der = try PEM.privateKey(text)
    self = try der.withBytes { der throws(KeyFault) in
      let found = try PrivateKeyDER(der)
      return try SigningKey(found.kind, der.extracting(found.range), for: algorithm)
    }
  }

  /// - Parameter key: for RSA the sequence of PKCS #1, for a curve the private number, for Ed25519 the seed.
  init(_ kind: KeyKind, _ key: RawSpan, for algorithm: TokenAlgorithm) throws(KeyFault) {
    guard algorithm.takes(kind) else { throw .wrongKind(kind, for: algorithm) }
    let number = SecretBuffer(key, paddedTo: kind.privateSize ?? key.byteCount)
    let material: Material? = number.withBytes { number in
      unsafe number.withUnsafeBytes { number in
        switch kind {
        case .shared: nil
        case .rsa, .rsaPSS:
          unsafe (try? _RSA.Signing.PrivateKey(unsafeDERRepresentation: number)).map { .rsa($0) }
        case .p256:
          unsafe (try? P256.Signing.PrivateKey(rawRepresentation: number)).map { .p256($0) }
        case .p384:
          unsafe (try? P384.Signing.PrivateKey(rawRepresentation: number)).map { .p384($0) }
        case .p521:
          unsafe (try? P521.Signing.PrivateKey(rawRepresentation: number)).map { .p521($0) }
        case .ed25519:
          unsafe (try? Curve25519.Signing.PrivateKey(rawRepresentation: number))
            .map { .ed25519($0) }
        }
      }
    }
    guard let material else { throw .badNumbers }
    self.algorithm = algorithm
    self.material = material
  }

  /// An RSA key that is known to fit.
  init(_ key: _RSA.Signing.PrivateKey, for algorithm: TokenAlgorithm) {
    self.algorithm = algorithm
    material = .rsa(key)
  }

  /// The signature as tokens carry it: of a curve the two numbers side by side (RFC 7518, section 3.4), not DER.
  package borrowing func sign(_ message: RawSpan) throws(SigningError) -> SecretBuffer {
    let signature: SecretBuffer? =
      switch algorithm {
      case .hs256, .rs256, .ps256, .es256, .edDSA: sign(message, SHA256.self)
      case .hs384, .rs384, .ps384, .es384: sign(message, SHA384.self)
      case .hs512, .rs512, .ps512, .es512: sign(message, SHA512.self)
      }
    guard let signature else { throw .badKey(.badNumbers) }
    return signature
  }

  /// SubjectPublicKeyInfo of a PEM key: a public one as it is, of a private one its public half. Nil for anything else.
  package static func publicKeyDER(ofPEM text: RawSpan) -> SecretBuffer? {
    if let block = PEM.blocks(in: text).first(where: { $0.label == "PUBLIC KEY" }) {
      guard let der = PEM.decode(block.content, of: text), der.withBytes(DERReader.isElement) else {
        return nil
      }
      return der
    }
    guard let der = try? PEM.privateKey(text) else { return nil }
    return der.withBytes { der in
      guard let found = try? PrivateKeyDER(der), let algorithm = found.kind.algorithm,
        let key = try? SigningKey(found.kind, der.extracting(found.range), for: algorithm)
      else { return nil }
      return key.publicKeyDER()
    }
  }

  /// SubjectPublicKeyInfo of the key's public half; nil for a shared secret.
  borrowing func publicKeyDER() -> SecretBuffer? {
    switch material {
    case .shared: return nil
    case .rsa(let key): return SecretBuffer(copying: key.publicKey.derRepresentation)
    case .p256(let key): return SecretBuffer(copying: key.publicKey.derRepresentation)
    case .p384(let key): return SecretBuffer(copying: key.publicKey.derRepresentation)
    case .p521(let key): return SecretBuffer(copying: key.publicKey.derRepresentation)
    case .ed25519(let key):
      // RFC 8410, section 4: all but the key itself is the same for every key.
      let start: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
      return SecretBuffer(copying: start + key.publicKey.rawRepresentation)
    }
  }

  private borrowing func sign<Hash: HashFunction>(
    _ message: RawSpan, _ hash: Hash.Type
  ) -> SecretBuffer? {
    switch material {
    case .shared(let secret):
      return secret.withBytes { Digests.hmac(hash, message, key: $0) }
    case .rsa(let key):
      let padding: _RSA.Signing.Padding =
        algorithm.rawValue.hasPrefix("P") ? .PSS : .insecurePKCS1v1_5
      let signature = try? key.signature(for: Digests.digest(hash, message), padding: padding)
      return signature.map { SecretBuffer(copying: $0.rawRepresentation) }
    case .p256(let key):
      let signature = try? key.signature(for: Digests.digest(hash, message))
      return signature.map { SecretBuffer(copying: $0.rawRepresentation) }
    case .p384(let key):
      let signature = try? key.signature(for: Digests.digest(hash, message))
      return signature.map { SecretBuffer(copying: $0.rawRepresentation) }
    case .p521(let key):
      let signature = try? key.signature(for: Digests.digest(hash, message))
      return signature.map { SecretBuffer(copying: $0.rawRepresentation) }
    case .ed25519(let key):
      let signature = unsafe message.withUnsafeBytes { unsafe try? key.signature(for: $0) }
      return signature.map { SecretBuffer(copying: $0) }
    }
  }
}

extension SecretBuffer {
  /// The bytes with zeros in front up to a size: a number of which leading zeros were left out.
  fileprivate init(_ bytes: RawSpan, paddedTo size: Int) {
    self.init(capacity: max(1, size, bytes.byteCount))
    for _ in 0..<max(0, size - bytes.byteCount) { append(0 as UInt8) }
    append(bytes)
  }
}
