internal import Credentials

/// A store that has been opened and found sound.
struct OpenStore: ~Copyable {
  let database: Database
  let header: StoreHeader
  let path: String

  borrowing func transaction(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) {
    try database.transaction(body)
  }
}

extension Database {
  /// Runs `body` in a transaction that holds the write lock from its beginning: all of it happens, or nothing.
  borrowing func transaction(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) {
    try sql { () throws(SQLiteError) in try execute("BEGIN IMMEDIATE") }
    do {
      try body()
      try sql { () throws(SQLiteError) in try execute("COMMIT") }
    } catch {
      // This fails only when SQLite has rolled back already.
      try? execute("ROLLBACK")
      throw error
    }
  }
}
