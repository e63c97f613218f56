internal import Basics
internal import Secrets
internal import Signing

/// A JSON Web Token of claims that are made here, by RS256.
enum SignedClaims {
  /// - Parameter key: a private key in PEM, also as forms garble it.
  static func sign(
    _ claims: borrowing SecretBuffer, with key: borrowing SecretBuffer
  ) throws(RequestError) -> SecretBuffer {
    let signer = try key.withBytes { pem throws(RequestError) in
      try RequestError.ofKey { () throws(KeyFault) in try SigningKey(pem: pem, for: .rs256) }
    }
    let header = SecretBuffer(text: #"{"alg":"RS256","typ":"JWT"}"#, capacity: 1)
    return try header.withBytes { header throws(RequestError) in
      try claims.withBytes { claims throws(RequestError) in
        try RequestError.ofSigning { () throws(SigningError) in
          try WebToken.sign(header: header, payload: claims, with: signer)
        }
      }
    }
  }
}
