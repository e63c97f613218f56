internal import Basics
package import Drafts
internal import Secrets
internal import Signing

/// What binds a code to whoever asked for it (PKCE, RFC 7636): the provider is told a digest with the question, and the
/// verifier itself when the code is redeemed. Wiped with its owner.
package struct ProofKey: ~Copyable, Sendable {
  /// 43 to 128 unreserved characters (section 4.1).
  let verifier: SecretBuffer

  /// How the digest is made, as the address of the question calls it. The other way there is, `plain`, shows the
  /// verifier to whoever sees the address.
  static let method = "S256"

  /// 256 bits of chance.
  package init(from random: inout RandomSource) {
    var text = SecretWriter(limit: 64)
    random.secret(32).withBytes { text.append(base64URL: $0) }
    verifier = text.withBytes { SecretBuffer(copying: $0) }
  }

  /// A verifier that was made before.
  init(verifier: consuming SecretBuffer) { self.verifier = verifier }

  /// The digest, which is no secret.
  var challenge: String {
    let digest = verifier.withBytes { Digests.sha256($0) }
    var text: [UInt8] = []
    digest.withBytes { text.append(base64URL: $0) }
    return String(decoding: text, as: UTF8.self)
  }
}
