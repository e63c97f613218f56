package import Basics
package import Secrets

/// The token of WS-Security's user name profile, as a header carries it: the password shows itself only in a digest.
package enum UsernameToken {
  /// - Parameter nonce: 16 random bytes in hexadecimal, never used twice.
  package static func make(
    username: RawSpan, password: RawSpan, nonce: String, now: Timestamp
  ) -> SecretBuffer? {
    let created = now.withMilliseconds
    var proof = SecretWriter()
    proof.append(text: nonce)
    proof.append(text: created)
    proof.append(password)
    // The digest is the Base64 of the hexadecimal text, not of the bytes: so it is asked for.
    var digits = SecretWriter()
    proof.withBytes { proof in Digests.sha1(proof).withBytes { digits.append(hex: $0) } }
    var token = SecretWriter()
    token.append(text: "UsernameToken Username=\"")
    token.append(username)
    token.append(text: "\", PasswordDigest=\"")
    digits.withBytes { token.append(base64: $0) }
    token.append(text: "\", Nonce=\"\(nonce)\", Created=\"\(created)\"")
    return token.finish()
  }
}
