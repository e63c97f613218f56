internal import Basics
package import Connections

/// One opening of a store: everything that a command, or one effect of the wizard, asks of it.
///
/// The store is opened at the first question, once, and closed with the session. That something is not there is only said
/// of a store that is whole, or whose rows are as many as were counted. Between two questions no lock is held. The
/// identity is read for the first record and stays in locked memory until the session ends. Belongs to one thread at a
/// time.
package struct StoreSession: ~Copyable {
  private let handle: StoreHandle
  private let state = State()

  /// What the questions so far have found out.
  private final class State {
    enum Opening {
      case unopened
      case open(any OpenedStore)
      /// What a session was refused once it is refused throughout.
      case refused(StoreError)
    }

    var opening = Opening.unopened
    /// Whether identity and memory of this machine agree with the store.
    var isTrusted = false
    /// Whether somebody can open what is sealed, and the store is remembered.
    var isReadyToSeal = false
    var identities: OpenIdentities?
    var rowKey: RowKey?
    var hasMadeRowKey = false
  }

  init(_ handle: StoreHandle) { self.handle = handle }

  var location: StoreLocation { handle.location }
  var keySetup: RecipientSetup { handle.keySetup }
  var engine: any StoreEngine { handle.engine }
  var notice: StoreNotice.Receiver? { handle.notice }

  /// Whether the key of the rows was made by this session.
  var hasMadeRowKey: Bool {
    get { state.hasMadeRowKey }
    nonmutating set { state.hasMadeRowKey = newValue }
  }

  /// The key of the rows that has been used so far.
  var openRowKey: RowKey? {
    get { state.rowKey }
    nonmutating set { state.rowKey = newValue }
  }

  /// The store as it is; nil when there is none yet.
  func existing() throws(StoreError) -> (any OpenedStore)? {
    switch state.opening {
    case .open(let store): return store
    case .refused(let error): throw error
    case .unopened: break
    }
    do throws(StoreError) {
      if let store = try engine.open() {
        state.opening = .open(store)
        return store
      }
      guard let missing = try keySetup.missingStore(path: location.canonicalPath) else {
        return nil
      }
      // Another process may have made it, and remembered it, since it was looked for.
      guard let store = try engine.open() else { throw missing }
      state.opening = .open(store)
      return store
    } catch {
      state.opening = .refused(error)
      throw error
    }
  }

  /// Refuses, before anything is asked of anybody, what a save would be refused for: a store that is not the one of this
  /// machine, that nothing may be written to, or whose identity is missing.
  package func prepareToSave() throws(StoreError) {
    guard let store = try existing() else { return }
    try trust(store)
    try keySetup.requireIdentity(path: store.path)
    try store.requireWritable()
  }

  /// The store, made when there is none, with recipients that are known to be right.
  func openForSealing() throws(StoreError) -> any OpenedStore {
    let store: any OpenedStore
    if let existing = try existing() {
      store = existing
    } else {
      store = try engine.create { () throws(StoreError) in
        // The identity first: a store is never without somebody who can open it.
        return StoreHeader(recipients: try keySetup.recipientsForNewStore())
      }
      state.opening = .open(store)
    }
    try trust(store)
    if !state.isReadyToSeal {
      try keySetup.requireIdentity(path: store.path)
      keySetup.remember(store.header, path: store.path)
      state.isReadyToSeal = true
    }
    return store
  }

  /// Refuses a store that does not belong to the identity, or is not the one that this machine remembers.
  func trust(_ store: any OpenedStore) throws(StoreError) {
    guard !state.isTrusted else { return }
    try keySetup.check(store.header, path: store.path)
    state.isTrusted = true
  }

  /// The private keys, read once a session.
  func identities() throws(StoreError) -> OpenIdentities {
    if let identities = state.identities { return identities }
    let opening = state.opening
    let keys = try keySetup.keyring.identities { () throws(StoreError) in
      if case .open(let store) = opening { try keySetup.requireIdentity(path: store.path) }
    }
    let identities = OpenIdentities(keys)
    state.identities = identities
    return identities
  }

  /// The private keys where they can be had without asking anybody; nil where there are none, or they are locked.
  func identitiesAtHand() -> OpenIdentities? {
    if let identities = state.identities { return identities }
    guard case .open(let keys) = try? keySetup.keyring.find() else { return nil }
    let identities = OpenIdentities(keys)
    state.identities = identities
    return identities
  }

  /// Makes the next question open the store anew.
  func forgetOpening() { state.opening = .unopened }

  /// Whether the session was refused throughout.
  var isRefused: Bool {
    if case .refused = state.opening { true } else { false }
  }
}

extension StoreSession: ConnectionStore {
  /// Reads the clear columns only. Empty where there is no store, which is not made for it.
  package func list(
    _ selection: ConnectionSelection
  ) throws(StoreError) -> [ConnectionIndexEntry] {
    guard let store = try existing() else { return [] }
    do {
      return try store.rows(selection).map(\.entry).sorted { $0.name < $1.name }
    } catch {
      throw error.explained("cannot list the connections in \(store.path)")
    }
  }

  /// Whether the index has a row of a name. Quick at any size; false is no word that there is no such connection, which
  /// `find` says after a look at the whole store.
  package func hasRow(of name: ConnectionName) throws(StoreError) -> Bool {
    guard let store = try existing() else { return false }
    do {
      return try store.row(name) != nil
    } catch {
      throw error.explained("cannot read \(name) from \(store.path)")
    }
  }

  /// Decrypts with the identity, and compares every clear column with what is sealed.
  ///
  /// - Throws: `.notFound`; `.identity` where the key does not open it; `.damaged` where row and record differ.
  package func read(_ name: ConnectionName) throws(StoreError) -> ConnectionRecord {
    guard let store = try existing() else { throw .notFound(name) }
    let (row, sealed) = try sealed(name, in: store)
    try trust(store)
    return try open(sealed, of: row, in: store)
  }

  /// Opens a record, and makes sure that it is the one of its row.
  func open(
    _ sealed: [UInt8], of row: IndexRow, in store: any OpenedStore
  ) throws(StoreError) -> ConnectionRecord {
    let record = try RecordSealing.open(sealed, of: row.name, with: identities().keys)
    if let difference = row.difference(from: record.facts, in: store.header.id) {
      throw .damaged(row.name, why: difference)
    }
    return record
  }

  /// Needs no identity. What is exported is not opened before: a damaged record comes out as it lies there.
  package func export(_ name: ConnectionName) throws(StoreError) -> [UInt8] {
    guard let store = try existing() else { throw .notFound(name) }
    return try sealed(name, in: store).record
  }

  /// An error of the engine says whether the connection is still there, as far as that can be read.
  ///
  /// - Throws: `.notFound` also where there is no store.
  package func remove(_ name: ConnectionName) throws(StoreError) {
    guard let store = try existing() else { throw .notFound(name) }
    let wish = Wish(subject: "\(name)", done: "removed", missing: "the connection is gone")
    try take(.record(name), wish) { () throws(StoreFailure) in try store.remove(name) }
  }

  private func sealed(
    _ name: ConnectionName, in store: any OpenedStore
  ) throws(StoreError) -> (row: IndexRow, record: [UInt8]) {
    do {
      return try store.sealed(name)
    } catch {
      throw error.explained("cannot read \(name) from \(store.path)")
    }
  }
}
