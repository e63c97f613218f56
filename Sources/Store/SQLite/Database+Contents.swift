internal import Connections

/// All that lies sealed in a store, table by table. One thing at a time is in memory.
extension Database {
  private enum Table: CaseIterable {
    case records, tokens, formerGenerations, applications, drafts, rowKey

    /// What its rows are numbered by.
    var numbers: String {
      switch self {
      case .records: "SELECT number FROM records"
      case .tokens: "SELECT number FROM tokens"
      case .formerGenerations: "SELECT number FROM former_generations"
      case .applications: "SELECT rowid FROM applications NOT INDEXED"
      case .drafts: "SELECT rowid FROM drafts NOT INDEXED"
      case .rowKey: "SELECT key FROM row_key"
      }
    }
  }

  /// Visits everything, as it lies there. Rows that are not as they were written are left out.
  borrowing func eachSealed(
    _ visit: (SealBinding, [UInt8]) throws(StoreFailure) -> Void
  ) throws(StoreFailure) {
    try rewriteSealed { binding, stored throws(StoreFailure) in
      try visit(binding, stored)
      return nil
    }
  }

  /// Signs everything, as it lies there: of who brings a store to the format in which all is signed. Within a transaction.
  borrowing func signAll(by signer: ContentSigner) throws(StoreFailure) {
    try rewriteSealed { binding, file throws(StoreFailure) in
      switch binding.content {
      // Its own version is sealed with it; it was below the one that took its place.
      case .formerRecord: try signer.sign(file, binding, version: binding.version - 1)
      case .record, .token, .formerToken, .application, .draft, .rowKey:
        try signer.sign(file, binding)
      }
    }
  }

  /// - Parameter change: what is to lie in the place of something; nil leaves it.
  private borrowing func rewriteSealed(
    _ change: (SealBinding, [UInt8]) throws(StoreFailure) -> [UInt8]?
  ) throws(StoreFailure) {
    for table in Table.allCases {
      var numbers: [Int64] = []
      var statement = try prepare(table.numbers)
      while try statement.step() { numbers.append(statement.number(0)) }
      for number in numbers { try rewrite(table, number, change) }
    }
  }

  private borrowing func rewrite(
    _ table: Table, _ number: Int64,
    _ change: (SealBinding, [UInt8]) throws(StoreFailure) -> [UInt8]?
  ) throws(StoreFailure) {
    switch table {
    case .records:
      try rewrite(
        "SELECT \(IndexRow.columns), record FROM connections JOIN records USING (number) WHERE number = ?",
        "UPDATE records SET record = ? WHERE number = ?", number, change
      ) { row in
        IndexRow(row).map { (SealBinding(record: $0), row.bytes(IndexRow.columnCount)) }
      }
    case .tokens:
      try rewrite(
        "\(Database.tokens("tokens")) WHERE number = ?",
        "UPDATE tokens SET token = ? WHERE number = ?", number, change
      ) { row in
        Database.token(row).map { (SealBinding(token: $1, of: $0), $1.file) }
      }
    case .formerGenerations:
      try rewrite(
        "SELECT \(IndexRow.columns), record FROM \(OpenStore.formerGenerations) WHERE number = ?",
        "UPDATE former_generations SET record = ? WHERE number = ?", number, change
      ) { row in
        IndexRow(row).map { (SealBinding(formerRecordOf: $0), row.bytes(IndexRow.columnCount)) }
      }
      try rewrite(
        "\(Database.tokens("former_generations")) WHERE number = ? AND token IS NOT NULL",
        "UPDATE former_generations SET token = ? WHERE number = ?", number, change
      ) { row in
        Database.token(row).map { (SealBinding(formerToken: $1, of: $0), $1.file) }
      }
    case .applications:
      try rewrite(
        "SELECT \(ApplicationRow.columns), application FROM applications WHERE rowid = ?",
        "UPDATE applications SET application = ? WHERE rowid = ?", number, change
      ) { row in
        ApplicationRow(row).map {
          (SealBinding(application: $0), row.bytes(ApplicationRow.columnCount))
        }
      }
    case .drafts:
      try rewrite(
        "SELECT provider, name, record FROM drafts WHERE rowid = ?",
        "UPDATE drafts SET record = ? WHERE rowid = ?", number, change
      ) { row in
        ConnectionName(provider: row.text(0), name: row.text(1))
          .map { (SealBinding(draft: $0), row.bytes(2)) }
      }
    case .rowKey:
      try rewrite(
        "SELECT file FROM row_key WHERE key = ?", "UPDATE row_key SET file = ? WHERE key = ?",
        number, change
      ) { row in (SealBinding.rowKey, row.bytes(0)) }
    }
  }

  private static func tokens(_ table: String) -> String {
    "SELECT \(IndexRow.columns), token_version, token FROM \(table) JOIN connections USING (number)"
  }

  private static func token(_ row: borrowing Statement) -> (IndexRow, SealedToken)? {
    let column = IndexRow.columnCount
    guard let connection = IndexRow(row) else { return nil }
    return (
      connection, SealedToken(version: row.number(column), file: row.bytes(column + 1))
    )
  }

  private borrowing func rewrite(
    _ selection: String, _ update: String, _ number: Int64,
    _ change: (SealBinding, [UInt8]) throws(StoreFailure) -> [UInt8]?,
    _ read: (borrowing Statement) -> (SealBinding, [UInt8])?
  ) throws(StoreFailure) {
    var select = try prepare(selection)
    try select.bind(number, at: 0)
    guard try select.step(), let (binding, stored) = read(select),
      let new = try change(binding, stored)
    else { return }
    var statement = try prepare(update)
    try statement.bind(new, at: 0)
    try statement.bind(number, at: 1)
    try statement.run()
  }
}

extension OpenStore {
  func eachSealed(
    _ visit: (SealBinding, [UInt8]) throws(StoreFailure) -> Void
  ) throws(StoreFailure) {
    try database.reading { () throws(StoreFailure) in try database.eachSealed(visit) }
  }
}
