package import Connections

/// What a change of the store's keys did.
package struct KeyChange: Equatable, Sendable {
  /// `age1…` and the like, whom the store is sealed to now.
  package var recipients: [String]
  /// How many sealed things were sealed anew.
  package var resealed: Int
  /// Sorted: the connections whose values a key that is gone may have opened before, which only their providers can end.
  package var seen: [ConnectionName]
  /// The same of applications.
  package var seenApplications: [ApplicationName]
  /// Whether the key that was replaced stays in the identity file: another store of this machine is sealed to it, or the
  /// file could not be written a second time.
  package var keepsOldKey: Bool

  package init(
    recipients: [String], resealed: Int, seen: [ConnectionName] = [],
    seenApplications: [ApplicationName] = [], keepsOldKey: Bool = false
  ) {
    self.recipients = recipients
    self.resealed = resealed
    self.seen = seen
    self.seenApplications = seenApplications
    self.keepsOldKey = keepsOldKey
  }
}
