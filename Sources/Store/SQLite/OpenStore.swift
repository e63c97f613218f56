/// A store in a SQLite file that has been opened and found sound.
final class OpenStore: OpenedStore {
  let database: Database
  let header: StoreHeader
  let path: String

  init(database: consuming Database, header: StoreHeader, path: String) {
    self.database = database
    self.header = header
    self.path = path
  }

  /// Moves the log into the file, so that a copy of the file alone is whole. A reader may keep a part of it in the log
  /// for now; what was committed is on the disk either way.
  func settle() throws(StoreFailure) {
    _ = try database.number("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dropCache()
  }
}
