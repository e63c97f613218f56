internal import Basics
package import Connections

extension StoreSession: StoreInspection {
  /// Where the keys cannot be read it describes the plan for a new store.
  package func describe() -> StoreDescription {
    let report = try? keys()
    let isElsewhere = report?.protection == .writeOnly
    return StoreDescription(
      engine: engine.name, location: location.path,
      encryption: "age v1, \(schemes(of: (report?.recipients ?? []).map(\.text)))",
      identityLocation: isElsewhere
        ? "not on this machine: it can store and not read" : location.identity.text,
      exists: engine.exists)
  }

  /// What file keys are wrapped by, each named once; where no recipient is known yet, that of the planned identity.
  private func schemes(of recipients: [String]) -> String {
    var schemes: [String] = []
    for recipient in recipients {
      guard let scheme = AgeRecipient(recipient)?.scheme, !schemes.contains(scheme) else {
        continue
      }
      schemes.append(scheme)
    }
    guard schemes.isEmpty else { return schemes.joined(separator: " and ") }
    return keySetup.plan == .newPostQuantumIdentity ? AgePostQuantum.scheme : AgeX25519.stanzaType
  }

  /// Reads the identity's recipients and, where it exists, the store's header; before that the planned recipients.
  ///
  /// - Throws: when the identity file or the store is there and cannot be read.
  package func keys() throws(StoreError) -> KeyReport {
    let store = try existing()
    let recipients: [KnownRecipient]
    var isRemembered = false
    if let store {
      isRemembered = try keySetup.isRemembered(store.path)
      recipients = try knownRecipients(of: store)
    } else {
      recipients = try keySetup.plannedRecipients().map { KnownRecipient($0) }
    }
    let isOwn = try keySetup.keyring.ownership()
    return KeyReport(
      recipients: recipients.map {
        KeyRecipient(text: $0.key.text, label: $0.label, isOwn: isOwn($0.key))
      },
      identityLocation: location.identity.text, protection: try protection(of: store?.path),
      isRemembered: isRemembered)
  }

  /// Looks at directories, modes, file system, store and keys, and changes nothing.
  package func examine() -> [StoreFinding] {
    // What is read meanwhile is compared with what is remembered in one place, and not remembered.
    signing.openHeads = .none
    defer { signing.openHeads = .unopened }
    return location.notes.map { StoreFinding(subject: "place", state: .warning, finding: $0) }
      + DirectoryExamination.examine(location.configuration, .readable, "configuration directory")
      + engine.examine() + examineStore() + examineKeys()
  }

  private func examineStore() -> [StoreFinding] {
    do throws(StoreError) {
      guard let store = try existing() else {
        return [
          StoreFinding(
            subject: "store", state: .good, finding: "\(location.path) is made at the first save")
        ]
      }
      let rows: [IndexRow]
      do {
        try store.requireWhole()
        rows = try store.rows(.all)
      } catch {
        throw error.explained("cannot list the connections in \(store.path)")
      }
      let things = rows.count == 1 ? "1 connection" : "\(rows.count) connections"
      return [
        StoreFinding(subject: "store", state: .good, finding: "\(store.path) is sound, \(things)")
      ] + examineRows(of: store) + examineTokens(of: rows.map(\.name), in: store)
        + examineFormer(of: rows.map(\.name), in: store) + examineApplications(of: store)
        + examineSignatures(of: store)
    } catch {
      return [StoreFinding(subject: "store", error)]
    }
  }

  /// Whether the rows say what the records say. Opens every record that has a summary, where there is an identity.
  private func examineRows(of store: any OpenedStore) -> [StoreFinding] {
    let key: RowKey
    switch rowKey(in: store) {
    case .absent, .closed: return []
    case .usable(let found): key = found
    case .broken(let why):
      return [
        StoreFinding(
          subject: "rows", state: .warning,
          finding: "the key of the rows cannot be used: \(why); lists open every record instead",
          advice: "the next save makes a new one")
      ]
    case .unknown:
      return [
        StoreFinding(
          subject: "rows", state: .bad,
          finding:
            "the key of the rows is another one than this machine remembers, and is not used",
          advice: "if another machine of yours has made it: usher keys trust")
      ]
    }
    do throws(StoreError) {
      let rows: [SummaryRow]
      do {
        rows = try store.summaries()
      } catch {
        throw error.explained("cannot list the connections in \(store.path)")
      }
      var findings: [StoreFinding] = []
      // A store that is damaged throughout is told by a few of its rows.
      for row in rows where findings.count < 10 {
        guard let sealed = row.summary else { continue }
        let summary = key.open(sealed, of: row.entry)
        guard try read(row.entry.name).facts.summary != summary else { continue }
        findings.append(
          StoreFinding(
            subject: "rows", state: .bad,
            finding: "what is listed of \(row.entry.name) is not what its record says",
            advice: "the record counts, and its next change mends the list: usher show "
              + "\(row.entry.name) tells what it says"))
      }
      return findings
    } catch {
      return [StoreFinding(subject: "rows", error)]
    }
  }

  /// Whether what is kept can be used, where there is an identity. Nothing is lost where it cannot: it is got again.
  private func examineTokens(
    of names: [ConnectionName], in store: any OpenedStore
  ) -> [StoreFinding] {
    guard identitiesAtHand() != nil else { return [] }
    do throws(StoreFailure) {
      var findings: [StoreFinding] = []
      // A store that is damaged throughout is told by a few of its rows.
      for name in names where findings.count < 10 {
        let row = try store.token(name)
        if row.kept == nil { continue }
        let isUsable = try explained { () throws(StoreError) in
          let token = try open(row, in: store)
          return token.isThere
        }
        guard !isUsable else { continue }
        findings.append(
          StoreFinding(
            subject: "tokens", state: .warning,
            finding: "what is kept for \(name) is none of its tokens, and is not used",
            advice: "the next token that is asked for takes its place"))
      }
      return findings
    } catch {
      return [
        StoreFinding(
          subject: "tokens", error.explained("cannot read the tokens in \(store.path)"))
      ]
    }
  }

  private func examineKeys() -> [StoreFinding] {
    do throws(StoreError) {
      let report = try keys()
      var findings = [
        StoreFinding(
          subject: "identity", state: .good,
          finding: "\(report.identityLocation), \(report.protection.phrase)")
      ]
      guard let store = try existing() else { return findings }
      try keySetup.check(store.header, path: store.path, mayAsk: false)
      if !report.isRemembered {
        findings.append(
          StoreFinding(
            subject: "recipients", state: .warning,
            finding: "this machine does not remember whom the store is sealed to",
            advice: "the next save remembers it, if \(location.configuration) can be written"))
      }
      return findings
    } catch {
      return [StoreFinding(subject: "identity", error)]
    }
  }

  /// - Parameter store: the path of the store; nil when there is none yet.
  private func protection(of store: String?) throws(StoreError) -> KeyProtection {
    switch try keySetup.keyring.find() {
    case .absent:
      // Before the first save there is none yet, and the plan says what there will be.
      if case .recipients = keySetup.plan { return .writeOnly }
      guard let store else { return .file }
      try keySetup.requireIdentity(path: store)
      return .writeOnly
    case .locked: return .passphrase
    case .open:
      switch location.identity {
      case .file, .standard: return keySetup.keyring.isUnlocked ? .passphrase : .file
      case .descriptor: return .descriptor
      case .credential: return .credential
      case .command: return .command
      }
    }
  }
}
