internal import Basics
internal import Connections

/// The drafts' table: one sealed draft a name.
extension OpenStore {
  func draft(_ name: ConnectionName) throws(StoreFailure) -> [UInt8]? {
    var statement = try database.prepare(
      "SELECT record FROM drafts WHERE provider = ? AND name = ?")
    try statement.bind(name)
    if try statement.step() { return statement.bytes(0) }
    // The rows themselves, past their index. There are a few at most.
    let count = try database.number("SELECT count(*) FROM drafts NOT INDEXED")
    let isWhole = try count == database.number("SELECT drafts FROM counts")
    guard isWhole, try !isDraftOutsideIndex(name) else {
      throw .explained(.damagedStore(path, why: "what was typed before is not all there"))
    }
    return nil
  }

  private func isDraftOutsideIndex(_ name: ConnectionName) throws(StoreFailure) -> Bool {
    var statement = try database.prepare(
      "SELECT 1 FROM drafts NOT INDEXED WHERE provider = ? AND name = ?")
    try statement.bind(name)
    return try statement.step()
  }

  func deleteDraft(_ name: ConnectionName) throws(StoreFailure) {
    try change { () throws(StoreFailure) in try dropDraft(name) }
  }

  func moveDraft(
    _ name: ConnectionName, to new: ConnectionName, _ record: [UInt8]?, at time: Timestamp
  ) throws(StoreFailure) {
    try dropDraft(name)
    try dropDraft(new)
    if let record { try putDraft(record, new, at: time) }
  }

  func putDraft(
    _ record: [UInt8], _ name: ConnectionName, at time: Timestamp
  ) throws(StoreFailure) {
    try requireRoom(for: record.count)
    var statement = try database.prepare(
      """
      INSERT INTO drafts (provider, name, changed, record) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (provider, name) DO UPDATE SET changed = ?3, record = ?4
      """)
    try statement.bind(name)
    try statement.bind(time.secondsSinceEpoch, at: 2)
    try statement.bind(record, at: 3)
    try statement.run()
    note(.draft(name), record)
  }

  func dropDraft(_ name: ConnectionName) throws(StoreFailure) {
    var statement = try database.prepare("DELETE FROM drafts WHERE provider = ? AND name = ?")
    try statement.bind(name)
    try statement.run()
    note(.draft(name), nil)
  }
}

extension Statement {
  /// Binds provider and name to the first two parameters.
  mutating func bind(_ name: ConnectionName) throws(StoreFailure) {
    try bind(name.provider, at: 0)
    try bind(name.name, at: 1)
  }
}
