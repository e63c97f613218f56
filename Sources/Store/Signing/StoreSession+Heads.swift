internal import Basics
internal import Connections

/// The memory of what was stored last, against a store that is put back to what it was.
extension StoreSession {
  /// Throws where this machine has seen a later version than what it was given, or another content of the same version.
  func requireNewest(
    _ envelope: SignedEnvelope, _ binding: SealBinding, in store: any OpenedStore
  ) throws(StoreError) {
    guard let key = binding.headKey, let heads = heads(of: store) else { return }
    let head = RememberedHead(envelope)
    // What is not on the disk yet is no memory.
    if signing.notedHeads[key] == head { return }
    guard let known = heads.head(of: key) else { return heads.remember(head, of: key) }
    if known == head { return }
    if known.version < head.version { return heads.remember(head, of: key) }
    // Another process may have made the memory anew, and put the new file in the place of the one that is open.
    signing.openHeads = .unopened
    if let renewed = self.heads(of: store)?.head(of: key), renewed == head { return }
    // What was read may have been overtaken since by somebody whose change is remembered already.
    if isOvertaken(envelope, binding, by: known, in: store) { return }
    throw .untrusted(
      Explanation(
        what: "\(binding.content.subject) is not used",
        why: binding.word(for: head, instead: known),
        advice: "if you put a backup back: usher keys trust"))
  }

  /// Whether there is something else in the store by now, as late as what is remembered.
  private func isOvertaken(
    _ envelope: SignedEnvelope, _ binding: SealBinding, by known: RememberedHead,
    in store: any OpenedStore
  ) -> Bool {
    let now: (SealBinding, [UInt8])?
    do {
      now = try binding.content.current(in: store)
    } catch {
      return false
    }
    // Somebody has removed it.
    guard let (other, stored) = now, other.id == binding.id else { return true }
    guard let latest = try? intact(stored, other, in: store), latest.digest != envelope.digest,
      (try? isKnown(latest.writer, in: store)) == true
    else { return false }
    return latest.version > known.version || RememberedHead(latest) == known
  }

  /// Notes what a change puts in, which is remembered once that is on the disk.
  func note(_ binding: SealBinding, _ stored: [UInt8]) {
    guard let key = binding.headKey, let envelope = SignedEnvelope(stored) else { return }
    signing.notedHeads[key] = RememberedHead(envelope)
  }

  /// Remembers what was noted of a change that is on the disk.
  func rememberNoted(in store: any OpenedStore) {
    let noted = signing.notedHeads
    signing.notedHeads = [:]
    guard !noted.isEmpty, let heads = heads(of: store) else { return }
    for (key, head) in noted { heads.remember(head, of: key) }
  }

  /// Remembers that something was removed here, so that it is noticed when it comes back.
  func rememberRemoval(of binding: SealBinding, in store: any OpenedStore) {
    guard store.isSigned, let key = binding.headKey else { return }
    heads(of: store)?.remember(.removed, of: key)
  }

  /// Takes all that is in the store for the latest.
  func rememberAll(in store: any OpenedStore) throws(StoreError) {
    guard let directory = try PrivateDirectory.open(location.configuration, .readable) else {
      return
    }
    try RememberedHeads.make(of: store.path, in: directory)
    signing.openHeads = .unopened
    guard let heads = heads(of: store) else { return }
    do {
      try store.eachSealed { binding, stored in
        guard let key = binding.headKey, let envelope = SignedEnvelope(stored) else { return }
        heads.remember(RememberedHead(envelope), of: key)
      }
    } catch {
      throw error.explained("cannot read \(store.path)")
    }
  }

  /// The memory, made where there is none; nil where there is no place for it.
  func heads(of store: any OpenedStore) -> RememberedHeads? {
    switch signing.openHeads {
    case .open(let heads): return heads
    case .none: return nil
    case .unopened: break
    }
    let heads = openedHeads(of: store)
    signing.openHeads = heads.map { .open($0) } ?? .none
    return heads
  }

  private func openedHeads(of store: any OpenedStore) -> RememberedHeads? {
    do throws(StoreError) {
      do throws(StoreError) {
        if let heads = try rememberedHeads(of: store.path) { return heads }
      } catch {
        guard case .failed(let explanation) = error else { throw error }
        notice?(
          .warning(
            "\(explanation.what), and is made anew: what was put back before is not noticed"))
      }
      guard let directory = try PrivateDirectory.open(location.configuration, .readable) else {
        return nil
      }
      try RememberedHeads.make(of: store.path, in: directory)
      return try rememberedHeads(of: store.path)
    } catch {
      // What cannot be remembered is not noticed; doctor says so.
      return nil
    }
  }

  /// The memory as it is; nil where there is none.
  func rememberedHeads(of path: String) throws(StoreError) -> RememberedHeads? {
    guard let directory = try PrivateDirectory.open(location.configuration, .readable) else {
      return nil
    }
    return try RememberedHeads(of: path, in: directory)
  }
}

/// The memory as a session has it.
enum OpenHeads {
  case unopened
  case none
  case open(RememberedHeads)
}

extension SealBinding {
  /// Why something is not the latest, as the end of a sentence.
  func word(for head: RememberedHead, instead known: RememberedHead) -> String {
    if known == .removed { return "it was removed here, and has come back" }
    guard known.version > head.version else {
      return "it is another content than the one that this machine remembers of the same version"
    }
    switch content {
    case .application: return "it is older than the one that this machine remembers"
    case .record, .token, .formerRecord, .formerToken, .draft, .rowKey:
      return "it is version \(head.version), and this machine remembers version \(known.version)"
    }
  }
}

extension SealedContent {
  /// What a store has now under the name of a record or an application; nil where that is nothing.
  fileprivate func current(
    in store: any OpenedStore
  ) throws(StoreFailure) -> (SealBinding, [UInt8])? {
    switch self {
    case .record(let name):
      guard try store.row(name) != nil else { return nil }
      let (row, stored) = try store.sealed(name)
      return (SealBinding(record: row), stored)
    case .application(let name):
      guard let sealed = try store.application(name) else { return nil }
      return (SealBinding(application: sealed.row), sealed.file)
    case .token, .formerRecord, .formerToken, .draft, .rowKey: return nil
    }
  }
}
