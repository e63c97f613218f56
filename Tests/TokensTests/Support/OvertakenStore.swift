import Connections
import Requests

@testable import Store

/// A store in which something happens while it is waited for the turn.
struct OvertakenStore: ConnectionStore, TokenStore, ~Copyable {
  let session: StoreSession
  let meanwhile: () -> Void

  init(_ session: consuming StoreSession, meanwhile: @escaping () -> Void) {
    self.session = session
    self.meanwhile = meanwhile
  }

  func list(_ selection: ConnectionSelection) throws(StoreError) -> [ConnectionIndexEntry] {
    try session.list(selection)
  }
  func read(_ name: ConnectionName) throws(StoreError) -> ConnectionRecord {
    try session.read(name)
  }
  func prepareToSave() throws(StoreError) { try session.prepareToSave() }
  func save(
    _ record: consuming ConnectionRecord, replacing: Bool, keepingToken: Bool
  ) throws(StoreError) {
    try session.save(record, replacing: replacing, keepingToken: keepingToken)
  }
  func save(
    _ record: consuming ConnectionRecord, token: consuming TokenSet, replacing: Bool
  ) throws(StoreError) {
    try session.save(record, token: token, replacing: replacing)
  }
  func remove(_ name: ConnectionName) throws(StoreError) { try session.remove(name) }
  func export(_ name: ConnectionName) throws(StoreError) -> [UInt8] { try session.export(name) }

  func token(of name: ConnectionName) throws(StoreError) -> StoredToken? {
    try session.token(of: name)
  }
  func saveToken(
    _ token: consuming StoredToken, of connection: ConnectionFacts
  ) throws(StoreError) {
    try session.saveToken(token, of: connection)
  }
  func removeToken(of name: ConnectionName) throws(StoreError) -> Bool {
    try session.removeToken(of: name)
  }
  func lockToken(
    of name: ConnectionName, since version: Int
  ) throws(StoreError) -> TokenTurn {
    meanwhile()
    return try session.lockToken(of: name, since: version)
  }
}
