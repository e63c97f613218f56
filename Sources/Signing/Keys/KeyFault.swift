/// Why a key cannot sign. Says what the key is, never what is in it.
package enum KeyFault: Error, Equatable, Sendable {
  /// Neither a PEM file nor the Base64 of a key.
  case notPEM
  /// Protected with a passphrase, which nobody could be asked for when it has to sign.
  case encrypted
  /// The public half in PEM.
  case isPublic
  case isCertificate
  /// A key of an algorithm or a form that is not known here.
  case unknownForm
  /// A good key, by which the algorithm does not sign.
  case wrongKind(KeyKind, for: TokenAlgorithm)
  /// Its numbers do not belong together, or it is an RSA key below 1024 bits.
  case badNumbers
  case notJWK
  /// The public half of a JSON Web Key.
  case isPublicJWK
  /// Several JSON Web Keys, of which one is wanted.
  case isKeySet
  /// A JSON Web Key whose `kid` is no text.
  case badKeyID
  /// Where a key is written in hexadecimal digits, something else or an odd number of them.
  case notHex
  /// Not `id:secret`.
  case notPair
  case empty

  /// The end of a sentence: `the private key is not a PEM key`.
  package var sentence: String {
    switch self {
    case .notPEM: "the private key is not a PEM key"
    case .encrypted: "the private key is protected with a passphrase"
    case .isPublic: "the private key is wanted, and this is the public one"
    case .isCertificate: "the private key is wanted, and this is a certificate"
    case .unknownForm: "the private key is of a kind that is not known here"
    case .wrongKind(let kind, let algorithm):
      "the private key is \(kind.name), but \(algorithm.rawValue) needs \(algorithm.keyKind.name)"
    case .badNumbers: "the private key is damaged or too short"
    case .notJWK: "the private key is not a JSON Web Key with its private half"
    case .isPublicJWK: "the private JSON Web Key is wanted, and this is the public one"
    case .isKeySet: "this is a set of JSON Web Keys, and one of them is wanted"
    case .badKeyID: "the kid of the JSON Web Key is no text in quotes"
    case .notHex: "the signing key is not written in hexadecimal digits"
    case .notPair: "the key is not an id and a secret with a colon between them"
    case .empty: "the signing key is empty"
    }
  }

  /// One thing to do, as a sentence without a period.
  package var advice: String {
    switch self {
    case .encrypted:
      "take the passphrase off with openssl pkey -in key.pem -out plain.pem; the key is sealed when it is stored"
    case .notPEM, .isPublic, .isCertificate:
      "paste the whole file, from -----BEGIN PRIVATE KEY----- to its END line"
    case .wrongKind(_, let algorithm) where algorithm.keyKind.command != nil:
      "make a new key as the guide says, or with \(algorithm.keyKind.command ?? "")"
    case .unknownForm, .wrongKind, .badNumbers: "make a new key as the guide says"
    case .notJWK: "paste the key as JSON, from its first brace to its last"
    case .isPublicJWK: "paste the key that has the member d; the public one goes to the provider"
    case .isKeySet: "take one out, for example with jq '.keys[0]' keys.json"
    case .badKeyID: "put it in quotes, for example with jq '.kid |= tostring' key.json"
    case .notHex, .notPair, .empty: "copy the key again, whole"
    }
  }
}
