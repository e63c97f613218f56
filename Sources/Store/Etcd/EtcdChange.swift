internal import Basics
internal import Connections

/// A change that is being put together: what was read for it, all of one moment, and what it puts in and takes out.
final class EtcdChange {
  /// The moment.
  let revision: Int64
  /// At which anything in the store was changed last, as of that moment; 0 where nothing was.
  let changed: Int64
  /// The header that it puts in the place of the one that is there; nil to leave that.
  var header: StoreHeader?
  /// What the keys held that were read; nil for nothing.
  private var read: [EtcdKey: [UInt8]?] = [:]
  /// At which they were put; 0 of one that was not there.
  private(set) var revisions: [EtcdKey: Int64] = [:]
  /// What is put in, and nil for what is taken out.
  private(set) var writes: [EtcdKey: [UInt8]?] = [:]
  /// Whether it depends on more than the keys that were read by name: then nothing else may have changed.
  private(set) var isOverAll = false

  init(revision: Int64, changed: Int64) {
    self.revision = revision
    self.changed = changed
  }

  /// Whether there is nothing to do.
  var isEmpty: Bool { writes.isEmpty && header == nil }

  func values(_ keys: [EtcdKey], from store: EtcdStore) throws(StoreFailure) -> [[UInt8]?] {
    let missing = keys.filter { writes[$0] == nil && read[$0] == nil }
    if !missing.isEmpty {
      let found = try store.look { layout, revision in
        missing.map { .range(layout.text(of: $0), end: nil, revision: revision) }
      }
      for (key, found) in zip(missing, found) { note(key, found.items.first) }
    }
    return keys.map { key in (writes[key] ?? read[key]) ?? nil }
  }

  func all(
    _ space: EtcdKey.Space, beginning: String, from store: EtcdStore
  ) throws(StoreFailure) -> [(key: EtcdKey, value: [UInt8])] {
    isOverAll = true
    try store.pages(space, beginning: beginning, at: revision) { _, entries in
      for entry in entries where self.read[entry.key] == nil {
        self.read[entry.key] = .some(entry.value)
        self.revisions[entry.key] = entry.revision
      }
    }
    let names = Set(read.keys).union(writes.keys).filter {
      $0.space == space && $0.name.hasPrefix(beginning)
    }
    return names.sorted { $0.name < $1.name }.compactMap { key in
      guard let value = (writes[key] ?? read[key]) ?? nil else { return nil }
      return (key, value)
    }
  }

  /// Puts something in, over what was read of the key.
  func put(
    _ value: [UInt8], _ key: EtcdKey, in store: EtcdStore
  ) throws(StoreFailure) {
    _ = try values([key], from: store)
    writes[key] = .some(value)
  }

  /// Takes something out, where it is there.
  func remove(_ key: EtcdKey, in store: EtcdStore) throws(StoreFailure) {
    guard try values([key], from: store)[0] != nil else { return }
    writes[key] = .some(nil)
  }

  private func note(_ key: EtcdKey, _ item: EtcdItem?) {
    read[key] = .some(item?.value)
    revisions[key] = item?.revision ?? 0
  }

  /// What has to be as it was.
  func conditions(in store: EtcdStore) -> [EtcdCondition] {
    if isOverAll || revisions.count > EtcdStore.operationLimit - 4 {
      return [.revision(EtcdLayout.changed(store.prefix), changed)]
    }
    return revisions.map { .revision(store.layout.text(of: $0.key), $0.value) }
  }

  /// What is to be done, in the generation that is there.
  func operations(in layout: EtcdLayout) -> [EtcdOperation] {
    writes.compactMap { key, value in
      let text = layout.text(of: key)
      if let value { return .put(text, value) }
      // What was put in and taken out again was never there.
      return revisions[key] == 0 ? nil : .delete(text)
    }
  }
}
