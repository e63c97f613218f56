internal import Basics
internal import Connections

/// The drafts' table: one sealed draft a name.
extension OpenStore {
  func draft(_ name: ConnectionName) throws(StoreFailure) -> [UInt8]? {
    var statement = try database.prepare(
      "SELECT record FROM drafts WHERE provider = ? AND name = ?")
    try statement.bind(name)
    return try statement.step() ? statement.bytes(0) : nil
  }

  func writeDraft(
    _ record: [UInt8], _ name: ConnectionName, at time: Timestamp
  ) throws(StoreFailure) {
    try change { () throws(StoreFailure) in
      var statement = try database.prepare(
        "REPLACE INTO drafts (provider, name, changed, record) VALUES (?, ?, ?, ?)")
      try statement.bind(name)
      try statement.bind(time.secondsSinceEpoch, at: 2)
      try statement.bind(record, at: 3)
      try statement.run()
    }
  }

  func deleteDraft(_ name: ConnectionName) throws(StoreFailure) {
    try change { () throws(StoreFailure) in
      var statement = try database.prepare("DELETE FROM drafts WHERE provider = ? AND name = ?")
      try statement.bind(name)
      try statement.run()
    }
  }
}

extension Statement {
  /// Binds provider and name to the first two parameters.
  mutating func bind(_ name: ConnectionName) throws(StoreFailure) {
    try bind(name.provider, at: 0)
    try bind(name.name, at: 1)
  }
}
