internal import Basics

/// What a store says of itself: its identifier and whom its records are sealed to.
///
/// None of it is a secret and all of it is clear, so nothing here is believed alone: the identifier is repeated in every
/// sealed record, the recipients are compared with the identity and with what this machine remembers.
struct StoreHeader: Equatable {
  let id: String
  let created: Timestamp
  let recipients: [AgeRecipient]

  init(id: String, created: Timestamp, recipients: [AgeRecipient]) {
    self.id = id
    self.created = created
    self.recipients = recipients
  }

  /// Of a new store.
  init(recipients: [AgeRecipient]) {
    self.init(id: SystemRandom.hex(16), created: .now(), recipients: recipients)
  }

  /// A short name for the set of recipients: tells which records were sealed to which set.
  var recipientID: String { recipientText.sha256.prefix(8).hex }

  var recipientText: String { recipients.map(\.text).joined(separator: "\n") }

  /// Against flipped bits, not against people.
  var digest: [UInt8] {
    "\(id)\n\(created.secondsSinceEpoch)\n\(recipientText)".sha256
  }
}
