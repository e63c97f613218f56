package import Requests

/// The connections of a store that is open for one command or one effect. Implemented by the `Store` target's
/// `StoreSession`, whatever the engine; one contract suite covers every engine.
package protocol ConnectionStore: ~Copyable {
  /// What the index says, sorted by name. Needs no identity. Nothing in it may be acted on, only shown.
  func list(_ selection: ConnectionSelection) throws(StoreError) -> [ConnectionIndexEntry]
  /// Opens a record and checks that it is the one that was asked for.
  func read(_ name: ConnectionName) throws(StoreError) -> ConnectionRecord
  /// Refuses, before anything is asked of anybody, what a save would be refused for.
  func prepareToSave() throws(StoreError)
  /// Seals and writes a record whole or not at all. The store sets id, version, creation and change time.
  /// - Parameter keepingToken: whether nothing is new but facts, so that the tokens that were got with the values are as
  ///   good as they were. Otherwise what was there and its tokens become the former generation in the same change, and the
  ///   history says so, unless the caller has noted an event of its own, and what was typed for the name and not finished
  ///   is dropped. Values that are found to be those that are stored take the place of none.
  /// - Throws: `.exists` when the name is taken and `replacing` is false.
  func save(
    _ record: consuming ConnectionRecord, replacing: Bool, keepingToken: Bool
  ) throws(StoreError)
  /// The same with the tokens that the account was linked with, in one change: neither is ever there without the other.
  func save(
    _ record: consuming ConnectionRecord, token: consuming TokenSet, replacing: Bool
  ) throws(StoreError)
  /// Drops a connection, with what is sealed in it, the tokens that were got with it, its former generation and what was typed for
  /// it and not finished.
  /// - Throws: `.notFound` when nothing has the name.
  func remove(_ name: ConnectionName) throws(StoreError)
  /// The sealed record as an age v1 file, byte for byte.
  func export(_ name: ConnectionName) throws(StoreError) -> [UInt8]
}

extension ConnectionStore where Self: ~Copyable {
  /// All of them, sorted by name.
  package func list() throws(StoreError) -> [ConnectionIndexEntry] { try list(.all) }

  /// Of a record whose values may be new: tokens that were got with others go.
  package func save(_ record: consuming ConnectionRecord, replacing: Bool) throws(StoreError) {
    try save(record, replacing: replacing, keepingToken: false)
  }

  /// The entry of a name, or nil.
  package func find(_ name: ConnectionName) throws(StoreError) -> ConnectionIndexEntry? {
    try list(.name(name)).first
  }
}
