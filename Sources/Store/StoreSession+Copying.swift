internal import Basics
package import Connections

/// What has been copied from one store to another.
package struct StoreCopy: Equatable, Sendable {
  /// What was put in now.
  package var copied = 0
  /// What lay there already, as it is here.
  package var alreadyThere = 0
  /// What is another one there, or has been changed meanwhile; nothing of it was touched.
  package var different: [ConnectionName] = []
  /// How many things were read back and compared; nil where that was not begun.
  package var compared: Int?
}

/// A store that is to be kept by another engine, or elsewhere.
extension StoreSession {
  /// How many connections are put in before it is told how far it is.
  private static let stepCount = 20

  /// Puts everything that is here into another store, as it lies here: sealed, signed, and under the same identifier, so
  /// that it needs no private key and the other one is the same store in another place. Nothing that is there is written
  /// over. Cut off anywhere the same call goes on; at its end everything is read back and compared.
  ///
  /// This machine remembers of the other one what it remembers of this one.
  /// - Parameters:
  ///   - other: empty, or begun by an earlier call.
  ///   - goesOn: told how many connections are done, of how many; false ends it.
  /// - Throws: where nothing is here, or another store is there.
  package func copy(
    to other: borrowing StoreSession, _ goesOn: (Int, Int) -> Bool
  ) throws(StoreError) -> StoreCopy {
    let source = try storeToCopy()
    let target = try other.storeForCopy(of: source, remembering: keySetup.known(source.path)?.store)
    var copy = StoreCopy()
    let rows: [IndexRow]
    var summaries: [ConnectionName: [UInt8]] = [:]
    do throws(StoreFailure) {
      rows = try source.rows(.all).sorted { $0.name < $1.name }
      for row in try source.summaries() { summaries[row.entry.name] = row.summary }
      try copyRest(source, target, &copy)
    } catch {
      throw error.explained("the store was not copied to \(target.path)")
    }
    for start in stride(from: 0, to: rows.count, by: Self.stepCount) {
      guard goesOn(start, rows.count) else { return copy }
      let part = rows[start..<min(start + Self.stepCount, rows.count)]
      do {
        try Self.copy(part, summaries, source, target, &copy)
      } catch {
        throw error.explained("the store was copied to \(target.path) in part")
      }
    }
    guard goesOn(rows.count, rows.count) else { return copy }
    try compare(source, target, &copy)
    try other.rememberAll(in: target)
    return copy
  }

  private func storeToCopy() throws(StoreError) -> any OpenedStore {
    guard let store = try existing() else {
      throw .nothingThere(
        Explanation(
          what: "nothing was copied", why: "there is no store \(location.path)",
          advice: "name the store that is to be copied first, then the place where it goes"))
    }
    try trust(store)
    guard store.isSigned else {
      throw .nothingThere(
        Explanation(
          what: "nothing was copied", why: "\(store.path) is as an earlier release has left it",
          advice: "store something in it, which brings it up to date"))
    }
    return store
  }

  /// The store of this session, made where there is none yet, for a copy of another one.
  private func storeForCopy(
    of source: any OpenedStore, remembering known: KnownStore?
  ) throws(StoreError) -> any OpenedStore {
    guard location.canonicalPath != source.path else {
      throw .nothingThere(
        Explanation(what: "nothing was copied", why: "both are the store \(source.path)"))
    }
    let store: any OpenedStore
    if let found = try open() {
      guard found.header == source.header else {
        throw .failed(
          Explanation(
            what: "nothing was copied", why: "another store is in \(found.path)",
            advice: "name a place that is empty; usher export --all and usher import put one store "
              + "into another"))
      }
      store = found
    } else {
      store = try engine.create(
        { () throws(StoreError) in source.header },
        signing: { header throws(StoreError) in try firstSigner(header) })
    }
    let directory = try PrivateDirectory.create(location.configuration, .readable)
    if let known, try KnownStore(of: store.path, in: directory) == nil {
      try known.write(of: store.path, in: directory)
    }
    forgetOpening()
    guard let opened = try existing() else { throw KnownStore.gone(store.path) }
    try trust(opened)
    return opened
  }

  /// What belongs to no connection: the key of the rows, drafts, applications.
  private func copyRest(
    _ source: any OpenedStore, _ target: any OpenedStore, _ copy: inout StoreCopy
  ) throws(StoreFailure) {
    var drafts: [(name: ConnectionName, file: [UInt8])] = []
    try source.eachSealed { binding, file in
      if case .draft(let name) = binding.content { drafts.append((name, file)) }
    }
    let applications = try source.applications()
    if let key = try source.rowKey(), try target.rowKey() == nil {
      try Self.change(target) { () throws(StoreFailure) in try target.putRowKey(key) }
    }
    for application in applications where try target.application(application.row.name) == nil {
      try Self.change(target) { () throws(StoreFailure) in try target.putApplication(application) }
      copy.copied += 1
    }
    for draft in drafts where try target.draft(draft.name) == nil {
      try Self.change(target) { () throws(StoreFailure) in
        try target.putDraft(draft.file, draft.name, at: .now())
      }
    }
  }

  private static func copy(
    _ rows: ArraySlice<IndexRow>, _ summaries: [ConnectionName: [UInt8]],
    _ source: any OpenedStore, _ target: any OpenedStore, _ copy: inout StoreCopy
  ) throws(StoreFailure) {
    var things: [SealedConnection] = []
    for row in rows {
      // Somebody has changed or removed it since it was listed.
      guard let thing = try SealedConnection(row, summaries[row.name], in: source) else {
        copy.different.append(row.name)
        continue
      }
      things.append(thing)
    }
    let before = copy
    try change(target) { () throws(StoreFailure) in
      copy = before
      for thing in things {
        let name = thing.row.name
        if try target.row(name) == nil {
          try thing.put(into: target)
          copy.copied += 1
        } else if try SealedConnection(thing.row, nil, in: target)?.isSame(as: thing) == true {
          copy.alreadyThere += 1
        } else {
          copy.different.append(name)
        }
      }
    }
  }

  private static func change(
    _ store: any OpenedStore, _ body: () throws(StoreFailure) -> Void
  ) throws(StoreFailure) {
    guard try store.replace(body) else { throw .lost }
  }

  /// Reads back all that lies sealed in both.
  private func compare(
    _ source: any OpenedStore, _ target: any OpenedStore, _ copy: inout StoreCopy
  ) throws(StoreError) {
    do throws(StoreFailure) {
      var digests: [SealedContent: [UInt8]] = [:]
      try source.eachSealed { binding, file in
        digests[binding.content] = file.sha256
      }
      var count = 0
      try target.eachSealed { binding, file in
        guard digests[binding.content] == file.sha256 else { return }
        digests[binding.content] = nil
        count += 1
      }
      copy.compared = count
      for content in digests.keys {
        guard let name = content.connection, !copy.different.contains(name) else { continue }
        copy.different.append(name)
      }
      copy.different.sort()
    } catch {
      throw error.explained("the copy \(target.path) could not be compared")
    }
  }
}

extension SealedContent {
  /// The connection that it belongs to; nil for none.
  fileprivate var connection: ConnectionName? {
    switch self {
    case .record(let name), .token(let name), .formerRecord(let name), .formerToken(let name),
      .draft(let name):
      name
    case .application, .rowKey: nil
    }
  }
}
