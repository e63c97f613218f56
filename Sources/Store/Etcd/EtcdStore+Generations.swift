internal import Basics
internal import Connections

/// Changes that are larger than the servers take at once: the next generation is written beside the one that counts, in
/// batches, and one small change makes it the one that counts.
///
/// While it is written everybody reads what there was before, and nobody writes: a key under a lease says so, which ends by
/// itself where this is cut off. What was written by then counts for nothing, and the next change of the kind takes it away.
extension EtcdStore {
  /// In bytes and operations, of one batch.
  private static let batchSize = 1_000_000
  private static let batchCount = 100

  /// - Returns: false where somebody else has changed something, and nothing was changed.
  func commitAnew(_ change: EtcdChange) throws(StoreFailure) -> Bool {
    let next = EtcdLayout(prefix: prefix, generation: SystemRandom.hex(8))
    let lease = try EtcdLease(client)
    defer { lease.end() }
    let sign = Array(next.generation.utf8)
    let mark = EtcdLayout.mark(prefix)
    let isUnchanged: [EtcdCondition] = [
      .revision(EtcdLayout.header(prefix), headerRevision),
      .revision(EtcdLayout.changed(prefix), change.changed),
    ]
    guard try set(mark, sign, lease.id, while: isUnchanged) else { return false }
    try removeLeftovers(besides: layout, while: [.value(mark, sign)])
    try copy(change, to: next, while: .value(mark, sign), lease)
    let new = EtcdHeader(change.header ?? header, generation: next.generation)
    let isMade = try commit(
      isUnchanged + [.value(mark, sign)],
      [.put(EtcdLayout.header(prefix), new.bytes), .delete(mark)], since: change.changed)
    guard isMade else { return false }
    // What cannot be taken away now is taken away by the next change of the kind. Said twice, or late, it takes nothing away
    // that somebody else has begun meanwhile.
    try? removeLeftovers(
      besides: next,
      while: [.value(EtcdLayout.header(prefix), new.bytes), .revision(mark, 0)])
    return true
  }

  /// Says that the next generation is being written.
  /// - Returns: false where somebody else has changed something, or says so.
  private func set(
    _ mark: String, _ sign: [UInt8], _ lease: String, while conditions: [EtcdCondition]
  ) throws(StoreFailure) -> Bool {
    // Asked again after an answer that was lost it finds its own mark.
    let answer = try client.ask(
      EtcdTransaction(
        conditions: conditions + [.revision(mark, 0)],
        operations: [.put(mark, sign, lease: lease)], otherwise: [.range(mark, end: nil)]))
    return answer.isMade || answer.found.first?.items.first?.value == sign
  }

  /// Writes all that there was, with what is changed of it.
  private func copy(
    _ change: EtcdChange, to next: EtcdLayout, while condition: EtcdCondition,
    _ lease: borrowing EtcdLease
  ) throws(StoreFailure) {
    var batch = EtcdBatch(condition, client, lease: lease.id)
    for (key, value) in change.writes {
      if let value { try batch.add(.put(next.text(of: key), value)) }
    }
    for space in EtcdKey.Space.allCases {
      try pages(space, at: change.revision) { _, entries throws(StoreFailure) in
        for entry in entries where change.writes[entry.key] == nil {
          try batch.add(.put(next.text(of: entry.key), entry.value))
        }
      }
    }
    try batch.send()
  }

  /// Takes away what belongs to no generation that counts.
  private func removeLeftovers(
    besides layout: EtcdLayout, while conditions: [EtcdCondition]
  ) throws(StoreFailure) {
    let front = EtcdLayout.generations(prefix)
    _ = try client.ask(
      EtcdTransaction(
        conditions: conditions,
        operations: [
          .delete(front, end: layout.front),
          .delete(EtcdLayout.end(of: layout.front), end: EtcdLayout.end(of: front)),
        ]))
  }

  /// How many keys belong to no generation that counts.
  func leftovers() throws(StoreFailure) -> Int {
    let front = EtcdLayout.generations(prefix)
    let counts = try look { layout, _ in
      [
        .range(front, end: layout.front, isCount: true),
        .range(
          EtcdLayout.end(of: layout.front), end: EtcdLayout.end(of: front), isCount: true),
      ]
    }
    return counts.reduce(0) { $0 + $1.count }
  }

  /// Puts of a generation that does not count yet, as many at once as a server takes. Made twice they are the same.
  private struct EtcdBatch {
    private let condition: EtcdCondition
    private let client: EtcdClient
    private let lease: String
    private var operations: [EtcdOperation] = []
    private var size = 0

    init(_ condition: EtcdCondition, _ client: EtcdClient, lease: String) {
      self.condition = condition
      self.client = client
      self.lease = lease
    }

    mutating func add(_ operation: EtcdOperation) throws(StoreFailure) {
      if !operations.isEmpty,
        size + operation.size > batchSize || operations.count >= batchCount
      {
        try send()
      }
      operations.append(operation)
      size += operation.size
    }

    mutating func send() throws(StoreFailure) {
      guard !operations.isEmpty else { return }
      let answer = try client.ask(
        EtcdTransaction(conditions: [condition], operations: operations))
      guard answer.isMade else {
        throw .engine(
          reason: "the servers did not hear of this machine for \(EtcdLease.seconds) seconds",
          advice: "run the command again", isFull: false)
      }
      (operations, size) = ([], 0)
    }
  }
}
