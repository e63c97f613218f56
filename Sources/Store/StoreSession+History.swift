internal import Basics
internal import Connections

/// What a store notes of the connections that are saved to it.
extension StoreSession {
  /// Lets a record that is about to be sealed say how it came to be stored. One that was built anew goes on with the
  /// history of the one whose place it takes, where that can be opened here; else it begins with what is known. Within a
  /// change, or on the way into a batch.
  /// - Parameters:
  ///   - former: the row whose place it takes.
  ///   - keepingValues: whether nothing but facts is new, which is not worth a note.
  ///   - file: the sealed record of that row.
  func continueHistory(
    of facts: inout ConnectionFacts, from former: IndexRow?, keepingValues: Bool,
    in store: any OpenedStore, _ file: () throws(StoreFailure) -> [UInt8]
  ) {
    guard let former else {
      if facts.history.isEmpty { facts.history.append(ConnectionEvent(.linked)) }
      return
    }
    // What was opened before it was changed has its history with it.
    let wasOpened = facts.version > 0 && facts.storeID == store.header.id
    if wasOpened && keepingValues { return }
    let known = (try? file()).flatMap { history(of: former, $0, in: store) }
    let hasOwnEvent: Bool
    if wasOpened {
      hasOwnEvent = known.map { $0.last != facts.history.last } ?? false
    } else {
      let own = facts.history
      hasOwnEvent = !own.isEmpty
      facts.history = (known ?? []) + own
    }
    if !hasOwnEvent && !keepingValues { facts.history.append(ConnectionEvent(.replaced)) }
  }

  /// The history of a stored record; nil where it cannot be opened without asking anybody, or is not the row's.
  func history(
    of row: IndexRow, _ file: [UInt8], in store: any OpenedStore
  ) -> [ConnectionEvent]? {
    guard identitiesAtHand() != nil, let record = try? open(file, of: row, in: store) else {
      return nil
    }
    return record.facts.history
  }
}
