internal import Basics
internal import Connections

/// A place that can hold a store. An engine keeps rows and sealed bytes and knows no plaintext; whose store it is, whom
/// records are sealed to and which version wins is decided by `StoreSession`, in the same way for all of them.
protocol StoreEngine: Sendable {
  /// What it is called on screen: `SQLite file`.
  var name: String { get }
  /// Whether anything is in the store's place. Opens nothing.
  var exists: Bool { get }
  /// Opens the store and finds it sound as a whole; nil when there is none.
  func open() throws(StoreError) -> (any OpenedStore)?
  /// Makes the store, unless another process has made it meanwhile, and opens it.
  /// - Parameter header: asked before anything is written that could be taken for a store.
  func create(
    _ header: () throws(StoreError) -> StoreHeader
  ) throws(StoreError) -> any OpenedStore
  /// What is good and what is wrong about the place, for `usher doctor`. Changes nothing.
  func examine() -> [StoreFinding]
}

/// A store that has been opened and found sound. Closed with the last reference; holds no lock between two calls.
protocol OpenedStore: AnyObject, OpenedRecords, OpenedDrafts {
  var header: StoreHeader { get }
  /// Throws what stands in the way of every change, as far as it can be told without making one.
  func requireWritable() throws(StoreError)
  /// Without symbolic links: what this machine remembers of the store is kept under it.
  var path: String { get }
}

/// The records of an opened store.
protocol OpenedRecords {
  /// The clear columns, in any order.
  func rows(_ selection: ConnectionSelection) throws(StoreFailure) -> [IndexRow]
  /// A row and its sealed record.
  /// - Throws: `.notFound`
  func sealed(_ name: ConnectionName) throws(StoreFailure) -> (row: IndexRow, record: [UInt8])
  /// Puts a record in, or in place of the one of the same name: all of it or nothing, while nobody else can change it.
  /// - Parameter make: makes the new row and record; given the row that is there.
  /// - Returns: whether the record reads back as it was written, or has been changed by somebody else since.
  func replace(
    _ name: ConnectionName,
    with make: (IndexRow?) throws(StoreFailure) -> (row: IndexRow, record: [UInt8])
  ) throws(StoreFailure) -> Bool
  /// Takes a record out.
  /// - Throws: `.notFound`
  func remove(_ name: ConnectionName) throws(StoreFailure)
}

/// The drafts of an opened store: one sealed draft a name.
protocol OpenedDrafts {
  func draft(_ name: ConnectionName) throws(StoreFailure) -> [UInt8]?
  func writeDraft(
    _ record: [UInt8], _ name: ConnectionName, at time: Timestamp) throws(StoreFailure)
  func deleteDraft(_ name: ConnectionName) throws(StoreFailure)
}
