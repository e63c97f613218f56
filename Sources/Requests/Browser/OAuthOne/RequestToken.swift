internal import Secrets

/// The temporary token of OAuth 1.0a: the browser carries it to the provider and back, and it signs the request for the
/// real one. Wiped with its owner.
package struct RequestToken: ~Copyable, Sendable {
  let token: SecretBuffer
  /// Kept until the real one is there.
  let secret: SecretBuffer
  /// What the redirect has to repeat; the provider was told it with the request for this token.
  let state: SecretBuffer
}
