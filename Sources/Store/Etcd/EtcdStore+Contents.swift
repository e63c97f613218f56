internal import Connections

/// All that lies sealed, whatever it is.
extension EtcdStore {
  func putHeader(_ header: StoreHeader) throws(StoreFailure) {
    change?.header = header
    adopt(header)
    for entry in try all(.rows) {
      guard let found = Self.row(entry.key, entry.value) else { throw changedRow }
      var row = found.row
      row.recipients = header.recipientID
      try put(entry.key, row.content(found.summary))
    }
    for sealed in try applications() {
      let row = sealed.row.sealed(to: header)
      try putApplication(SealedApplication(row: row, file: sealed.file))
    }
  }

  func replaceSealed(
    _ body: (SealBinding, [UInt8]) throws(StoreFailure) -> [UInt8]?
  ) throws(StoreFailure) {
    var rows: [ConnectionName: IndexRow] = [:]
    for row in try self.rows(.all) { rows[row.name] = row }
    for space in EtcdKey.Space.allCases where space != .rows {
      for entry in try all(space) {
        guard let thing = EtcdThing(entry.key, entry.value, rows) else {
          throw .explained(damaged("what it keeps as \(entry.key.name) has been changed"))
        }
        guard let new = try body(thing.binding, thing.file) else { continue }
        try put(entry.key, thing.content(new))
      }
    }
  }

  func eachSealed(
    _ visit: (SealBinding, [UInt8]) throws(StoreFailure) -> Void
  ) throws(StoreFailure) {
    var rows: [ConnectionName: IndexRow] = [:]
    var moment: Int64 = 0
    var layout: EtcdLayout?
    try pages(.rows) { revision, entries in
      (moment, layout) = (revision, self.layout)
      for entry in entries {
        guard let row = Self.row(entry.key, entry.value)?.row else { continue }
        rows[row.name] = row
      }
    }
    for space in EtcdKey.Space.allCases where space != .rows {
      try pages(space, of: layout, at: moment) { _, entries throws(StoreFailure) in
        for entry in entries {
          guard let thing = EtcdThing(entry.key, entry.value, rows) else { continue }
          try visit(thing.binding, thing.file)
        }
      }
    }
  }
}

/// Something sealed, taken out of what its key holds.
private struct EtcdThing {
  let binding: SealBinding
  let file: [UInt8]
  /// What the key holds, with another file in its place.
  let content: ([UInt8]) -> [UInt8]

  /// Nil for what is not as it was written, or belongs to no connection.
  init?(_ key: EtcdKey, _ value: [UInt8], _ rows: [ConnectionName: IndexRow]) {
    let row = key.connection.flatMap { rows[$0] }
    switch key.space {
    case .rows: return nil
    case .records:
      guard let row else { return nil }
      self.init(SealBinding(record: row), value) { $0 }
    case .formerRecords:
      guard let row else { return nil }
      self.init(SealBinding(formerRecordOf: row), value) { $0 }
    case .tokens, .formerTokens:
      guard let row, let token = SealedToken(value) else { return nil }
      let binding =
        key.space == .tokens
        ? SealBinding(token: token, of: row) : SealBinding(formerToken: token, of: row)
      self.init(binding, token.file) { SealedToken(version: token.version, file: $0).content }
    case .applications:
      guard let name = ApplicationName(key.name), let content = EtcdContent(value),
        let row = ApplicationRow(name, content)
      else { return nil }
      self.init(SealBinding(application: row), content.file) { row.content($0) }
    case .drafts:
      guard let name = key.connection else { return nil }
      self.init(SealBinding(draft: name), value) { $0 }
    case .rowKey: self.init(.rowKey, value) { $0 }
    }
  }

  private init(
    _ binding: SealBinding, _ file: [UInt8], _ content: @escaping ([UInt8]) -> [UInt8]
  ) {
    self.binding = binding
    self.file = file
    self.content = content
  }
}
