import Connections
import Drafts
import Requests
import Secrets
import Store

/// A store that is opened anew for each question, as by one process after the other.
struct TestStore: ConnectionStore, TokenStore, DraftStore, GenerationStore, StoreInspection,
  Sendable
{
  let handle: StoreHandle

  /// What lies in the store's folder when nothing is being written.
  static let files = ["usher.db", "usher.db-journal"]

  func list(_ selection: ConnectionSelection) throws(StoreError) -> [ConnectionIndexEntry] {
    try handle.session().list(selection)
  }
  func read(_ name: ConnectionName) throws(StoreError) -> ConnectionRecord {
    try handle.session().read(name)
  }
  func prepareToSave() throws(StoreError) { try handle.session().prepareToSave() }
  func save(
    _ record: consuming ConnectionRecord, replacing: Bool, keepingToken: Bool
  ) throws(StoreError) {
    try handle.session().save(record, replacing: replacing, keepingToken: keepingToken)
  }
  func save(
    _ record: consuming ConnectionRecord, token: consuming TokenSet, replacing: Bool
  ) throws(StoreError) {
    try handle.session().save(record, token: token, replacing: replacing)
  }
  func remove(_ name: ConnectionName) throws(StoreError) { try handle.session().remove(name) }
  func export(_ name: ConnectionName) throws(StoreError) -> [UInt8] {
    try handle.session().export(name)
  }

  func token(of name: ConnectionName) throws(StoreError) -> StoredToken? {
    try handle.session().token(of: name)
  }
  func saveToken(
    _ token: consuming StoredToken, of connection: ConnectionFacts
  ) throws(StoreError) {
    try handle.session().saveToken(token, of: connection)
  }
  @discardableResult
  func removeToken(of name: ConnectionName) throws(StoreError) -> Bool {
    try handle.session().removeToken(of: name)
  }
  func lockToken(
    of name: ConnectionName, since version: Int
  ) throws(StoreError) -> TokenTurn {
    try handle.session().lockToken(of: name, since: version)
  }

  func saveDraft(_ draft: consuming Submission, for name: ConnectionName) throws(StoreError) {
    try handle.session().saveDraft(draft, for: name)
  }
  func resume(_ name: ConnectionName) throws(StoreError) -> SecretValues? {
    try handle.session().resume(name)
  }
  func forget(_ name: ConnectionName) throws(StoreError) { try handle.session().forget(name) }

  func hasFormer(of name: ConnectionName) throws(StoreError) -> Bool {
    try handle.session().hasFormer(of: name)
  }
  func former(of name: ConnectionName) throws(StoreError) -> FormerGeneration? {
    try handle.session().former(of: name)
  }
  @discardableResult
  func bringBack(_ name: ConnectionName) throws(StoreError) -> ConnectionFacts {
    try handle.session().bringBack(name)
  }
  @discardableResult
  func dropFormer(of name: ConnectionName) throws(StoreError) -> Bool {
    try handle.session().dropFormer(of: name)
  }
  func rename(_ name: ConnectionName, to new: ConnectionName) throws(StoreError) {
    try handle.session().rename(name, to: new)
  }

  func describe() -> StoreDescription { handle.session().describe() }
  func keys() throws(StoreError) -> KeyReport { try handle.session().keys() }
  func examine() -> [StoreFinding] { handle.session().examine() }

  func needsPassphrase() throws(StoreError) -> Bool { try handle.session().needsPassphrase() }
  func unlock(_ passphrase: borrowing SecretBuffer) throws(StoreError) {
    try handle.session().unlock(passphrase)
  }
  func wrapIdentity(
    with passphrase: borrowing SecretBuffer, workFactor: Int
  ) throws(StoreError) {
    try handle.session().wrapIdentity(with: passphrase, workFactor: workFactor)
  }
  func unwrapIdentity() throws(StoreError) { try handle.session().unwrapIdentity() }
  @discardableResult
  func addRecipient(_ recipient: AgeRecipient, label: String? = nil) throws(StoreError) -> KeyChange
  {
    try handle.session().addRecipient(recipient, label: label)
  }
  @discardableResult
  func removeRecipient(_ recipient: AgeRecipient) throws(StoreError) -> KeyChange {
    try handle.session().removeRecipient(recipient)
  }
  @discardableResult
  func rotateIdentity(
    wrappingWith passphrase: borrowing SecretBuffer? = nil
  ) throws(StoreError) -> KeyChange {
    try handle.session().rotateIdentity(wrappingWith: passphrase, workFactor: 6)
  }
  @discardableResult
  func leaveIdentityElsewhere() throws(StoreError) -> KeyChange {
    try handle.session().leaveIdentityElsewhere()
  }
}
