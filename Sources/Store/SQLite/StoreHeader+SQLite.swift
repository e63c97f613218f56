internal import Basics

/// The one row of the table `store`.
extension StoreHeader {
  /// Reads and checks the row. Nil when it is not as it was written.
  init?(_ database: borrowing Database) throws(StoreFailure) {
    var row = try database.prepare(
      "SELECT id, created, recipients, digest FROM store WHERE key = 1")
    guard try row.step() else { return nil }
    let lines = row.text(2).split(separator: "\n", omittingEmptySubsequences: false)
    self.init(
      id: row.text(0), created: Timestamp(secondsSinceEpoch: row.number(1)),
      recipients: lines.compactMap { AgeRecipient(String($0)) })
    guard recipients.count == lines.count, !recipients.isEmpty, row.bytes(3) == digest else {
      return nil
    }
  }

  func write(to database: borrowing Database, needs release: String) throws(StoreFailure) {
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
}
