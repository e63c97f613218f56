internal import Basics
internal import Connections

/// A place that can hold a store. An engine keeps rows and sealed bytes and knows no plaintext; whose store it is, whom
/// records are sealed to and which version wins is decided by `StoreSession`, in the same way for all of them.
protocol StoreEngine: Sendable {
  /// What it is called on screen: `SQLite file`, `etcd`.
  var name: String { get }
  /// Whether anything is in the store's place. Opens nothing.
  var exists: Bool { get }
  /// Opens the store; nil when there is none.
  /// - Parameter signing: asked where an older store is brought to the format in which all is signed.
  func open(signing: FirstSigning) throws(StoreError) -> (any OpenedStore)?
  /// Makes the store, unless another process has made it meanwhile, and opens it.
  /// - Parameters:
  ///   - header: asked before anything is written that could be taken for a store.
  ///   - signing: as for `open`; of one that another process has made.
  func create(
    _ header: () throws(StoreError) -> StoreHeader, signing: FirstSigning
  ) throws(StoreError) -> any OpenedStore
  /// Waits for its turn to get tokens for a connection: see `TokenStore`.
  /// - Parameters:
  ///   - row: of the connection, whose identifier no other one has.
  ///   - isPassed: asked now and then while it is waited; true ends the wait.
  func lockToken(
    of row: IndexRow, unless isPassed: () throws(StoreError) -> Bool
  ) throws(StoreError) -> TokenTurn
  /// What is good and what is wrong about the place, for `usher doctor`. Changes nothing.
  func examine() -> [StoreFinding]
}

/// A store that has been opened. Closed with the last reference; holds no lock between two calls.
protocol OpenedStore: AnyObject, OpenedRecords, OpenedSummaries, OpenedTokens, OpenedDrafts,
  OpenedApplications, OpenedGenerations, OpenedContents
{
  /// As it was when the store was opened, or as the last change of this opening found it.
  var header: StoreHeader { get }
  /// Whether all that is sealed in it is signed too. Not so in an older store that is read as it lies.
  var isSigned: Bool { get }
  /// Throws what stands in the way of every change, as far as it can be told without making one.
  func requireWritable() throws(StoreError)
  /// Without symbolic links, or the address of a store that is no file: what this machine remembers of the store is kept
  /// under it.
  var path: String { get }
}

/// The records of an opened store.
protocol OpenedRecords {
  /// The clear columns, in any order. None is missing: what is not among them is not in the store.
  func rows(_ selection: ConnectionSelection) throws(StoreFailure) -> [IndexRow]
  /// The row of a name, found by the index alone; nil says nothing about the store, which may be damaged.
  func row(_ name: ConnectionName) throws(StoreFailure) -> IndexRow?
  /// A row and its sealed record.
  /// - Throws: `.notFound` when the store is whole and has no such row.
  func sealed(_ name: ConnectionName) throws(StoreFailure) -> (row: IndexRow, record: [UInt8])
  /// Makes changes with `put`, `rename`, `putToken`, `putApplication`, `putRowKey`, `putSummary`, `putDraft`, `moveDraft`,
  /// `dropDraft`, `putHeader` and `replaceSealed`: all of them or nothing, while nobody else can change it. `header` is of
  /// this moment.
  ///
  /// Where nobody can be kept out meanwhile the body is run again when somebody else has changed what it has read: nothing
  /// of the run before was made, and it begins with what is there by then. What it takes from outside it leaves as it was.
  /// - Returns: whether all that is sealed reads back as it was written, or has been changed by somebody else since.
  func replace(_ changes: () throws(StoreFailure) -> Void) throws(StoreFailure) -> Bool
  /// Puts a record in, or in place of the one of the same name. Within `replace`.
  /// - Parameters:
  ///   - summary: what a list shows of it, sealed under the row key; nil where that cannot be done.
  ///   - keepsToken: whether nothing but facts is new, so that the tokens of the connection stay, and what is kept of it
  ///     from before. Otherwise the record that was there and its tokens become its former generation, as they are sealed.
  func put(
    _ row: IndexRow, _ record: [UInt8], summary: [UInt8]?, keepsToken: Bool
  ) throws(StoreFailure)
  /// Takes a record out, with the tokens and the former generation of its connection, and what was typed for it.
  /// - Throws: `.notFound`
  func remove(_ name: ConnectionName) throws(StoreFailure)
  /// Looks at all of the store, and throws when something is damaged or missing.
  func requireWhole() throws(StoreFailure)
}

