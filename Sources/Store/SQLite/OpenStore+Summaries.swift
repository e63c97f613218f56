internal import Basics
internal import Connections

/// What a list shows, beside the records.
extension OpenStore {
  func rowKey() throws(StoreFailure) -> [UInt8]? {
    var statement = try database.prepare("SELECT file FROM row_key WHERE key = 1")
    return try statement.step() ? statement.bytes(0) : nil
  }

  func putRowKey(_ file: [UInt8]) throws(StoreFailure) {
    var statement = try database.prepare("REPLACE INTO row_key (key, file) VALUES (1, ?)")
    try statement.bind(file, at: 0)
    try statement.run()
    note(.rowKey, file)
    // No other key opens what another key has sealed.
    try database.execute("UPDATE connections SET summary = NULL WHERE summary IS NOT NULL")
  }

  func putSummary(_ summary: [UInt8], of entry: ConnectionIndexEntry) throws(StoreFailure) {
    var statement = try database.prepare(
      """
      UPDATE connections SET summary = ?3
      WHERE provider = ?1 AND name = ?2 AND version = ?4 AND changed = ?5
      """)
    try statement.bind(entry.name)
    try statement.bind(summary, at: 2)
    try statement.bind(Int64(entry.version), at: 3)
    try statement.bind(entry.changed.secondsSinceEpoch, at: 4)
    try statement.run()
  }

  func changeIfFree(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) {
    database.isPatient = false
    defer { database.isPatient = true }
    try change(body)
  }
}
