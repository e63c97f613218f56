internal import Basics
internal import Connections
internal import Secrets

/// Everything that lies sealed, sealed for others.
extension StoreSession {
  /// Puts other recipients in place of those that a store is sealed to, and seals all of it anew under a new key of the
  /// rows, in one change. Versions and times stay: no connection is changed by it.
  ///
  /// What is about to be is remembered before it is, and what is, after: whenever this is cut off, the store is as it was
  /// or as it was to be, and this machine takes it for its own.
  ///
  /// - Parameter isWriteOnly: whether this machine will be without an identity.
  /// - Returns: how many things were sealed anew.
  func reseal(
    _ store: any OpenedStore, for recipients: [KnownRecipient], isWriteOnly: Bool = false
  ) throws(StoreError) -> Int {
    let before = store.header
    let header = StoreHeader(
      id: before.id, created: before.created, recipients: recipients.map(\.key))
    let identities = try identities()
    var count = 0
    do throws(StoreFailure) {
      let key = try RowKey.new(for: header)
      let change = RecipientChange(
        recipients: recipients, isWriteOnly: isWriteOnly, rowKey: key.fingerprint)
      let isOnDisk = try replace(in: store) { () throws(StoreFailure) in
        count = 0
        try begin(change, of: before, in: store)
        try store.putHeader(header)
        try store.putRowKey(signed(key.file, .rowKey))
        try store.replaceSealed { binding, stored throws(StoreFailure) in
          guard binding != .rowKey else { return nil }
          count += 1
          return try reseal(stored, binding, in: store, under: key, with: identities)
        }
      }
      guard isOnDisk else { throw .lost }
      openRowKey = key
    } catch {
      throw explain(error, from: before, to: header)
    }
    // What is remembered of each thing first: where that is cut off, it is done when the store is trusted the next time.
    try rememberAll(in: store)
    keySetup.remember(header, path: store.path)
    return count
  }

  /// Within the change.
  private func begin(
    _ change: RecipientChange, of header: StoreHeader, in store: any OpenedStore
  ) throws(StoreFailure) {
    guard store.header == header else {
      throw .explained(
        .failed(
          Explanation(
            what: "its recipients are others by now", why: "another process has changed them",
            advice: "look at them, then run the command again: usher keys show")))
    }
    // What is lost already would be missed by nobody later.
    try store.requireWhole()
    try explained { () throws(StoreError) in
      try keySetup.remember(change, of: header, path: store.path)
    }
  }

  /// Opens one thing, makes sure that it is what the store says, and seals its content as it is.
  private func reseal(
    _ stored: [UInt8], _ binding: SealBinding, in store: any OpenedStore, under key: RowKey,
    with identities: OpenIdentities
  ) throws(StoreFailure) -> [UInt8] {
    let file = try explained { () throws(StoreError) in try verified(stored, binding) }
    var plaintext = SecretBuffer(capacity: max(1, file.count))
    let sealed: [UInt8]
    do {
      try AgeFile.open(file, with: identities.keys, into: &plaintext)
      sealed = try AgeFile.seal(plaintext, to: store.header.recipients)
    } catch {
      throw .explained(binding.content.cannotBeResealed(because: error.reason))
    }
    let (difference, summary) = binding.comparison(of: plaintext, in: store)
    if let difference {
      throw .explained(binding.content.cannotBeResealed(because: difference))
    }
    if let summary, let sealed = key.seal(summary) {
      try store.putSummary(sealed, of: summary.entry)
    }
    return try resigned(sealed, inPlaceOf: stored, binding)
  }

  /// After a failure: opens the store anew, goes on with what is on the disk now, and says which it is.
  private func explain(
    _ failure: StoreFailure, from before: StoreHeader, to header: StoreHeader
  ) -> StoreError {
    forgetOpening()
    let state: String
    if let store = try? existing() {
      if store.header.recipients == header.recipients {
        try? rememberAll(in: store)
        keySetup.remember(store.header, path: store.path)
        state = "it is sealed anew nevertheless"
      } else {
        keySetup.forgetChange(to: header, of: before, path: store.path)
        state = "nothing was changed"
      }
    } else {
      state = "the store cannot be read at the moment; it is as it was, or sealed anew as a whole"
    }
    let what = "the store was not sealed anew"
    switch failure {
    case .engine(let reason, let advice, _):
      return .failed(Explanation(what: what, why: "\(reason); \(state)", advice: advice))
    case .explained(let error):
      let told = error.explanation
      let why = told.why.map { "\(told.what): \($0)" } ?? told.what
      return .identity(
        Explanation(what: what, why: "\(why); \(state)", advice: told.advice))
    }
  }
}

extension RowKey {
  /// A new one for a store that is about to have other recipients.
  fileprivate static func new(for header: StoreHeader) throws(StoreFailure) -> RowKey {
    do {
      return try RowKey(for: header)
    } catch {
      throw .explained(
        .failed(Explanation(what: "the key of the rows was not made", why: error.reason)))
    }
  }
}
