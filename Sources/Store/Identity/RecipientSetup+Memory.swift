internal import Connections

/// What this machine remembers of its stores: see `KnownStore`.
extension RecipientSetup {
  /// What is remembered of a store, and the file that says so; nil where nothing is.
  func known(_ path: String) throws(StoreError) -> (store: KnownStore, file: String)? {
    guard let directory = try PrivateDirectory.open(location.configuration, .readable),
      let store = try KnownStore(of: path, in: directory)
    else { return nil }
    return (store, "\(directory.path)/\(KnownStore.name(of: path))")
  }

  /// The file that says what this machine remembers of a store.
  func memory(of path: String) -> String {
    "\(location.configuration)/\(KnownStore.name(of: path))"
  }

  /// Why there is no store where one is remembered; nil when none is.
  func missingStore(path: String) throws(StoreError) -> StoreError? {
    try known(path).map { _ in KnownStore.gone(path) }
  }

  /// Whether changed recipients of the store would be noticed here.
  func isRemembered(_ path: String) throws(StoreError) -> Bool {
    try known(path) != nil
  }

  /// Whether a key of a store's rows is none that somebody else has put there, as far as this machine remembers it.
  func acceptsRowKey(_ fingerprint: String, path: String) -> Bool {
    guard let known = try? known(path)?.store else { return true }
    return known.accepts(rowKey: fingerprint)
  }

  /// The other stores of this machine that are sealed to one of some keys, or may be, by their paths.
  func stores(besides path: String, sealedTo keys: [AgeRecipient]) throws(StoreError) -> [String] {
    guard let directory = try PrivateDirectory.open(location.configuration, .readable) else {
      return []
    }
    return KnownStore.others(than: path, sealedTo: keys, in: directory)
  }

  /// Remembers the store. Where there is no configuration directory and none can be made, nothing is remembered:
  /// a service with a read-only home still works, and `usher doctor` says so.
  ///
  /// - Parameters:
  ///   - rowKey: the key of the rows that has been used; the first one is remembered.
  ///   - isOwn: whether this machine has made that key, which is then remembered in place of another.
  func remember(
    _ header: StoreHeader, path: String, rowKey: String? = nil, isOwn: Bool = false
  ) {
    func updated(_ known: KnownStore) -> KnownStore {
      var updated = known.settled(by: header)
      updated.rowKey = isOwn ? rowKey : updated.rowKey ?? rowKey
      return updated
    }
    // Nearly always it is remembered already: no lock is taken then.
    if let known = try? known(path)?.store, updated(known) == known { return }
    guard let directory = try? PrivateDirectory.create(location.configuration, .readable) else {
      return
    }
    try? directory.exclusively { () throws(StoreError) in
      let known = try KnownStore(of: path, in: directory)
      let isWriteOnly = if let known { known.isWriteOnly } else { try isChosenWriteOnly() }
      let next = updated(known ?? KnownStore(header, isWriteOnly: isWriteOnly))
      if next != known { try next.write(of: path, in: directory) }
    }
  }

  /// Remembers what the recipients of a store are about to be, beside what they are. While nobody else can change the
  /// store, and before it is changed.
  /// - Throws: where it cannot be remembered: then nothing may be changed.
  func remember(
    _ change: RecipientChange, of header: StoreHeader, path: String
  ) throws(StoreError) {
    let directory = try PrivateDirectory.create(location.configuration, .readable)
    try directory.exclusively { () throws(StoreError) in
      var known = try KnownStore(of: path, in: directory) ?? KnownStore(header, isWriteOnly: false)
      // Another change may have reached the store, and not this file yet.
      known = known.settled(by: header)
      known.change = change
      try known.write(of: path, in: directory)
    }
  }

  /// Forgets a change of recipients that came to nothing. While nobody else can change the store, or with the change that
  /// was one's own.
  /// - Parameter next: what it was to be; nil for whatever change there is.
  func forgetChange(to next: StoreHeader? = nil, of header: StoreHeader, path: String) {
    guard let directory = try? PrivateDirectory.open(location.configuration, .readable) else {
      return
    }
    try? directory.exclusively { () throws(StoreError) in
      guard var known = try KnownStore(of: path, in: directory), let change = known.change,
        next == nil || change.recipients.map(\.key) == next?.recipients,
        known.recipients.map(\.key) == header.recipients
      else { return }
      known.change = nil
      try known.write(of: path, in: directory)
    }
  }

  /// Whether the plan is for recipients whose identities are elsewhere, and none of them is here.
  func isChosenWriteOnly() throws(StoreError) -> Bool {
    guard case .recipients = plan else { return false }
    return switch try keyring.find() {
    case .absent: true
    case .open: false
    case .locked: false
    }
  }
}
