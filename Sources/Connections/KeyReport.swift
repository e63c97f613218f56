/// The keys of a store, for a person. Public parts only.
package struct KeyReport: Equatable, Sendable {
  /// Whom records are sealed to. Of the store, or before it exists of the identity; empty when neither is known.
  package var recipients: [KeyRecipient]
  /// Where the identity is, or would be.
  package var identityLocation: String
  /// How well the identity is kept.
  package var protection: KeyProtection
  /// Whether this machine remembers the store, so that changed recipients are noticed.
  package var isRemembered: Bool

  package init(
    recipients: [KeyRecipient], identityLocation: String, protection: KeyProtection,
    isRemembered: Bool
  ) {
    self.recipients = recipients
    self.identityLocation = identityLocation
    self.protection = protection
    self.isRemembered = isRemembered
  }
}
