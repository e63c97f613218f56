internal import Basics
internal import Connections

/// What a store notes of the connections that are saved to it.
extension StoreSession {
  /// Lets a record that is about to be sealed say how it came to be stored. One that was built anew goes on with the
  /// history of the one whose place it takes, where that can be opened here; else it begins with what is known. Within a
  /// change, or on the way into a batch.
  /// - Parameters:
  ///   - former: the row whose place it takes.
  ///   - change: what is new about it, as far as the caller says it.
  ///   - file: the sealed record of that row.
  /// - Returns: whether what is stored stays as good as it was: nothing but facts is new, which is not worth a note. Who
  ///   saves the values that are there, as a script does that is run again, would lose what they took the place of.
  func continueHistory(
    of record: inout ConnectionRecord, from former: IndexRow?, _ change: RecordChange,
    in store: any OpenedStore, _ file: () throws(StoreFailure) -> [UInt8]
  ) -> Bool {
    let keepsValues = change == .facts
    guard let former else {
      if record.facts.history.isEmpty { record.facts.history.append(ConnectionEvent(.linked)) }
      return keepsValues
    }
    // What was opened before it was changed has its history with it.
    let wasOpened = record.facts.version > 0 && record.facts.storeID == store.header.id
    if wasOpened && keepsValues { return true }
    let (known, isSame) = comparison(of: record, with: former, file, in: store)
    let hasOwnEvent: Bool
    if wasOpened {
      hasOwnEvent = known.map { $0 != record.facts.history } ?? false
    } else {
      let own = record.facts.history
      hasOwnEvent = !own.isEmpty
      record.facts.history = (known ?? []) + own
    }
    let isKept = keepsValues || (isSame && change == .values)
    if !hasOwnEvent && !isKept { record.facts.history.append(ConnectionEvent(.replaced)) }
    return isKept
  }

  /// The history of what is stored, and whether its values are those of another record; of what cannot be opened without
  /// asking anybody neither is known.
  private func comparison(
    of record: borrowing ConnectionRecord, with row: IndexRow,
    _ file: () throws(StoreFailure) -> [UInt8], in store: any OpenedStore
  ) -> (history: [ConnectionEvent]?, isSame: Bool) {
    guard identitiesAtHand() != nil, let file = try? file(),
      let stored = try? open(file, of: row, in: store)
    else { return (nil, false) }
    return (stored.facts.history, stored.hasSameCredentials(as: record))
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

/// What a save brings, as far as its caller says it.
enum RecordChange {
  /// Nothing but facts: the values are those that are stored.
  case facts
  /// Values that may be others than those that are stored.
  case values
  /// Values, and tokens that were got with them.
  case valuesAndToken
}
