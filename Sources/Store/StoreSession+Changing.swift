internal import Basics
internal import Connections

/// How one thing is put into a store or taken out of it, whatever it is: verified, and with a word about the disk where
/// that fails.
extension StoreSession {
  /// What a change is about, as the beginning of a sentence, and what was to be done: `tally/default`, `stored`.
  struct Wish {
    let subject: String
    let done: String
    /// What it means that nothing is stored there, as the end of a sentence.
    let missing: String
  }

  /// Puts something in: all that `changes` does, or nothing.
  /// - Parameters:
  ///   - content: what is put in.
  ///   - changes: is lent the place for what it seals, which a failure is compared with.
  func put(
    _ content: SealedContent, _ wish: Wish, in store: any OpenedStore,
    _ changes: (inout [UInt8]) throws(StoreFailure) -> Void
  ) throws(StoreError) {
    var sealed: [UInt8] = []
    let isOnDisk: Bool
    signing.notedHeads = [:]
    do {
      isOnDisk = try replace(in: store) { () throws(StoreFailure) in try changes(&sealed) }
    } catch {
      throw explain(error, content, wish, written: sealed)
    }
    guard isOnDisk else {
      throw StoreFailure.unlike.explained("\(wish.subject) was not \(wish.done)")
    }
    rememberNoted(in: store)
  }

  /// Makes changes of a store as it is by then: all of them or nothing.
  /// - Returns: see `OpenedRecords.replace`.
  func replace(
    in store: any OpenedStore, _ changes: () throws(StoreFailure) -> Void
  ) throws(StoreFailure) -> Bool {
    try store.replace { () throws(StoreFailure) in
      // Of a run that was overtaken nothing is there.
      (signing.notedHeads, hasMadeRowKey) = ([:], false)
      try trustWithinChange(store)
      try changes()
    }
  }

  /// Takes something out.
  func take<Answer>(
    _ content: SealedContent, _ wish: Wish, _ removal: () throws(StoreFailure) -> Answer
  ) throws(StoreError) -> Answer {
    do {
      return try removal()
    } catch {
      throw explain(error, content, wish, written: [])
    }
  }

  private func explain(
    _ failure: StoreFailure, _ content: SealedContent, _ wish: Wish, written: [UInt8]
  ) -> StoreError {
    guard case .engine(let reason, let advice, _) = failure else { return failure.explained("") }
    let state = stateAfterFailure(of: content, written: written, missing: wish.missing)
    return .failed(
      Explanation(
        what: "\(wish.subject) could not be \(wish.done)", why: "\(reason); \(state)",
        advice: advice))
  }

  /// After an error of the engine: opens the store anew and says what is on it now, as the end of a sentence.
  private func stateAfterFailure(
    of content: SealedContent, written: [UInt8], missing: String
  ) -> String {
    forgetOpening()
    do throws(StoreFailure) {
      guard let store = try? existing() else {
        return isRefused ? "the store cannot be read at the moment" : missing
      }
      guard let stored = try content.read(in: store) else { return missing }
      return stored == written
        ? "the new \(content.word) is \(location.kind.whereabouts) nevertheless"
        : "what was stored before is still there, unchanged"
    } catch {
      if case .explained(.notFound) = error { return missing }
      return "the store cannot be read at the moment"
    }
  }
}
