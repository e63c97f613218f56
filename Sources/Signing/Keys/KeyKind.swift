/// What a key is made for.
package enum KeyKind: Equatable, Sendable {
  /// The same bytes on both sides: HMAC.
  case shared
  /// RSA that may sign by PKCS #1 v1.5 and by PSS (RFC 8017).
  case rsa
  /// RSA whose key says that it signs by PSS only. Who checks a signature of RSASSA-PKCS1-v1_5 refuses it.
  case rsaPSS
  /// The curves of FIPS 186-5, for ECDSA.
  case p256, p384, p521
  /// EdDSA (RFC 8032).
  case ed25519

  /// `an RSA key`
  package var name: String {
    switch self {
    case .shared: "a shared secret"
    case .rsa: "an RSA key"
    case .rsaPSS: "an RSA-PSS key"
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
    case .rsaPSS: .ps256
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
    case .shared, .rsa, .rsaPSS: nil
    }
  }

  /// The command that makes a new key of the kind, for programs that take PKCS #8; nil where none is made here.
  package var command: String? {
    switch self {
    case .shared, .rsaPSS: nil
    case .rsa: "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem"
    case .p256: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem"
    case .p384: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem"
    case .p521: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem"
    case .ed25519: "openssl genpkey -algorithm ed25519 -out key.pem"
    }
  }
}
