internal import Credentials

/// Reading and writing rows. Nothing here knows a plaintext.
extension OpenStore {
  /// All rows.
  borrowing func rows() throws(StoreFailure) -> [IndexRow] {
    var rows: [IndexRow?] = []
    try sql { () throws(SQLiteError) in
      var statement = try database.prepare("SELECT \(IndexRow.columns) FROM connections")
      while try statement.step() { rows.append(IndexRow(statement)) }
    }
    let sound = rows.compactMap(\.self)
    guard sound.count == rows.count else {
      throw .explained(.damagedStore(path, why: "a row of its index has been changed"))
    }
    return sound
  }

  /// The row of a name, or nil.
  borrowing func row(_ name: ConnectionName) throws(StoreFailure) -> IndexRow? {
    let found = try sql { () throws(SQLiteError) -> [IndexRow?] in
      var statement = try select(IndexRow.columns, name)
      return try statement.step() ? [IndexRow(statement)] : []
    }
    return found.isEmpty ? nil : try sound(found[0], name)
  }

  /// A row and its sealed record.
  /// - Throws: `.notFound`
  borrowing func sealed(
    _ name: ConnectionName
  ) throws(StoreFailure) -> (row: IndexRow, record: [UInt8]) {
    let found = try sql { () throws(SQLiteError) -> (row: IndexRow?, record: [UInt8])? in
      var statement = try select("\(IndexRow.columns), record", name)
      return try statement.step() ? (IndexRow(statement), statement.bytes(8)) : nil
    }
    guard let found else { throw .explained(.notFound(name)) }
    return (try sound(found.row, name), found.record)
  }

  /// Puts a record in, or in place of the one of the same name. Within a transaction of the caller.
  borrowing func write(_ row: IndexRow, _ record: [UInt8], isNew: Bool) throws(StoreFailure) {
    let insert = "INSERT INTO connections (\(IndexRow.columns), record) VALUES (?,?,?,?,?,?,?,?,?)"
    let update = """
      UPDATE connections SET (\(IndexRow.columns), record) = (?1,?2,?3,?4,?5,?6,?7,?8,?9)
      WHERE provider = ?2 AND name = ?3
      """
    try sql { () throws(SQLiteError) in
      var statement = try database.prepare(isNew ? insert : update)
      try row.bind(to: &statement)
      try statement.bind(record, at: 8)
      try statement.run()
    }
  }

  /// Takes a record out; false when there is none.
  borrowing func delete(_ name: ConnectionName) throws(StoreFailure) -> Bool {
    try sql { () throws(SQLiteError) in
      var statement = try database.prepare(
        "DELETE FROM connections WHERE provider = ? AND name = ?")
      try statement.bind(name.provider, at: 0)
      try statement.bind(name.name, at: 1)
      try statement.run()
      return try database.number("SELECT changes()") == 1
    }
  }

  /// Moves the log into the file, so that a copy of the file alone is whole. A reader may keep a part of it in the log
  /// for now; what was committed is on the disk either way.
  borrowing func settle() throws(StoreFailure) {
    try sql { () throws(SQLiteError) in
      _ = try database.number("PRAGMA wal_checkpoint(TRUNCATE)")
      database.dropCache()
    }
  }

  /// Whether the file is whole and a record reads back as it was written, or has been changed by somebody else since.
  ///
  /// - Parameter change: `changeNumber` from the transaction that wrote it.
  borrowing func isOnDisk(
    _ record: [UInt8], _ name: ConnectionName, since change: Int64?
  ) throws(StoreFailure) -> Bool {
    try sql { () throws(SQLiteError) in
      // A page that the disk has lost need not be one of this record.
      guard try database.isSound() else { return false }
      var statement = try select("record", name)
      if try statement.step(), statement.bytes(0) == record { return true }
      return try database.changeNumber() != change
    }
  }

  private func sound(_ row: IndexRow?, _ name: ConnectionName) throws(StoreFailure) -> IndexRow {
    guard let row, row.name == name else {
      throw .explained(.damaged(name, why: "its row in the index has been changed"))
    }
    return row
  }

  private borrowing func select(
    _ columns: String, _ name: ConnectionName
  ) throws(SQLiteError) -> Statement {
    var statement = try database.prepare(
      "SELECT \(columns) FROM connections WHERE provider = ? AND name = ?")
    try statement.bind(name.provider, at: 0)
    try statement.bind(name.name, at: 1)
    return statement
  }
}
