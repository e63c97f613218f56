internal import Connections

/// The connections' tables: rows, and their records. Nothing here knows a plaintext.
extension OpenStore {
  func rows(_ selection: ConnectionSelection) throws(StoreFailure) -> [IndexRow] {
    if case .name(let name) = selection {
      if let row = try row(name) { return [row] }
      try requireWhole()
      return []
    }
    var rows: [IndexRow] = []
    try database.reading { () throws(StoreFailure) in
      var statement = try select(IndexRow.columns, selection)
      while try statement.step() {
        guard let row = IndexRow(statement) else { throw changedRow }
        rows.append(row)
      }
      switch selection {
      case .all: try requireAll(of: rows.map(\.name))
      case .provider, .name: try requireWhole()
      }
    }
    return rows
  }

  func row(_ name: ConnectionName) throws(StoreFailure) -> IndexRow? {
    var statement = try select(IndexRow.columns, .name(name))
    return try statement.step() ? try sound(IndexRow(statement), name) : nil
  }

  func summaries() throws(StoreFailure) -> [SummaryRow] {
    var rows: [SummaryRow] = []
    try database.reading { () throws(StoreFailure) in
      var statement = try database.prepare(
        "SELECT \(SummaryRow.columns) FROM connections NOT INDEXED")
      while try statement.step() {
        guard let row = SummaryRow(statement) else { throw changedRow }
        rows.append(row)
      }
      try requireAll(of: rows.map(\.entry.name))
    }
    return rows
  }

  func sealed(_ name: ConnectionName) throws(StoreFailure) -> (row: IndexRow, record: [UInt8]) {
    var statement = try select(
      "\(IndexRow.columns), record", .name(name),
      from: "connections LEFT JOIN records USING (number)")
    guard try statement.step() else {
      try requireWhole()
      throw .explained(.notFound(name))
    }
    let row = try sound(IndexRow(statement), name)
    guard !statement.isNull(IndexRow.columnCount) else {
      throw .explained(.damaged(name, why: "its record is missing"))
    }
    return (row, statement.bytes(IndexRow.columnCount))
  }

  func replace(
    _ changes: () throws(StoreFailure) -> Void
  ) throws(StoreFailure) -> Bool {
    written = [:]
    defer { written = [:] }
    let before = try change(changes)
    for (content, sealed) in written {
      if try file(of: content)?.sha256 == sealed { continue }
      guard try database.changeCounter() &- before > 1 else { return false }
    }
    return true
  }

  func put(
    _ row: IndexRow, _ record: [UInt8], summary: [UInt8]?, keepsToken: Bool
  ) throws(StoreFailure) {
    if !keepsToken { try keepFormer(row.name) }
    try requireRoom(for: record.count)
    var statement = try database.prepare(
      """
      INSERT INTO connections (\(IndexRow.columns), summary) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)
      ON CONFLICT (provider, name) DO UPDATE SET
        (\(IndexRow.columns), summary) = (?1,?2,?3,?4,?5,?6,?7,?8,?9)
      """)
    try row.bind(to: &statement)
    try statement.bind(summary, at: 8)
    try statement.run()
    try putRecord(record, of: row.name)
  }

  /// The record of a row that is there. Within a change.
  func putRecord(_ record: [UInt8], of name: ConnectionName) throws(StoreFailure) {
    var statement = try database.prepare(
      """
      INSERT INTO records (number, record)
        SELECT number, ?3 FROM connections WHERE provider = ?1 AND name = ?2
      ON CONFLICT (number) DO UPDATE SET record = ?3
      """)
    try statement.bind(name)
    try statement.bind(record, at: 2)
    try statement.run()
    note(.record(name), record)
  }

  func remove(_ name: ConnectionName) throws(StoreFailure) {
    try changeWithoutRoom { () throws(StoreFailure) in
      var statement = try database.prepare(
        "DELETE FROM connections WHERE provider = ? AND name = ?")
      try statement.bind(name)
      try statement.run()
      guard try database.number("SELECT changes()") == 1 else {
        try requireWhole()
        throw .explained(.notFound(name))
      }
      try dropDraft(name)
    }
  }

  /// Takes rows out. Needs no room: the journal has its own. Should that not do, because what goes is long, its pages are
  /// not written over but only given up; what stays in them is sealed.
  func changeWithoutRoom(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) {
    do {
      try change(body)
    } catch {
      guard case .engine(_, _, isFull: true) = error else { throw error }
      try database.execute("PRAGMA secure_delete = OFF")
      defer { try? database.execute("PRAGMA secure_delete = ON") }
      try change(body)
    }
  }

  /// Whether as many rows were read as were counted when they were written, none of them twice. A row that is lost, with
  /// its page or by a wrong turn, is then found out without looking at the whole file.
  private func requireAll(of names: [ConnectionName]) throws(StoreFailure) {
    guard countsRows else { return try requireWhole() }
    let count = try database.number("SELECT connections FROM counts")
    let isOrdered = zip(names, names.dropFirst()).allSatisfy { $0 < $1 }
    guard count == Int64(names.count), isOrdered || Set(names).count == names.count else {
      // The file says better what is wrong with it.
      try requireWhole()
      throw missingRows
    }
  }

  var changedRow: StoreFailure {
    .explained(.damagedStore(path, why: "a row of its index has been changed"))
  }

  func sound(_ row: IndexRow?, _ name: ConnectionName) throws(StoreFailure) -> IndexRow {
    guard let row, row.name == name else {
      throw .explained(.damaged(name, why: "its row in the index has been changed"))
    }
    return row
  }

  /// Provider and name are a unique index, which serves a provider alone too.
  func select(
    _ columns: String, _ selection: ConnectionSelection, from table: String = "connections"
  ) throws(StoreFailure) -> Statement {
    let all = "SELECT \(columns) FROM \(table)"
    switch selection {
    case .all: return try database.prepare("\(all) NOT INDEXED")
    case .provider(let provider):
      var statement = try database.prepare("\(all) WHERE provider = ?")
      try statement.bind(provider, at: 0)
      return statement
    case .name(let name):
      var statement = try database.prepare("\(all) WHERE provider = ? AND name = ?")
      try statement.bind(name)
      return statement
    }
  }
}
