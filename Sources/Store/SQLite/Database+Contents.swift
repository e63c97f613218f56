internal import Connections

/// A column of a table that keeps something sealed in each row.
private struct SealedColumn: Sendable {
  /// The numbers of the rows in which there is anything.
  let numbers: String
  /// One row, by its number.
  let selection: String
  /// Puts another file in place of the one in a row.
  let update: String
  /// What a row is and keeps; nil when it is not as it was written.
  let content: @Sendable (borrowing Statement) -> (binding: SealBinding, file: [UInt8])?

  /// - Parameters:
  ///   - key: what the rows are numbered by.
  ///   - columns: what `content` reads.
  ///   - isOfConnections: whether a row is one of a connection, whose columns are among those.
  private init(
    _ table: String, _ column: String, key: String = "number", _ columns: String,
    isOfConnections: Bool = false,
    _ content: @escaping @Sendable (borrowing Statement) -> (SealBinding, [UInt8])?
  ) {
    let source = isOfConnections ? "\(table) JOIN connections USING (number)" : table
    numbers = "SELECT \(key) FROM \(table) NOT INDEXED WHERE \(column) IS NOT NULL"
    selection = "SELECT \(columns) FROM \(source) WHERE \(key) = ?"
    update = "UPDATE \(table) SET \(column) = ? WHERE \(key) = ?"
    self.content = content
  }

  /// Records of connections.
  private init(records table: String, _ binding: @escaping @Sendable (IndexRow) -> SealBinding) {
    self.init(table, "record", "\(IndexRow.columns), record", isOfConnections: true) { row in
      IndexRow(row).map { (binding($0), row.bytes(IndexRow.columnCount)) }
    }
  }

  /// Tokens of connections.
  private init(
    tokens table: String,
    _ binding: @escaping @Sendable (SealedToken, IndexRow) -> SealBinding
  ) {
    let columns = "\(IndexRow.columns), token_version, token"
    self.init(table, "token", columns, isOfConnections: true) { row in
      guard let connection = IndexRow(row) else { return nil }
      let token = SealedToken(
        version: row.number(IndexRow.columnCount), file: row.bytes(IndexRow.columnCount + 1))
      return (binding(token, connection), token.file)
    }
  }

  static let all = [
    SealedColumn(records: "records") { SealBinding(record: $0) },
    SealedColumn(tokens: "tokens") { SealBinding(token: $0, of: $1) },
    SealedColumn(records: "former_generations") { SealBinding(formerRecordOf: $0) },
    SealedColumn(tokens: "former_generations") { SealBinding(formerToken: $0, of: $1) },
    SealedColumn(
      "applications", "application", key: "rowid", "\(ApplicationRow.columns), application"
    ) { row in
      ApplicationRow(row).map {
        (SealBinding(application: $0), row.bytes(ApplicationRow.columnCount))
      }
    },
    SealedColumn("drafts", "record", key: "rowid", "provider, name, record") { row in
      ConnectionName(provider: row.text(0), name: row.text(1))
        .map { (SealBinding(draft: $0), row.bytes(2)) }
    },
    SealedColumn("row_key", "file", key: "key", "file") { row in
      (SealBinding.rowKey, row.bytes(0))
    },
  ]
}

/// All that lies sealed in a store. One thing at a time is in memory, however much there is.
extension Database {
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

  /// Goes through everything, one thing after the other.
  /// - Parameters:
  ///   - refusal: thrown at a row that is not as it was written; where it is nil such rows are left out.
  ///   - change: what is to lie in the place of something; nil leaves it.
  borrowing func rewriteSealed(
    refusing refusal: StoreFailure? = nil,
    _ change: (SealBinding, [UInt8]) throws(StoreFailure) -> [UInt8]?
  ) throws(StoreFailure) {
    for column in SealedColumn.all {
      var numbers: [Int64] = []
      var rows = try prepare(column.numbers)
      while try rows.step() { numbers.append(rows.number(0)) }
      for number in numbers {
        guard let found = try content(of: column, number, refusing: refusal),
          let new = try change(found.binding, found.file)
        else { continue }
        var update = try prepare(column.update)
        try update.bind(new, at: 0)
        try update.bind(number, at: 1)
        try update.run()
      }
    }
  }

  private borrowing func content(
    of column: SealedColumn, _ number: Int64, refusing refusal: StoreFailure?
  ) throws(StoreFailure) -> (binding: SealBinding, file: [UInt8])? {
    var row = try prepare(column.selection)
    try row.bind(number, at: 0)
    guard try row.step() else { return nil }
    let content = column.content(row)
    if content == nil, let refusal { throw refusal }
    return content
  }
}
