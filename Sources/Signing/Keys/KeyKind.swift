/// What a key is made for.
package enum KeyKind: Equatable, Sendable {
  /// The same bytes on both sides: HMAC.
  case shared
  case rsa
  case p256, p384, p521
  case ed25519

  /// `an RSA key`
  var name: String {
    switch self {
    case .shared: "a shared secret"
    case .rsa: "an RSA key"
    case .p256: "an EC key for P-256"
    case .p384: "an EC key for P-384"
    case .p521: "an EC key for P-521"
    case .ed25519: "an Ed25519 key"
    }
  }

  /// One that keys of this kind sign by; nil for a shared secret.
  var algorithm: TokenAlgorithm? {
    switch self {
    case .shared: nil
    case .rsa: .rs256
    case .p256: .es256
    case .p384: .es384
    case .p521: .es512
    case .ed25519: .edDSA
    }
  }

  /// Bytes of the private number on a curve; nil for other kinds.
  var privateSize: Int? {
    switch self {
    case .p256, .ed25519: 32
    case .p384: 48
    case .p521: 66
    case .shared, .rsa: nil
    }
  }
}
