internal import Basics
internal import Connections

/// Reading: what is asked for together is of one moment.
extension EtcdStore {
  /// How many keys are read at once.
  static let pageCount = 500
  /// The same of those that hold sealed files.
  static let filePageCount = 32

  /// What a key of this store holds now, or held when the change began that is under way; nil for nothing.
  func value(_ key: EtcdKey) throws(StoreFailure) -> [UInt8]? { try values([key])[0] }

  /// The same of several keys, at one moment.
  func values(_ keys: [EtcdKey]) throws(StoreFailure) -> [[UInt8]?] {
    if let change { return try change.values(keys, from: self) }
    return try look { layout, revision in
      keys.map { .range(layout.text(of: $0), end: nil, revision: revision) }
    }.map { $0.items.first?.value }
  }

  /// What all keys of a space hold, sorted by name.
  /// - Parameter beginning: of the names that are wanted; it ends with a slash.
  func all(
    _ space: EtcdKey.Space, beginning: String = ""
  ) throws(StoreFailure) -> [(key: EtcdKey, value: [UInt8])] {
    if let change { return try change.all(space, beginning: beginning, from: self) }
    var found: [(key: EtcdKey, value: [UInt8])] = []
    try pages(space, beginning: beginning) { _, items in
      for item in items { found.append((key: item.key, value: item.value)) }
    }
    return found
  }

  /// The key and what it holds, with the revision at which it was put.
  typealias Entry = (key: EtcdKey, value: [UInt8], revision: Int64)

  /// Goes through a space page by page, all of them at one moment.
  /// - Parameters:
  ///   - layout: where the things lay at that moment; nil for where they lie now.
  ///   - revision: that moment; 0 for now.
  ///   - visit: told the moment too.
  func pages(
    _ space: EtcdKey.Space, beginning: String = "", of layout: EtcdLayout? = nil,
    at revision: Int64 = 0,
    _ visit: (Int64, [Entry]) throws(StoreFailure) -> Void
  ) throws(StoreFailure) {
    var (revision, last) = (revision, String?.none)
    let limit = space == .rows ? Self.pageCount : Self.filePageCount
    let layout = layout ?? self.layout
    while true {
      let range = layout.range(space, beginning: beginning, after: last)
      let operation = EtcdOperation.range(
        range.start, end: range.end, limit: limit, revision: revision)
      let answer: EtcdAnswer
      if revision == 0 {
        answer = try guarded { _, _ in [operation] }
        // It is another one by now: from the beginning.
        if self.layout != layout { return try pages(space, beginning: beginning, visit) }
        revision = answer.revision
      } else {
        answer = try client.ask(EtcdTransaction(operations: [operation]))
      }
      guard let found = answer.found.first else { throw .badAnswer }
      var entries: [Entry] = []
      for item in found.items {
        guard let key = layout.key(item.key, in: space) else { throw .badAnswer }
        entries.append((key, item.value, item.revision))
      }
      if !entries.isEmpty { try visit(revision, entries) }
      guard let end = found.items.last, found.items.count < found.count else { return }
      last = end.key
    }
  }

  /// Asks in the generation that counts, at one moment: now, or that at which a change has begun.
  func look(
    _ operations: (EtcdLayout, Int64) -> [EtcdOperation]
  ) throws(StoreFailure) -> [EtcdAnswer.Found] {
    let found: [EtcdAnswer.Found]
    let wanted: Int
    if let change {
      let asked = operations(layout, change.revision)
      wanted = asked.count
      found = try client.ask(EtcdTransaction(operations: asked)).found
    } else {
      wanted = operations(layout, 0).count
      found = try guarded(operations).found
    }
    guard found.count == wanted else { throw .badAnswer }
    return found
  }

  /// Asks, and once more where another generation counts by now.
  private func guarded(
    _ operations: (EtcdLayout, Int64) -> [EtcdOperation]
  ) throws(StoreFailure) -> EtcdAnswer {
    let key = EtcdLayout.header(prefix)
    while true {
      let answer = try client.ask(
        EtcdTransaction(
          conditions: [.revision(key, headerRevision)], operations: operations(layout, 0),
          otherwise: [.range(key, end: nil)]))
      if answer.isMade { return answer }
      guard let item = answer.found.first?.items.first else { throw .explained(gone) }
      place(try found(in: item), item)
    }
  }

  var gone: StoreError { KnownStore.gone(path) }
}

extension EtcdClient {
  /// Asks several things at one moment. Nothing of it may change anything.
  func ask(_ transaction: EtcdTransaction) throws(StoreFailure) -> EtcdAnswer {
    guard let answer = EtcdAnswer(try ask("/v3/kv/txn", transaction.json)) else {
      throw .badAnswer
    }
    return answer
  }
}

extension StoreFailure {
  /// What cannot be understood.
  static var badAnswer: StoreFailure {
    .engine(
      reason: "the servers answered otherwise than etcd's gateway does",
      advice: "usher needs etcd 3.4 or later, asked at the port for clients", isFull: false)
  }
}
