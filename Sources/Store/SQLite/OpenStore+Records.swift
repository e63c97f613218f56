internal import Connections

/// The connections' table. Nothing here knows a plaintext.
extension OpenStore {
  func rows(_ selection: ConnectionSelection) throws(StoreFailure) -> [IndexRow] {
    var statement = try select(IndexRow.columns, selection)
    var rows: [IndexRow] = []
    while try statement.step() {
      guard let row = IndexRow(statement) else {
        throw .explained(.damagedStore(path, why: "a row of its index has been changed"))
      }
      rows.append(row)
    }
    return rows
  }

  func sealed(_ name: ConnectionName) throws(StoreFailure) -> (row: IndexRow, record: [UInt8]) {
    var statement = try select("\(IndexRow.columns), record", .name(name))
    guard try statement.step() else { throw .explained(.notFound(name)) }
    return (try sound(IndexRow(statement), name), statement.bytes(8))
  }

  func replace(
    _ name: ConnectionName,
    with make: (IndexRow?) throws(StoreFailure) -> (row: IndexRow, record: [UInt8])
  ) throws(StoreFailure) -> Bool {
    var written: [UInt8] = []
    let before = try change { () throws(StoreFailure) in
      let existing = try row(name)
      let (row, record) = try make(existing)
      try write(row, record, isNew: existing == nil)
      written = record
    }
    return try isOnDisk(written, name, since: before)
  }

  /// Needs no room: the journal has its own. Should that not do, because the record is long, its pages are not written
  /// over but only given up; what stays in them is sealed.
  func remove(_ name: ConnectionName) throws(StoreFailure) {
    do {
      try delete(name)
    } catch {
      guard case .engine(_, _, isFull: true) = error else { throw error }
      try database.execute("PRAGMA secure_delete = OFF")
      defer { try? database.execute("PRAGMA secure_delete = ON") }
      try delete(name)
    }
  }

  private func delete(_ name: ConnectionName) throws(StoreFailure) {
    try change { () throws(StoreFailure) in
      var statement = try database.prepare(
        "DELETE FROM connections WHERE provider = ? AND name = ?")
      try statement.bind(name)
      try statement.run()
      guard try database.number("SELECT changes()") == 1 else { throw .explained(.notFound(name)) }
    }
  }

  /// The row of a name, or nil.
  private func row(_ name: ConnectionName) throws(StoreFailure) -> IndexRow? {
    var statement = try select(IndexRow.columns, .name(name))
    return try statement.step() ? try sound(IndexRow(statement), name) : nil
  }

  /// Within a transaction of the caller.
  private func write(_ row: IndexRow, _ record: [UInt8], isNew: Bool) throws(StoreFailure) {
    let insert = "INSERT INTO connections (\(IndexRow.columns), record) VALUES (?,?,?,?,?,?,?,?,?)"
    let update = """
      UPDATE connections SET (\(IndexRow.columns), record) = (?1,?2,?3,?4,?5,?6,?7,?8,?9)
      WHERE provider = ?2 AND name = ?3
      """
    var statement = try database.prepare(isNew ? insert : update)
    try row.bind(to: &statement)
    try statement.bind(record, at: 8)
    try statement.run()
  }

  /// Whether the file is whole and a record reads back as it was written, or has been changed by somebody else since.
  ///
  /// - Parameter before: the count of the file's changes before it was written.
  private func isOnDisk(
    _ record: [UInt8], _ name: ConnectionName, since before: UInt32
  ) throws(StoreFailure) -> Bool {
    // A page that the disk has lost need not be one of this record.
    guard try database.isSound() else { return false }
    var statement = try select("record", .name(name))
    if try statement.step(), statement.bytes(0) == record { return true }
    return try database.changeCounter() &- before > 1
  }

  private func sound(_ row: IndexRow?, _ name: ConnectionName) throws(StoreFailure) -> IndexRow {
    guard let row, row.name == name else {
      throw .explained(.damaged(name, why: "its row in the index has been changed"))
    }
    return row
  }

  /// Provider and name are a unique index, which serves a provider alone too.
  private func select(
    _ columns: String, _ selection: ConnectionSelection
  ) throws(StoreFailure) -> Statement {
    let all = "SELECT \(columns) FROM connections"
    switch selection {
    case .all: return try database.prepare(all)
    case .provider(let provider):
      var statement = try database.prepare("\(all) WHERE provider = ?")
      try statement.bind(provider, at: 0)
      return statement
    case .name(let name):
      var statement = try database.prepare("\(all) WHERE provider = ? AND name = ?")
      try statement.bind(name)
      return statement
    }
  }
}
