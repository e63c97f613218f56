internal import Connections

/// All that lies sealed, whatever it is.
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
    try database.rewriteSealed(refusing: changedRow) { binding, file throws(StoreFailure) in
      guard let new = try body(binding, file) else { return nil }
      try requireRoom(for: new.count)
      note(binding.content, new)
      return new
    }
  }

  func eachSealed(
    _ visit: (SealBinding, [UInt8]) throws(StoreFailure) -> Void
  ) throws(StoreFailure) {
    try database.reading { () throws(StoreFailure) in
      try database.rewriteSealed { binding, file throws(StoreFailure) in
        try visit(binding, file)
        return nil
      }
    }
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
}
