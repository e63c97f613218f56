internal import Basics
internal import Connections
internal import Glibc

/// Changes: all of one or nothing, over what was read for it.
extension EtcdStore {
  /// How many conditions and how many operations a server takes at once, as it is set up usually.
  static let operationLimit = 128
  /// In bytes, how much of a change is sent at once: a server takes 1.5 MiB, as it is set up usually.
  static let sizeLimit = 1_300_000
  /// How long it is tried to make a change that others overtake.
  private static let patience = StoreWaiting.limit

  /// The body may run again: where somebody else has changed what it has read, nothing of it was made, and it begins anew on
  /// what is there then.
  /// - Parameter isPatient: whether anybody is waited for.
  func change(
    isPatient: Bool = true, _ body: () throws(StoreFailure) -> Void
  ) throws(StoreFailure) {
    let end = ContinuousClock.now + Self.patience
    var round = 0
    while true {
      let former = header
      do throws(StoreFailure) {
        if try attempt(isPatient: isPatient, body) { return }
      } catch {
        change = nil
        adopt(former)
        throw error
      }
      change = nil
      adopt(former)
      guard isPatient, ContinuousClock.now < end else { throw .overtaken }
      // Whoever lost to somebody does not meet him again.
      round += 1
      usleep(UInt32.random(in: 0...UInt32(min(round, 20)) * 5_000))
    }
  }

  /// - Returns: false where somebody else was faster, and nothing was changed.
  private func attempt(
    isPatient: Bool, _ body: () throws(StoreFailure) -> Void
  ) throws(StoreFailure) -> Bool {
    let change = try begin(isPatient: isPatient)
    self.change = change
    try body()
    self.change = nil
    if change.isEmpty { return true }
    let operations = change.operations(in: layout)
    let size = operations.reduce(0) { $0 + $1.size }
    if change.header != nil || operations.count > Self.operationLimit - 2 || size > Self.sizeLimit {
      return try commitAnew(change)
    }
    return try commit(
      [
        .revision(EtcdLayout.header(prefix), headerRevision),
        .revision(EtcdLayout.mark(prefix), 0),
      ] + change.conditions(in: self), operations, since: change.changed)
  }

  /// Looks at the store as it is now, and waits for whoever is about to put another generation in its place.
  private func begin(isPatient: Bool) throws(StoreFailure) -> EtcdChange {
    let keys = [
      EtcdLayout.header(prefix), EtcdLayout.changed(prefix), EtcdLayout.mark(prefix),
    ]
    let wait = EtcdWait(notice, "which seals \(path) anew")
    while true {
      let answer = try client.ask(
        EtcdTransaction(operations: keys.map { .range($0, end: nil) }))
      guard answer.found.count == keys.count else { throw .badAnswer }
      if answer.found[2].items.isEmpty {
        guard let item = answer.found[0].items.first else { throw .explained(gone) }
        try adopt(item)
        return EtcdChange(
          revision: answer.revision, changed: answer.found[1].items.first?.revision ?? 0)
      }
      guard isPatient, wait.pause(upTo: Self.patience) else {
        throw .engine(
          reason: "another machine is sealing it anew",
          advice: "try again when that has ended; where it was cut off it ends by itself in "
            + "\(EtcdLease.seconds) seconds", isFull: false)
      }
    }
  }

  /// Makes a change where its conditions hold. An answer that is lost is settled by looking whether the change is there: the
  /// same is not done twice.
  /// - Parameter former: at which anything was changed last before it.
  /// - Returns: false where the conditions do not hold.
  func commit(
    _ conditions: [EtcdCondition], _ operations: [EtcdOperation], since former: Int64
  ) throws(StoreFailure) -> Bool {
    let mark = Array(SystemRandom.hex(16).utf8)
    let changed = EtcdLayout.changed(prefix)
    var transaction = EtcdTransaction(
      conditions: conditions, operations: operations + [.put(changed, mark)])
    let end = ContinuousClock.now + Self.patience
    var (isDoubtful, seen) = (false, Int64?.none)
    while true {
      var isRefused = false
      do throws(StoreFailure) {
        switch try client.send("/v3/kv/txn", transaction.json) {
        case .answered(let json):
          guard let answer = EtcdAnswer(json) else { throw .badAnswer }
          if answer.isMade { return true }
          if !isDoubtful { return false }
          isRefused = true
        case .lost: isDoubtful = true
        }
      } catch {
        guard isDoubtful, ContinuousClock.now < end else { throw error }
      }
      switch try find(mark, since: former) {
      case .made: return true
      case .notMade(let last):
        // What it was refused for is not that somebody was faster since the last look.
        if isRefused, last == seen { return false }
        guard ContinuousClock.now < end else { throw .noLeader("the answer was lost") }
        seen = last
        transaction.conditions = conditions + [.revision(changed, last)]
      }
    }
  }

  private enum Trace {
    case made
    /// With the revision of the last change that there is.
    case notMade(Int64)
  }

  /// Whether a change was made: goes back through all that were made since.
  private func find(_ mark: [UInt8], since former: Int64) throws(StoreFailure) -> Trace {
    let key = EtcdLayout.changed(prefix)
    var (revision, last) = (Int64(0), Int64?.none)
    while true {
      let answer = try client.ask(
        EtcdTransaction(operations: [.range(key, end: nil, revision: revision)]))
      guard let item = answer.found.first?.items.first else { return .notMade(last ?? 0) }
      if last == nil { last = item.revision }
      if item.value == mark { return .made }
      guard item.revision > former + 1 else { return .notMade(last ?? 0) }
      revision = item.revision - 1
    }
  }
}

extension StoreFailure {
  fileprivate static var overtaken: StoreFailure {
    .engine(
      reason: "others have changed it at the same moment, again and again",
      advice: "run the command again", isFull: false)
  }
}