/// What a list shows of the records of an opened store, sealed under its row key.
protocol OpenedSummaries {
  /// All rows in any order; none is missing.
  func summaries() throws(StoreFailure) -> [SummaryRow]
  /// The row key, sealed; nil when there is none yet.
  func rowKey() throws(StoreFailure) -> [UInt8]?
  /// Puts a row key in place of the one that is there, whose summaries go. Within `replace` or `changeIfFree`.
  func putRowKey(_ file: [UInt8]) throws(StoreFailure)
  /// Puts a summary beside a record, unless that has been changed since. Within `replace` or `changeIfFree`.
  func putSummary(_ summary: [UInt8], of entry: ConnectionIndexEntry) throws(StoreFailure)
  /// Makes changes that can be made another time: waits for nobody who uses the store.
  func changeIfFree(_ changes: () throws(StoreFailure) -> Void) throws(StoreFailure)
}

/// The tokens of an opened store: one sealed row a connection at most, which goes with it.
protocol OpenedTokens {
  /// The row of a connection, and what is kept for it.
  /// - Throws: `.notFound` when the store is whole and has no such connection.
  func token(_ name: ConnectionName) throws(StoreFailure) -> TokenRow
  /// Those of all connections that have any, in any order.
  func tokens() throws(StoreFailure) -> [TokenRow]
  /// Puts tokens in, or in place of those that the connection had. Within `replace`.
  func putToken(
    _ token: SealedToken, of name: ConnectionName
  ) throws(StoreFailure)
  /// Takes them out.
  /// - Returns: whether there were any.
  /// - Throws: `.notFound` as `token` does.
  func removeToken(_ name: ConnectionName) throws(StoreFailure) -> Bool
}

/// The drafts of an opened store: one sealed draft a name.
protocol OpenedDrafts {
  func draft(_ name: ConnectionName) throws(StoreFailure) -> [UInt8]?
  /// Puts a draft in, or in place of the one of the same name. Within `replace`.
  func putDraft(
    _ record: [UInt8], _ name: ConnectionName, at time: Timestamp) throws(StoreFailure)
  func deleteDraft(_ name: ConnectionName) throws(StoreFailure)
  /// Takes a draft out, where there is one. Within a change.
  func dropDraft(_ name: ConnectionName) throws(StoreFailure)
  /// Puts a draft under another name, in place of the one that it may have. Within `replace`.
  /// - Parameter record: the draft, sealed for the other name; nil where there is none, or it is dropped.
  func moveDraft(
    _ name: ConnectionName, to new: ConnectionName, _ record: [UInt8]?, at time: Timestamp
  ) throws(StoreFailure)
}

/// What is kept of the connections of an opened store from before their values were changed last: one former generation a
/// connection at most, which goes with it. `OpenedRecords.put` fills it.
protocol OpenedGenerations {
  /// The row of a connection, and what is kept of it.
  /// - Throws: `.notFound` when the store is whole and has no such connection.
  func former(_ name: ConnectionName) throws(StoreFailure) -> FormerRow
  /// Takes it out.
  /// - Returns: whether there was anything.
  /// - Throws: `.notFound` as `former` does.
  func removeFormer(_ name: ConnectionName) throws(StoreFailure) -> Bool
  /// Puts a row and its record in place of those of another name. Tokens and former generation stay as they are. Within
  /// `replace`, where the new name is free.
  func rename(
    _ name: ConnectionName, to row: IndexRow, _ record: [UInt8], summary: [UInt8]?
  ) throws(StoreFailure)
}

/// The applications of an opened store: a handful of sealed rows, one a name.
protocol OpenedApplications {
  /// All of them in any order; none is missing.
  func applications() throws(StoreFailure) -> [SealedApplication]
  /// Found by the index alone; nil says nothing about the store, which may be damaged.
  func application(_ name: ApplicationName) throws(StoreFailure) -> SealedApplication?
  /// Puts one in, or in place of the one of the same name. Within `replace`.
  func putApplication(_ sealed: SealedApplication) throws(StoreFailure)
  /// Takes one out.
  /// - Returns: whether there was one; false is said of a whole store only.
  func removeApplication(_ name: ApplicationName) throws(StoreFailure) -> Bool
}

/// All that an opened store keeps sealed, and whom it says that it is sealed to: for whoever seals it for others.
protocol OpenedContents {
  /// Puts other recipients in place of those that it names; each row says that it is sealed to them. Within `replace`.
  func putHeader(_ header: StoreHeader) throws(StoreFailure)
  /// Goes through all that lies sealed, one thing after the other, in any order; summaries are not among it. What the body
  /// gives for a thing takes its place, and nothing else changes. Within `replace`.
  func replaceSealed(
    _ body: (SealBinding, [UInt8]) throws(StoreFailure) -> [UInt8]?
  ) throws(StoreFailure)
  /// Visits everything as it lies there, on one state of the store. Rows that are not as they were written are left out.
  func eachSealed(
    _ visit: (SealBinding, [UInt8]) throws(StoreFailure) -> Void
  ) throws(StoreFailure)
}
