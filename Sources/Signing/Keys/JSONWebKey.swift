internal import Basics
internal import Crypto
internal import CryptoExtras
internal import Secrets

/// A private key as JSON (RFC 7517, RFC 7518 section 6, RFC 8037).
package struct JSONWebKey: ~Copyable {
  /// `kid`, by which the other side finds the public half. No secret.
  package let keyID: String?
  private let type: String
  private let curve: String
  private let numbers: SecretMap<String>

  private static let secretMembers: Set = ["n", "e", "d", "p", "q", "k"]

  /// Reads one key. Its numbers are looked at only when it has to sign.
  package init(_ text: RawSpan) throws(KeyFault) {
    var (type, curve) = ("", "")
    var (isSet, hasBadKeyID) = (false, false)
    var keyID: String?
    var numbers = SecretMap<String>()
    do throws(JSONError) {
      var reader = JSONReader()
      try reader.object(text) { name, reader throws(JSONError) in
        switch name {
        case "kty": type = try reader.plainString(text)
        case "crv": curve = try reader.plainString(text)
        case "kid" where try reader.kind(text) != .string:
          hasBadKeyID = true
          try reader.skip(text)
        case "kid": keyID = try reader.plainString(text)
        case "keys":
          isSet = true
          try reader.skip(text)
        case _ where Self.secretMembers.contains(name):
          let value = try reader.string(text)
          if let bytes = value.withBytes({ SecretBuffer(base64: $0) }) {
            numbers.set(name, to: bytes)
          }
        default: try reader.skip(text)
        }
      }
      try reader.end(text)
    } catch {
      throw .notJWK
    }
    if isSet { throw .isKeySet }
    if type.isEmpty { throw .notJWK }
    if hasBadKeyID { throw .badKeyID }
    self.type = type
    self.curve = curve
    self.keyID = keyID
    self.numbers = numbers
  }

  /// The key, ready to sign; fails where it is public, damaged or of another kind than `algorithm` needs.
  package borrowing func signingKey(for algorithm: TokenAlgorithm) throws(KeyFault) -> SigningKey {
    guard let kind = KeyFileKind.kind(type, curve) else { throw .unknownForm }
    switch kind {
    case .shared: return try sharedKey(for: algorithm)
    case .rsa, .rsaPSS: return try rsaKey(for: algorithm)
    case .p256, .p384, .p521, .ed25519: return try key(kind, for: algorithm)
    }
  }

  private borrowing func sharedKey(for algorithm: TokenAlgorithm) throws(KeyFault) -> SigningKey {
    guard numbers.contains("k") else { throw .notJWK }
    return try numbers.withBytes(of: "k") { secret throws(KeyFault) in
      try SigningKey(shared: secret, for: algorithm)
    }
  }

  private borrowing func key(
    _ kind: KeyKind, for algorithm: TokenAlgorithm
  ) throws(KeyFault) -> SigningKey {
    guard numbers.contains("d") else { throw .isPublicJWK }
    return try numbers.withBytes(of: "d") { number throws(KeyFault) in
      try SigningKey(kind, number, for: algorithm)
    }
  }

  /// The two primes are found anew where the key leaves them out.
  private borrowing func rsaKey(for algorithm: TokenAlgorithm) throws(KeyFault) -> SigningKey {
    guard algorithm.keyKind == .rsa else { throw .wrongKind(.rsa, for: algorithm) }
    guard numbers.contains("d") else { throw .isPublicJWK }
    // One buffer, so that one borrowing reaches all numbers.
    let names = ["n", "e", "d", "p", "q"]
    var bytes = SecretWriter()
    let ranges = names.map { name in
      let start = bytes.count
      numbers.withBytes(of: name) { bytes.append($0) }
      return start..<bytes.count
    }
    let key = bytes.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { bytes -> _RSA.Signing.PrivateKey? in
        let parts = unsafe ranges.map { unsafe UnsafeRawBufferPointer(rebasing: bytes[$0]) }
        if unsafe parts[3].isEmpty || parts[4].isEmpty {
          return unsafe try? ._createFromNumbers(n: parts[0], e: parts[1], d: parts[2])
        }
        return unsafe try? _RSA.Signing.PrivateKey(
          n: parts[0], e: parts[1], d: parts[2], p: parts[3], q: parts[4])
      }
    }
    guard let key else { throw .badNumbers }
    return SigningKey(key, for: algorithm)
  }
}
