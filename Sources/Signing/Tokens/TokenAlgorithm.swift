/// How a token is signed (RFC 7518, section 3; RFC 8037 for EdDSA).
package enum TokenAlgorithm: String, CaseIterable, Sendable {
  case hs256 = "HS256"
  case hs384 = "HS384"
  case hs512 = "HS512"
  case rs256 = "RS256"
  case rs384 = "RS384"
  case rs512 = "RS512"
  case ps256 = "PS256"
  case ps384 = "PS384"
  case ps512 = "PS512"
  case es256 = "ES256"
  case es384 = "ES384"
  case es512 = "ES512"
  case edDSA = "EdDSA"

  /// Whether a key of the kind can sign this way. A key for RSA-PSS does so by PSS only.
  package func takes(_ kind: KeyKind) -> Bool {
    switch self {
    case .ps256, .ps384, .ps512: kind == .rsa || kind == .rsaPSS
    case .hs256, .hs384, .hs512, .rs256, .rs384, .rs512, .es256, .es384, .es512, .edDSA:
      kind == keyKind
    }
  }

  /// The fewest bytes that a shared secret has to have (RFC 7518, section 3.2); nil for keys that are not shared. Some
  /// servers refuse shorter ones, most do not.
  package var leastSecret: Int? {
    switch self {
    case .hs256: 32
    case .hs384: 48
    case .hs512: 64
    case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512, .es256, .es384, .es512, .edDSA: nil
    }
  }

  /// The kind of key that signs this way.
  package var keyKind: KeyKind {
    switch self {
    case .hs256, .hs384, .hs512: .shared
    case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: .rsa
    case .es256: .p256
    case .es384: .p384
    case .es512: .p521
    case .edDSA: .ed25519
    }
  }
}
