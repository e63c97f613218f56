internal import Basics
internal import Connections

/// The key of the rows, as far as this machine can and may use it.
extension StoreSession {
  enum RowKeyFinding {
    /// The store has none yet.
    case absent
    case usable(RowKey)
    /// There is no identity here that could open it.
    case closed
    /// It cannot be opened, or is no key of this store.
    case broken(why: String)
    /// It is another one than this machine remembers, or signed by somebody whom it does not know. Whoever put it there may
    /// know it.
    case unknown
  }

  /// Does not fail: without the key everything is read from the records.
  func rowKey(in store: any OpenedStore) -> RowKeyFinding {
    let found: [UInt8]?
    do {
      found = try store.rowKey()
    } catch {
      return .broken(why: "it cannot be read")
    }
    guard let stored = found else { return .absent }
    let file: [UInt8]
    do {
      file = try verified(stored, .rowKey)
    } catch {
      if case .untrusted = error { return .unknown }
      return .broken(why: error.explanation.why ?? error.explanation.what)
    }
    if let key = openRowKey, key.file == file { return .usable(key) }
    guard keySetup.acceptsRowKey(RowKey.fingerprint(of: file), path: store.path) else {
      return .unknown
    }
    guard let identities = identitiesAtHand() else { return .closed }
    do {
      let key = try RowKey(opening: file, of: store.header.id, with: identities.keys)
      openRowKey = key
      return .usable(key)
    } catch {
      return .broken(why: error.reason)
    }
  }

  /// The key to seal rows with, made where there is none or the one that is there is good for nobody. Within a change of
  /// the store's.
  /// - Returns: nil where rows have to do without: this machine has no identity, or remembers another key.
  func rowKeyForSealing(in store: any OpenedStore) throws(StoreFailure) -> RowKey? {
    switch rowKey(in: store) {
    case .usable(let key): return key
    case .closed, .unknown: return nil
    case .absent: break
    case .broken(let why):
      notice?(.warning("the key of the rows of \(store.path) is made anew: \(why)"))
    }
    // Whoever cannot read the key again has no use for one.
    guard identitiesAtHand() != nil else { return nil }
    return try renewRowKey(in: store)
  }

  /// Makes the key anew. What was sealed under the one before goes, and is read from the records until they are listed
  /// the next time. Within a change of the store's.
  private func renewRowKey(in store: any OpenedStore) throws(StoreFailure) -> RowKey {
    let key: RowKey
    do {
      key = try RowKey(for: store.header)
    } catch {
      throw .explained(
        .failed(Explanation(what: "the key of the rows was not made", why: error.reason)))
    }
    try store.putRowKey(try signed(key.file, .rowKey))
    openRowKey = key
    hasMadeRowKey = true
    return key
  }

  /// Remembers the key that has been used, where none was, and one of our own making in any case. After the change that
  /// put it in.
  func rememberRowKey(of store: any OpenedStore) {
    guard let key = openRowKey else { return }
    keySetup.remember(
      store.header, path: store.path, rowKey: key.fingerprint, isOwn: hasMadeRowKey)
    hasMadeRowKey = false
  }
}
