internal import Basics
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

extension CertificateOutline {
  /// Whether the key of `issuer` has signed this certificate: RSA (PKCS #1) and ECDSA, over SHA-256, SHA-384 or SHA-512.
  /// False also where it cannot be told, for any other algorithm.
  package func isSigned(by issuer: CertificateOutline) -> Bool {
    var reader = DERReader(0..<algorithm.count)
    let name = algorithm.withBytes { bytes in
      reader.next(DERReader.identifier, in: bytes).map { bytes.extracting($0.content).copied() }
    }
    guard let name, let last = name.last else { return false }
    let start = Array(name.dropLast())
    switch (start, last) {
    case (Self.rsaArc, 11): return isSignedWithRSA(SHA256.self, issuer)
    case (Self.rsaArc, 12): return isSignedWithRSA(SHA384.self, issuer)
    case (Self.rsaArc, 13): return isSignedWithRSA(SHA512.self, issuer)
    case (Self.ecdsaWithSHA2, 2): return isSignedWithECDSA(SHA256.self, issuer)
    case (Self.ecdsaWithSHA2, 3): return isSignedWithECDSA(SHA384.self, issuer)
    case (Self.ecdsaWithSHA2, 4): return isSignedWithECDSA(SHA512.self, issuer)
    case _: return false
    }
  }

  /// RFC 5758, section 3.2.
  private static let ecdsaWithSHA2: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03]

  private func isSignedWithRSA<Hash: HashFunction>(
    _ hash: Hash.Type, _ issuer: CertificateOutline
  ) -> Bool {
    guard let key = try? _RSA.Signing.PublicKey(derRepresentation: issuer.publicKey) else {
      return false
    }
    return key.isValidSignature(
      _RSA.Signing.RSASignature(rawRepresentation: signature), for: Hash.hash(data: signed),
      padding: .insecurePKCS1v1_5)
  }

  private func isSignedWithECDSA<Hash: HashFunction>(
    _ hash: Hash.Type, _ issuer: CertificateOutline
  ) -> Bool {
    let (digest, key) = (Hash.hash(data: signed), issuer.publicKey)
    if let key = try? P256.Signing.PublicKey(derRepresentation: key),
      let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
    {
      return key.isValidSignature(signature, for: digest)
    }
    if let key = try? P384.Signing.PublicKey(derRepresentation: key),
      let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature)
    {
      return key.isValidSignature(signature, for: digest)
    }
    return false
  }
}
