internal import Basics
package import Connections

extension StoreSession: TokenStore {
  /// One question of the store, and one age file where something is kept.
  package func token(of name: ConnectionName) throws(StoreError) -> StoredToken? {
    try rereading { () throws(StoreError) in
      guard let store = try existing() else { throw .notFound(name) }
      let row = try tokenRow(name, in: store)
      try trust(store)
      if let token = try open(row, in: store) { return token }
      // One that cannot be opened is none, unless it is sealed to a key that has just gone.
      guard row.kept != nil, reopenWhereKeysChanged() else { return nil }
      return try token(of: name)
    }
  }

  /// Verified as a record is: read back below SQLite before the change counts, and once more after it.
  package func saveToken(
    _ token: consuming StoredToken, of connection: ConnectionFacts
  ) throws(StoreError) {
    let name = connection.name
    guard try existing() != nil else { throw .notFound(name) }
    let store = try openForSealing()
    var token = token
    let version = token.version
    let wish = Wish(
      subject: "the token of \(name)", done: "kept", missing: "nothing is kept for it")
    try put(.token(name), wish, in: store) { sealed throws(StoreFailure) in
      let row = try store.token(name)
      try requireUnchanged(row, since: connection, version: version, in: store)
      token.storeID = store.header.id
      token.connectionID = row.connection.id
      token.version = row.nextVersion
      let kept = try self.sealed(token, of: row.connection, in: store)
      sealed = kept.file
      try store.putToken(kept, of: name)
    }
  }

  /// Needs neither the identity nor room on the disk.
  @discardableResult
  package func removeToken(of name: ConnectionName) throws(StoreError) -> Bool {
    guard let store = try existing() else { throw .notFound(name) }
    let wish = Wish(
      subject: "the token of \(name)", done: "removed",
      missing: "nothing is kept for it any more")
    return try take(.token(name), wish) { () throws(StoreFailure) in try store.removeToken(name) }
  }

  package func lockToken(
    of name: ConnectionName, since version: Int
  ) throws(StoreError) -> TokenTurn {
    guard let store = try existing() else { throw .notFound(name) }
    let row = try tokenRow(name, in: store)
    try trust(store)
    do {
      try store.requireWritable()
    } catch {
      return .unkeepable(error)
    }
    return try engine.lockToken(of: row.connection) { () throws(StoreError) in
      try isOther(try tokenRow(name, in: store), than: version, in: store)
    }
  }

  private func tokenRow(
    _ name: ConnectionName, in store: any OpenedStore
  ) throws(StoreError) -> TokenRow {
    do {
      return try store.token(name)
    } catch {
      throw error.explained("cannot read the token of \(name) from \(store.path)")
    }
  }

  /// What is kept of tokens; nil where that is nothing, or none of the connection's tokens.
  /// - Throws: `.untrusted` where this machine does not know who has signed them.
  func open(
    _ row: TokenRow, in store: any OpenedStore
  ) throws(StoreError) -> StoredToken? {
    guard let kept = row.kept else { return nil }
    return try open(
      kept, SealBinding(token: kept, of: row.connection), of: row.connection, in: store)
  }

  /// As above.
  func open(
    _ kept: SealedToken, _ binding: SealBinding, of row: IndexRow, in store: any OpenedStore
  ) throws(StoreError) -> StoredToken? {
    let keys = try identities()
    let file: [UInt8]
    do {
      file = try verified(kept.file, binding)
    } catch {
      if case .untrusted = error { throw error }
      return nil
    }
    return TokenSealing.open(
      TokenRow(connection: row, kept: SealedToken(version: kept.version, file: file)),
      in: store.header.id, with: keys.keys)
  }

  /// Whether something else is kept than what had a version, 0 for nothing that could be used.
  private func isOther(
    _ row: TokenRow, than version: Int, in store: any OpenedStore
  ) throws(StoreError) -> Bool {
    guard row.kept?.version ?? 0 != Int64(version) else { return false }
    if version > 0 { return true }
    // What nobody can use is as good as nothing.
    return try open(row, in: store) != nil
  }

  /// Throws where tokens may not be put where they are to go.
  /// - Parameters:
  ///   - connection: as it was when they were asked for.
  ///   - version: of what was kept then; 0 where that was nothing, or nothing that could be used.
  private func requireUnchanged(
    _ row: TokenRow, since connection: ConnectionFacts, version: Int, in store: any OpenedStore
  ) throws(StoreFailure) {
    let name = connection.name
    guard connection.storeID == store.header.id, connection.id == row.connection.id,
      connection.version == Int(row.connection.version)
    else {
      throw .explained(.conflict(name, why: "it has been changed since its token was asked for"))
    }
    let isOther: Bool
    do {
      isOther = try self.isOther(row, than: version, in: store)
    } catch {
      throw .explained(error)
    }
    guard !isOther else {
      throw .explained(
        .conflict(name, why: "another process has changed what is kept of its token"))
    }
  }
}

extension TokenRow {
  /// The version of what is put in next.
  var nextVersion: Int {
    guard let kept, IndexRow.versions.contains(kept.version) else { return 1 }
    return Int(kept.version) + 1
  }
}
