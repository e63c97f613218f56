package import Basics
package import Secrets

/// The token by which a client proves who it is in place of a secret: `private_key_jwt` (RFC 7523, section 2.2).
package enum ClientAssertion {
  /// How long it is good for, in seconds. Servers refuse more than an hour.
  package static let lifetime: Int64 = 300

  /// - Parameters:
  ///   - key: a JSON Web Key; its `kid` goes into the header.
  ///   - tokenURL: who is to believe it.
  ///   - id: a value that is never used twice, such as a random UUID.
  package static func make(
    clientID: RawSpan, key: RawSpan, tokenURL: RawSpan, id: String, now: Timestamp
  ) throws(SigningError) -> SecretBuffer {
    let key = try SigningError.ofKey { () throws(KeyFault) in try JSONWebKey(key) }
    var header = SecretJSONWriter()
    header.beginObject()
    header.key("alg")
    header.string(TokenAlgorithm.rs256.rawValue)
    header.key("typ")
    header.string("JWT")
    if let keyID = key.keyID {
      header.key("kid")
      header.string(keyID)
    }
    header.endObject()
    var payload = SecretJSONWriter()
    payload.beginObject()
    for name in ["iss", "sub"] {
      payload.key(name)
      payload.string(clientID)
    }
    payload.key("aud")
    payload.string(tokenURL)
    payload.key("iat")
    payload.number(now.secondsSinceEpoch)
    payload.key("exp")
    payload.number(now.secondsSinceEpoch + lifetime)
    payload.key("jti")
    payload.string(id)
    payload.endObject()
    guard let header = header.finish(), let payload = payload.finish() else { throw .tooLong }
    let signingKey = try SigningError.ofKey { () throws(KeyFault) in try key.signingKey(for: .rs256)
    }
    return try header.withBytes { header throws(SigningError) in
      try payload.withBytes { payload throws(SigningError) in
        try WebToken.sign(header: header, payload: payload, with: signingKey)
      }
    }
  }
}
