internal import Connections

/// Where SQLite keeps what is sealed: each kind in a table of its own.
extension OpenStore {
  /// What has just been put in, as it lies there; nil where nothing does.
  func file(of content: SealedContent) throws(StoreFailure) -> [UInt8]? {
    var statement = try select(content)
    return try statement.step() ? statement.bytes(0) : nil
  }

  private func select(_ content: SealedContent) throws(StoreFailure) -> Statement {
    switch content {
    case .record(let name):
      return try select("record", .name(name), from: "connections JOIN records USING (number)")
    case .token(let name):
      return try select("token", .name(name), from: "connections JOIN tokens USING (number)")
    case .formerRecord(let name):
      return try select("record", .name(name), from: OpenStore.formerGenerations)
    case .formerToken(let name):
      return try select("token", .name(name), from: OpenStore.formerGenerations)
    case .application(let name):
      var statement = try database.prepare("SELECT application FROM applications WHERE name = ?")
      try statement.bind(name.description, at: 0)
      return statement
    case .draft(let name):
      var statement = try database.prepare(
        "SELECT record FROM drafts WHERE provider = ? AND name = ?")
      try statement.bind(name)
      return statement
    case .rowKey: return try database.prepare("SELECT file FROM row_key")
    }
  }
}
