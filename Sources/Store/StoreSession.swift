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
  let signing = SigningState()

  /// What the questions so far have found out.
  private final class State {
    enum Opening {
      case unopened
      case open(any OpenedStore)
      /// What a session was refused once it is refused throughout.
      case refused(StoreError)
    }

    var opening = Opening.unopened
    /// What the store said of itself when identity and memory of this machine agreed with it last.
    var trusted: StoreHeader?
    /// Whether this machine remembers a change of recipients that may have been cut off.
    var isChanging = false
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
  var question: UnknownWriter.Question? { handle.question }

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
      if let store = try open() {
        state.opening = .open(store)
        return store
      }
      guard let missing = try keySetup.missingStore(path: location.canonicalPath) else {
        return nil
      }
      // Another process may have made it, and remembered it, since it was looked for.
      guard let store = try open() else { throw missing }
      state.opening = .open(store)
      return store
    } catch {
      state.opening = .refused(error)
      throw error
    }
  }

  /// Anew, as the engine has it; nil where there is none.
  func open() throws(StoreError) -> (any OpenedStore)? {
    var signer: ContentSigner?
    let store = try engine.open { header throws(StoreError) in
      let first = try firstSigner(header)
      signer = first
      return first
    }
    // From now on signatures are missed here.
    if let signer, let store, store.isSigned {
      keySetup.remember([ownName(of: signer.key)], path: store.path)
    }
    return store
  }

  /// Refuses, before anything is asked of anybody, what a save would be refused for: a store that is not the one of this
  /// machine, that nothing may be written to, or whose identity is missing. Asks for the passphrase where even storing needs
  /// it.
  package func prepareToSave() throws(StoreError) {
    if try needsPassphraseToSave() { try unlockByAsking() }
    try requireIdentity()
    try existing()?.requireWritable()
  }

  /// Refuses a store that is not the one of this machine or whose identity is missing or cannot be used, and the same
  /// of an identity that a new store would be made for. Where none is wanted yet, none is made.
  package func requireIdentity() throws(StoreError) {
    try rereading { () throws(StoreError) in
      guard let store = try existing() else {
        _ = try keySetup.recipientsAtHand()
        return
      }
      try trust(store)
      try keySetup.requireIdentity(path: store.path)
    }
  }

  /// The store, made when there is none, with recipients that are known to be right.
  func openForSealing() throws(StoreError) -> any OpenedStore {
    try rereading { () throws(StoreError) in
      let store = if let store = try existing() { store } else { try made() }
      try trust(store)
      if !state.isReadyToSeal {
        try keySetup.requireIdentity(path: store.path)
        keySetup.remember(store.header, path: store.path)
        try rememberWriters(of: store)
        state.isReadyToSeal = true
      }
      return store
    }
  }

  /// The identity first: a store is never without somebody who can open it.
  private func made() throws(StoreError) -> any OpenedStore {
    let store = try engine.create(
      { () throws(StoreError) in
        StoreHeader(recipients: try keySetup.recipientsForNewStore())
      }, signing: { header throws(StoreError) in try firstSigner(header) })
    state.opening = .open(store)
    return store
  }

  /// Refuses a store that does not belong to the identity, or is not the one that this machine remembers.
  func trust(_ store: any OpenedStore) throws(StoreError) {
    guard state.trusted != store.header else { return }
    // The identity may be another one by now, too.
    if state.trusted != nil { (state.identities, state.rowKey) = (nil, nil) }
    let known = try keySetup.check(store.header, path: store.path)
    if !store.isSigned, try !knownWriters(of: store).isEmpty { throw .unsigned(store.path) }
    state.isChanging = known?.change != nil
    state.trusted = store.header
    // Whoever sealed it anew here was killed before that was remembered.
    if let change = known?.change, change.recipients.map(\.key) == store.header.recipients {
      try rememberAll(in: store)
      keySetup.remember(store.header, path: store.path)
      state.isChanging = false
    }
  }

  /// The same within a change: its recipients may have been changed since it was opened. Nobody else changes them now, so
  /// what was remembered of a change that is not there was cut off.
  func trustWithinChange(_ store: any OpenedStore) throws(StoreFailure) {
    try explained { () throws(StoreError) in try trust(store) }
    guard state.isChanging else { return }
    keySetup.forgetChange(of: store.header, path: store.path)
    state.isChanging = false
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

  /// Makes the next question read the identity anew.
  func forgetIdentities() { state.identities = nil }

  /// Makes the next question open the store anew.
  func forgetOpening() {
    state.opening = .unopened
    (state.trusted, state.isReadyToSeal) = (nil, false)
  }

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
    try rereading { () throws(StoreError) in
      guard let store = try existing() else { throw .notFound(name) }
      let (row, sealed) = try sealed(name, in: store)
      try trust(store)
      return try open(sealed, of: row, in: store)
    }
  }

  /// Opens a record, and makes sure that it is the one of its row.
  func open(
    _ sealed: [UInt8], of row: IndexRow, in store: any OpenedStore
  ) throws(StoreError) -> ConnectionRecord {
    let file = try verified(sealed, SealBinding(record: row))
    let record = try RecordSealing.open(file, of: row.name, with: identities().keys)
    if let difference = row.difference(from: record.facts, in: store.header.id) {
      throw .damaged(row.name, why: difference)
    }
    return record
  }

  /// Needs no identity: the age file, without the signature. What is exported is not opened before: a damaged record comes
  /// out as it lies there.
  package func export(_ name: ConnectionName) throws(StoreError) -> [UInt8] {
    guard let store = try existing() else { throw .notFound(name) }
    let stored = try sealed(name, in: store).record
    return SignedEnvelope(stored)?.file ?? stored
  }

  /// An error of the engine says whether the connection is still there, as far as that can be read.
  ///
  /// - Throws: `.notFound` also where there is no store.
  package func remove(_ name: ConnectionName) throws(StoreError) {
    guard let store = try existing() else { throw .notFound(name) }
    let wish = Wish(subject: "\(name)", done: "removed", missing: "the connection is gone")
    let row = try? store.row(name)
    try take(.record(name), wish) { () throws(StoreFailure) in try store.remove(name) }
    if let row { rememberRemoval(of: SealBinding(record: row), in: store) }
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
