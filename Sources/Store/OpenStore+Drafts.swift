internal import Credentials

/// The drafts' table: one sealed draft a name.
extension OpenStore {
  borrowing func writeDraft(
    _ record: [UInt8], _ name: ConnectionName, at time: Timestamp
  ) throws(StoreFailure) {
    try sql { () throws(SQLiteError) in
      var statement = try database.prepare(
        "REPLACE INTO drafts (provider, name, changed, record) VALUES (?, ?, ?, ?)")
      try statement.bind(name.provider, at: 0)
      try statement.bind(name.name, at: 1)
      try statement.bind(time.secondsSinceEpoch, at: 2)
      try statement.bind(record, at: 3)
      try statement.run()
    }
  }

  borrowing func draft(_ name: ConnectionName) throws(StoreFailure) -> [UInt8]? {
    try sql { () throws(SQLiteError) in
      var statement = try database.prepare(
        "SELECT record FROM drafts WHERE provider = ? AND name = ?")
      try statement.bind(name.provider, at: 0)
      try statement.bind(name.name, at: 1)
      return try statement.step() ? statement.bytes(0) : nil
    }
  }

  borrowing func deleteDraft(_ name: ConnectionName) throws(StoreFailure) {
    try sql { () throws(SQLiteError) in
      var statement = try database.prepare("DELETE FROM drafts WHERE provider = ? AND name = ?")
      try statement.bind(name.provider, at: 0)
      try statement.bind(name.name, at: 1)
      try statement.run()
    }
  }
}
