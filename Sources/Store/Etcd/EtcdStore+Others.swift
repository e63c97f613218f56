internal import Basics
internal import Connections

/// The tokens: one sealed key a connection at most.
extension EtcdStore {
  func token(_ name: ConnectionName) throws(StoreFailure) -> TokenRow {
    let found = try values([.row(name), .token(name)])
    guard let value = found[0] else { throw .explained(.notFound(name)) }
    let row = try sound(name, value).row
    guard let kept = found[1] else { return TokenRow(connection: row, kept: nil) }
    return TokenRow(connection: row, kept: try token(kept, of: name))
  }

  func tokens() throws(StoreFailure) -> [TokenRow] {
    var rows: [ConnectionName: IndexRow] = [:]
    for row in try self.rows(.all) { rows[row.name] = row }
    var tokens: [TokenRow] = []
    for entry in try all(.tokens) {
      // Of a connection that somebody has linked or removed in between.
      guard let name = entry.key.connection, let row = rows[name] else { continue }
      tokens.append(TokenRow(connection: row, kept: try token(entry.value, of: name)))
    }
    return tokens
  }

  func putToken(_ token: SealedToken, of name: ConnectionName) throws(StoreFailure) {
    try put(.token(name), token.content)
  }

  func removeToken(_ name: ConnectionName) throws(StoreFailure) -> Bool {
    try removed([.token(name)], of: name)
  }

  func token(_ value: [UInt8], of name: ConnectionName) throws(StoreFailure) -> SealedToken {
    guard let token = SealedToken(value) else {
      throw .explained(.damaged(name, why: "what is kept of its token has been changed"))
    }
    return token
  }

  /// Takes something of a connection out.
  /// - Returns: whether the first of it was there.
  private func removed(
    _ keys: [EtcdKey], of name: ConnectionName
  ) throws(StoreFailure) -> Bool {
    var isThere = false
    try change { () throws(StoreFailure) in
      let found = try values([.row(name)] + keys)
      guard found[0] != nil else { throw .explained(.notFound(name)) }
      isThere = found[1] != nil
      for key in keys { try remove(key) }
    }
    return isThere
  }
}

/// Former generations, and rows that get another name.
extension EtcdStore {
  func former(_ name: ConnectionName) throws(StoreFailure) -> FormerRow {
    let found = try values([.row(name), .formerRecord(name), .formerToken(name)])
    guard let value = found[0] else { throw .explained(.notFound(name)) }
    let row = try sound(name, value).row
    guard let record = found[1] else { return FormerRow(connection: row, kept: nil) }
    var token: SealedToken?
    if let value = found[2] { token = try self.token(value, of: name) }
    return FormerRow(connection: row, kept: SealedGeneration(record: record, token: token))
  }

  func removeFormer(_ name: ConnectionName) throws(StoreFailure) -> Bool {
    try removed([.formerRecord(name), .formerToken(name)], of: name)
  }

  func rename(
    _ name: ConnectionName, to row: IndexRow, _ record: [UInt8], summary: [UInt8]?
  ) throws(StoreFailure) {
    let new = row.name
    let moved: [(EtcdKey, EtcdKey)] = [
      (.token(name), .token(new)), (.formerRecord(name), .formerRecord(new)),
      (.formerToken(name), .formerToken(new)),
    ]
    let kept = try values(moved.map { $0.0 })
    for (place, value) in kept.enumerated() {
      guard let value else { continue }
      try put(moved[place].1, value)
      try remove(moved[place].0)
    }
    try put(.row(new), row.content(summary))
    try put(.record(new), record)
    for key: EtcdKey in [.row(name), .record(name)] { try remove(key) }
  }

  /// Makes what was stored under a name its former generation, as it is sealed. Within a change.
  func keepFormer(
    _ name: ConnectionName, _ record: [UInt8], token: [UInt8]?
  ) throws(StoreFailure) {
    try put(.formerRecord(name), record)
    if let token {
      try put(.formerToken(name), token)
      try remove(.token(name))
    } else {
      try remove(.formerToken(name))
    }
  }
}

/// Drafts: one sealed key a name.
extension EtcdStore {
  func draft(_ name: ConnectionName) throws(StoreFailure) -> [UInt8]? { try value(.draft(name)) }

  func putDraft(
    _ record: [UInt8], _ name: ConnectionName, at time: Timestamp
  ) throws(StoreFailure) { try put(.draft(name), record) }

  func deleteDraft(_ name: ConnectionName) throws(StoreFailure) {
    try change { () throws(StoreFailure) in try dropDraft(name) }
  }

  func dropDraft(_ name: ConnectionName) throws(StoreFailure) { try remove(.draft(name)) }

  func moveDraft(
    _ name: ConnectionName, to new: ConnectionName, _ record: [UInt8]?, at time: Timestamp
  ) throws(StoreFailure) {
    try dropDraft(name)
    try dropDraft(new)
    if let record { try putDraft(record, new, at: time) }
  }
}

/// Applications: one sealed key a name.
extension EtcdStore {
  func applications() throws(StoreFailure) -> [SealedApplication] {
    var found: [SealedApplication] = []
    for entry in try all(.applications) {
      guard let name = ApplicationName(entry.key.name) else { throw changedApplication }
      found.append(try application(name, entry.value))
    }
    return found
  }

  func application(_ name: ApplicationName) throws(StoreFailure) -> SealedApplication? {
    try value(.application(name)).map { value throws(StoreFailure) in
      try application(name, value)
    }
  }

  func putApplication(_ sealed: SealedApplication) throws(StoreFailure) {
    try put(.application(sealed.row.name), sealed.row.content(sealed.file))
  }

  func removeApplication(_ name: ApplicationName) throws(StoreFailure) -> Bool {
    var isThere = false
    try change { () throws(StoreFailure) in
      isThere = try value(.application(name)) != nil
      try remove(.application(name))
    }
    return isThere
  }

  private func application(
    _ name: ApplicationName, _ value: [UInt8]
  ) throws(StoreFailure) -> SealedApplication {
    guard let content = EtcdContent(value), let row = ApplicationRow(name, content) else {
      throw changedApplication
    }
    return SealedApplication(row: row, file: content.file)
  }

  private var changedApplication: StoreFailure {
    .explained(damaged("what it keeps of an application has been changed"))
  }
}
