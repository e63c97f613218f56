internal import Connections

/// The table of former generations, and rows that get another name.
extension OpenStore {
  static let formerGenerations = "connections JOIN former_generations USING (number)"

  func former(_ name: ConnectionName) throws(StoreFailure) -> FormerRow {
    var statement = try select(
      "\(IndexRow.columns), record, token_version, token", .name(name),
      from: "connections LEFT JOIN former_generations USING (number)")
    guard try statement.step() else {
      try requireWhole()
      throw .explained(.notFound(name))
    }
    let row = try sound(IndexRow(statement), name)
    return FormerRow(
      connection: row, kept: SealedGeneration(statement, from: IndexRow.columnCount))
  }

  func removeFormer(_ name: ConnectionName) throws(StoreFailure) -> Bool {
    var isRemoved = false
    try changeWithoutRoom { () throws(StoreFailure) in
      guard try row(name) != nil else {
        try requireWhole()
        throw .explained(.notFound(name))
      }
      var statement = try database.prepare(
        """
        DELETE FROM former_generations
        WHERE number = (SELECT number FROM connections WHERE provider = ? AND name = ?)
        """)
      try statement.bind(name)
      try statement.run()
      isRemoved = try database.number("SELECT changes()") == 1
    }
    return isRemoved
  }

  func rename(
    _ name: ConnectionName, to row: IndexRow, _ record: [UInt8], summary: [UInt8]?
  ) throws(StoreFailure) {
    try requireRoom(for: record.count)
    var statement = try database.prepare(
      """
      UPDATE connections SET (\(IndexRow.columns), summary) = (?1,?2,?3,?4,?5,?6,?7,?8,?9)
      WHERE provider = ?10 AND name = ?11
      """)
    try row.bind(to: &statement)
    try statement.bind(summary, at: 8)
    try statement.bind(name.provider, at: 9)
    try statement.bind(name.name, at: 10)
    try statement.run()
    try putRecord(record, of: row.name)
  }

  /// Makes what is stored under a name its former generation, as it is sealed; nothing where nothing is stored. Its tokens
  /// are then gone from their own place. Within a change.
  func keepFormer(_ name: ConnectionName) throws(StoreFailure) {
    guard let generation = try generation(name) else { return }
    try requireRoom(for: generation.record.count + (generation.token?.file.count ?? 0))
    var statement = try database.prepare(
      """
      INSERT INTO former_generations (number, record, token_version, token)
        SELECT number, ?3, ?4, ?5 FROM connections WHERE provider = ?1 AND name = ?2
      ON CONFLICT (number) DO UPDATE SET record = ?3, token_version = ?4, token = ?5
      """)
    try statement.bind(name)
    try statement.bind(generation.record, at: 2)
    if let token = generation.token {
      try statement.bind(token.version, at: 3)
      try statement.bind(token.file, at: 4)
    }
    try statement.run()
    note(.formerRecord(name), generation.record)
    note(.formerToken(name), generation.token?.file)
    try deleteToken(name)
    // Of what the same change had put in.
    written[.token(name)] = nil
  }

  /// What is stored under a name now. A record that is missing leaves nothing to keep.
  private func generation(_ name: ConnectionName) throws(StoreFailure) -> SealedGeneration? {
    var statement = try select(
      "record, token_version, token", .name(name),
      from: "connections JOIN records USING (number) LEFT JOIN tokens USING (number)")
    return try statement.step() ? SealedGeneration(statement, from: 0) : nil
  }
}

extension SealedGeneration {
  /// The three columns from one on: record, version and file of its tokens. Nil where there is no record.
  fileprivate init?(_ row: borrowing Statement, from column: Int32) {
    guard !row.isNull(column) else { return nil }
    record = row.bytes(column)
    token =
      row.isNull(column + 2)
      ? nil : SealedToken(version: row.number(column + 1), file: row.bytes(column + 2))
  }
}
