internal import Connections

/// What an examination says of signatures, and of what is remembered of them. Changes nothing.
extension StoreSession {
  func examineSignatures(of store: any OpenedStore) -> [StoreFinding] {
    guard store.isSigned else {
      return [
        StoreFinding(
          subject: "signatures", state: .warning,
          finding: "the store is of an older format, and what is in it is not signed",
          advice: "the first command that can write to it signs what is there")
      ]
    }
    return examineContents(of: store) + examineOwnWriter() + examineHeads(of: store)
  }

  /// Whether everything was signed by somebody who is known. What is opened for the examination is looked at there.
  private func examineContents(of store: any OpenedStore) -> [StoreFinding] {
    var findings: [StoreFinding] = []
    var strangers: [KnownWriter: Int] = [:]
    let isOpened = identitiesAtHand() != nil
    do {
      try store.eachSealed { binding, stored throws(StoreFailure) in
        // A store that is damaged throughout is told by a few of its rows.
        guard findings.count < 10 else { return }
        do throws(StoreError) {
          let envelope = try intact(stored, binding, in: store)
          guard try isKnown(envelope.writer, in: store) else {
            strangers[KnownWriter(envelope.writer), default: 0] += 1
            return
          }
        } catch {
          if isOpened && binding.content.isExaminedOpen { return }
          findings.append(StoreFinding(subject: "signatures", error))
        }
      }
    } catch {
      let what = "cannot read what is signed in \(store.path)"
      return [StoreFinding(subject: "signatures", error.explained(what))]
    }
    for (stranger, count) in strangers.sorted(by: { $0.key.text < $1.key.text }) {
      findings.append(
        StoreFinding(
          subject: "writers", state: .bad,
          finding: "\(stranger.text) has signed \(count == 1 ? "1 thing" : "\(count) things"), "
            + "and is not known here",
          advice: "if that is a machine of yours: usher keys trust"))
    }
    return findings
  }

  private func examineOwnWriter() -> [StoreFinding] {
    do throws(StoreError) {
      guard let own = try keySetup.writer() else { return [] }
      return [
        StoreFinding(
          subject: "writers", state: .good,
          finding: "this machine signs as \(KnownWriter(own.publicKey).text)")
      ]
    } catch {
      return [StoreFinding(subject: "writers", error)]
    }
  }

  /// Whether anything is older than what this machine has seen.
  private func examineHeads(of store: any OpenedStore) -> [StoreFinding] {
    do throws(StoreError) {
      return try older(in: store).prefix(10).map { older in
        StoreFinding(
          subject: "versions", state: .bad, finding: "\(older.subject): \(older.why)",
          advice: "if you put a backup back: usher keys trust")
      }
    } catch {
      var finding = StoreFinding(subject: "versions", error)
      finding.state = .warning
      return [finding]
    }
  }

  /// What is older than what this machine has seen, and why it is thought so.
  func older(in store: any OpenedStore) throws(StoreError) -> [(subject: String, why: String)] {
    guard store.isSigned, let heads = try rememberedHeads(of: store.path) else { return [] }
    var found: [(subject: String, why: String)] = []
    do {
      try store.eachSealed { binding, stored in
        // What is not whole is no older one.
        guard let key = binding.headKey, let known = heads.head(of: key),
          let envelope = try? intact(stored, binding, in: store)
        else { return }
        let head = RememberedHead(envelope)
        guard known != head, known.version >= head.version else { return }
        found.append((binding.content.subject, binding.word(for: head, instead: known)))
      }
    } catch {
      throw error.explained("cannot read \(store.path)")
    }
    return found
  }
}

extension SealedContent {
  /// Whether an examination that has the identity opens it, and says what is wrong with it.
  fileprivate var isExaminedOpen: Bool {
    switch self {
    case .token, .formerRecord, .formerToken, .application: true
    case .record, .draft, .rowKey: false
    }
  }
}
