internal import Connections

/// The connections: rows, and their records. Nothing here knows a plaintext.
extension EtcdStore {
  func rows(_ selection: ConnectionSelection) throws(StoreFailure) -> [IndexRow] {
    if case .name(let name) = selection {
      if let row = try row(name) { return [row] }
      return []
    }
    let beginning = if case .provider(let provider) = selection { "\(provider)/" } else { "" }
    var rows: [IndexRow] = []
    for entry in try all(.rows, beginning: beginning) {
      guard let row = Self.row(entry.key, entry.value)?.row else { throw changedRow }
      rows.append(row)
    }
    return rows
  }

  func row(_ name: ConnectionName) throws(StoreFailure) -> IndexRow? {
    try value(.row(name)).map { value throws(StoreFailure) in try sound(name, value).row }
  }

  func sealed(_ name: ConnectionName) throws(StoreFailure) -> (row: IndexRow, record: [UInt8]) {
    let found = try values([.row(name), .record(name)])
    guard let value = found[0] else { throw .explained(.notFound(name)) }
    guard let record = found[1] else {
      throw .explained(.damaged(name, why: "its record is missing"))
    }
    return (try sound(name, value).row, record)
  }

  /// A change is acknowledged when most of the members have it on their disks: nothing is to be read back.
  func replace(_ changes: () throws(StoreFailure) -> Void) throws(StoreFailure) -> Bool {
    try change(changes)
    return true
  }

  func put(
    _ row: IndexRow, _ record: [UInt8], summary: [UInt8]?, keepsToken: Bool
  ) throws(StoreFailure) {
    // All of it is read at once.
    let kept = try values(EtcdKey.all(of: row.name))
    if !keepsToken, let former = kept[1] { try keepFormer(row.name, former, token: kept[2]) }
    try put(.row(row.name), row.content(summary))
    try put(.record(row.name), record)
  }

  func remove(_ name: ConnectionName) throws(StoreFailure) {
    try change { () throws(StoreFailure) in
      let keys = EtcdKey.all(of: name)
      guard try values(keys)[0] != nil else { throw .explained(.notFound(name)) }
      for key in keys { try remove(key) }
    }
  }

  /// Within a change.
  func put(_ key: EtcdKey, _ value: [UInt8]) throws(StoreFailure) {
    guard let change else { throw .outsideChange }
    try change.put(value, key, in: self)
  }

  /// Within a change. Does nothing where it is not there.
  func remove(_ key: EtcdKey) throws(StoreFailure) {
    guard let change else { throw .outsideChange }
    try change.remove(key, in: self)
  }

  var changedRow: StoreFailure { .explained(damaged("a row of its index has been changed")) }

  func sound(
    _ name: ConnectionName, _ value: [UInt8]
  ) throws(StoreFailure) -> (row: IndexRow, summary: [UInt8]?) {
    guard let found = Self.row(.row(name), value) else {
      throw .explained(.damaged(name, why: "its row in the index has been changed"))
    }
    return found
  }

  /// Nil for what is not as it was written.
  static func row(_ key: EtcdKey, _ value: [UInt8]) -> (row: IndexRow, summary: [UInt8]?)? {
    guard let name = key.connection, let content = EtcdContent(value),
      let row = IndexRow(name, content)
    else { return nil }
    return (row, content.file.isEmpty ? nil : content.file)
  }
}

extension StoreFailure {
  /// A mistake of ours.
  fileprivate static var outsideChange: StoreFailure {
    .engine(
      reason: "it was to be changed outside a change", advice: "report this", isFull: false)
  }
}

/// What a list shows, beside the records.
extension EtcdStore {
  func summaries() throws(StoreFailure) -> [SummaryRow] {
    var rows: [SummaryRow] = []
    for entry in try all(.rows) {
      guard let found = Self.row(entry.key, entry.value) else { throw changedRow }
      rows.append(SummaryRow(entry: found.row.entry, summary: found.summary))
    }
    return rows
  }

  func rowKey() throws(StoreFailure) -> [UInt8]? { try value(.rowKey) }

  /// What was sealed under another key stays where it lies: it opens under no other, and is written anew where it is read.
  func putRowKey(_ file: [UInt8]) throws(StoreFailure) { try put(.rowKey, file) }

  func putSummary(
    _ summary: [UInt8], of entry: ConnectionIndexEntry
  ) throws(StoreFailure) {
    guard let row = try row(entry.name), row.entry == entry else { return }
    try put(.row(entry.name), row.content(summary))
  }

  func changeIfFree(_ changes: () throws(StoreFailure) -> Void) throws(StoreFailure) {
    try change(isPatient: false, changes)
  }
}
