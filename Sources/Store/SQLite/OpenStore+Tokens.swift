internal import Connections

/// The tokens' table: one sealed row a connection at most.
extension OpenStore {
  func token(_ name: ConnectionName) throws(StoreFailure) -> TokenRow {
    var statement = try select(
      "\(IndexRow.columns), token_version, token", .name(name),
      from: "connections LEFT JOIN tokens USING (number)")
    guard try statement.step() else {
      try requireWhole()
      throw .explained(.notFound(name))
    }
    let column = IndexRow.columnCount
    let row = try sound(IndexRow(statement), name)
    guard !statement.isNull(column) else { return TokenRow(connection: row, kept: nil) }
    let kept = SealedToken(version: statement.number(column), file: statement.bytes(column + 1))
    return TokenRow(connection: row, kept: kept)
  }

  func tokens() throws(StoreFailure) -> [TokenRow] {
    var rows: [TokenRow] = []
    try database.reading { () throws(StoreFailure) in
      var statement = try database.prepare(
        "SELECT \(IndexRow.columns), token_version, token FROM tokens JOIN connections USING (number)"
      )
      let column = IndexRow.columnCount
      while try statement.step() {
        guard let row = IndexRow(statement) else { throw changedRow }
        let kept = SealedToken(
          version: statement.number(column), file: statement.bytes(column + 1))
        rows.append(TokenRow(connection: row, kept: kept))
      }
    }
    return rows
  }

  func putToken(
    _ token: SealedToken, of name: ConnectionName
  ) throws(StoreFailure) {
    try requireRoom(for: token.file.count)
    var statement = try database.prepare(
      """
      INSERT INTO tokens (number, token_version, token)
        SELECT number, ?3, ?4 FROM connections WHERE provider = ?1 AND name = ?2
      ON CONFLICT (number) DO UPDATE SET token_version = ?3, token = ?4
      """)
    try statement.bind(name)
    try statement.bind(token.version, at: 2)
    try statement.bind(token.file, at: 3)
    try statement.run()
    note(.token(name), token.file)
  }

  func removeToken(_ name: ConnectionName) throws(StoreFailure) -> Bool {
    var isRemoved = false
    try changeWithoutRoom { () throws(StoreFailure) in
      guard try row(name) != nil else {
        try requireWhole()
        throw .explained(.notFound(name))
      }
      try deleteToken(name)
      isRemoved = try database.number("SELECT changes()") == 1
    }
    return isRemoved
  }

  /// Within a change.
  func deleteToken(_ name: ConnectionName) throws(StoreFailure) {
    var statement = try database.prepare(
      """
      DELETE FROM tokens
      WHERE number = (SELECT number FROM connections WHERE provider = ? AND name = ?)
      """)
    try statement.bind(name)
    try statement.run()
  }
}
