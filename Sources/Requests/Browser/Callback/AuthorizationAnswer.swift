package import Secrets

/// What a provider gave the browser for us. The code is good once and for minutes: it is redeemed at once, and wiped
/// with its owner.
package struct AuthorizationAnswer: ~Copyable, Sendable {
  /// The code, or the verifier of OAuth 1.0a. Empty where the provider gives settings alone.
  let code: SecretBuffer
  /// Settings that stand in the address, by name.
  package let settings: SecretMap<String>
  /// False for a code that came without the address around it: nothing proves that it belongs to the question. Whoever
  /// pasted it has to say so.
  package let isStateChecked: Bool
  /// Whether it was put together again: a terminal or a mail had broken it into lines.
  package let isRepaired: Bool
}
