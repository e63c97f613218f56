internal import Credentials
internal import Crypto

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
    self.init(id: Random.hex(16), created: .now(), recipients: recipients)
  }

  /// Reads and checks the one row. Nil when it is not as it was written.
  init?(_ database: borrowing Database) throws(SQLiteError) {
    var row = try database.prepare(
      "SELECT id, created, recipients, digest FROM store WHERE key = 1")
    guard try row.step() else { return nil }
    id = row.text(0)
    created = Timestamp(secondsSinceEpoch: row.number(1))
    let lines = row.text(2).split(separator: "\n", omittingEmptySubsequences: false)
    recipients = lines.compactMap { AgeRecipient(String($0)) }
    guard recipients.count == lines.count, !recipients.isEmpty, row.bytes(3) == digest else {
      return nil
    }
  }

  func write(to database: borrowing Database, needs release: String) throws(SQLiteError) {
    var row = try database.prepare(
      """
      INSERT INTO store (key, id, created, needs, recipients, digest) VALUES (1, ?, ?, ?, ?, ?)
      """)
    try row.bind(id, at: 0)
    try row.bind(created.secondsSinceEpoch, at: 1)
    try row.bind(release, at: 2)
    try row.bind(recipientText, at: 3)
    try row.bind(digest, at: 4)
    try row.run()
  }

  /// A short name for the set of recipients: tells which records were sealed to which set.
  var recipientID: String { SHA256.hash(data: Array(recipientText.utf8)).prefix(8).hex }

  private var recipientText: String { recipients.map(\.text).joined(separator: "\n") }

  /// Against flipped bits, not against people.
  private var digest: [UInt8] {
    let text = "\(id)\n\(created.secondsSinceEpoch)\n\(recipientText)"
    return Array(SHA256.hash(data: Array(text.utf8)))
  }
}
