internal import Connections

/// All that lies sealed, one thing at a time: no more of it is in memory than that, however much there is.
extension OpenStore {
  func putHeader(_ header: StoreHeader) throws(StoreFailure) {
    var statement = try database.prepare("UPDATE store SET recipients = ?, digest = ?")
    try statement.bind(header.recipientText, at: 0)
    try statement.bind(header.digest, at: 1)
    try statement.run()
    adopt(header)
    for number in try numbers() {
      var row = try row(number)
      row.recipients = header.recipientID
      var statement = try database.prepare(
        "UPDATE connections SET recipients = ?2, digest = ?3 WHERE number = ?1")
      try statement.bind(number, at: 0)
      try statement.bind(row.recipients, at: 1)
      try statement.bind(row.digest, at: 2)
      try statement.run()
    }
    for sealed in try applications() {
      let row = sealed.row.sealed(to: header)
      try putApplication(SealedApplication(row: row, file: sealed.file))
    }
  }

  func replaceSealed(
    _ body: (SealBinding, [UInt8]) throws(StoreFailure) -> [UInt8]?
  ) throws(StoreFailure) {
    for number in try numbers() { try replaceSealed(of: number, body) }
    for name in try draftNames() {
      guard let file = try draft(name) else { continue }
      guard let new = try body(SealBinding(draft: name), file) else { continue }
      try requireRoom(for: new.count)
      var statement = try database.prepare(
        "UPDATE drafts SET record = ?3 WHERE provider = ?1 AND name = ?2")
      try statement.bind(name)
      try statement.bind(new, at: 2)
      try statement.run()
      note(.draft(name), new)
    }
    for sealed in try applications() {
      guard let new = try body(SealBinding(application: sealed.row), sealed.file) else { continue }
      try putApplication(SealedApplication(row: sealed.row, file: new))
    }
    guard let file = try rowKey(), let new = try body(.rowKey, file) else { return }
    var statement = try database.prepare("UPDATE row_key SET file = ?")
    try statement.bind(new, at: 0)
    try statement.run()
    note(.rowKey, new)
  }

  /// What is kept of one connection.
  private func replaceSealed(
    of number: Int64, _ body: (SealBinding, [UInt8]) throws(StoreFailure) -> [UInt8]?
  ) throws(StoreFailure) {
    let row = try row(number)
    let name = row.name
    let (_, record) = try sealed(name)
    if let new = try body(SealBinding(record: row), record) {
      try update("records", "record", of: number, new)
      note(.record(name), new)
    }
    if let token = try token(name).kept,
      let new = try body(SealBinding(token: token, of: row), token.file)
    {
      try update("tokens", "token", of: number, new)
      note(.token(name), new)
    }
    guard let former = try former(name).kept else { return }
    if let new = try body(SealBinding(formerRecordOf: row), former.record) {
      try update("former_generations", "record", of: number, new)
      note(.formerRecord(name), new)
    }
    if let token = former.token,
      let new = try body(SealBinding(formerToken: token, of: row), token.file)
    {
      try update("former_generations", "token", of: number, new)
      note(.formerToken(name), new)
    }
  }

  private func update(
    _ table: String, _ column: String, of number: Int64, _ file: [UInt8]
  ) throws(StoreFailure) {
    try requireRoom(for: file.count)
    var statement = try database.prepare("UPDATE \(table) SET \(column) = ?2 WHERE number = ?1")
    try statement.bind(number, at: 0)
    try statement.bind(file, at: 1)
    try statement.run()
  }

  private func numbers() throws(StoreFailure) -> [Int64] {
    var statement = try database.prepare("SELECT number FROM connections NOT INDEXED")
    var numbers: [Int64] = []
    while try statement.step() { numbers.append(statement.number(0)) }
    return numbers
  }

  private func row(_ number: Int64) throws(StoreFailure) -> IndexRow {
    var statement = try database.prepare(
      "SELECT \(IndexRow.columns) FROM connections WHERE number = ?")
    try statement.bind(number, at: 0)
    guard try statement.step(), let row = IndexRow(statement) else { throw changedRow }
    return row
  }

  private func draftNames() throws(StoreFailure) -> [ConnectionName] {
    var statement = try database.prepare("SELECT provider, name FROM drafts NOT INDEXED")
    var names: [ConnectionName] = []
    while try statement.step() {
      guard let name = ConnectionName(provider: statement.text(0), name: statement.text(1)) else {
        throw .explained(.damagedStore(path, why: "what was typed before is not all there"))
      }
      names.append(name)
    }
    return names
  }
}
