package import Basics
package import Secrets

/// What a person needs to agree on another device (RFC 8628, section 3.2).
package struct DeviceCode: ~Copyable, Sendable {
  /// To be typed there. Whoever has it can agree in this account's name: shown, and not kept.
  package let userCode: SecretBuffer
  /// Where it is typed; made fit to be shown.
  package let address: String
  /// The same with the code in it, for those that can copy; nil where the provider gives none.
  package let completeAddress: SecretBuffer?
  /// When it is of no use any more.
  package let expires: Timestamp
}
