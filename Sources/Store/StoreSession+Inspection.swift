package import Connections

extension StoreSession: StoreInspection {
  package func describe() -> StoreDescription {
    let report = try? keys()
    let isPostQuantum =
      report?.recipients.first.flatMap(AgeRecipient.init)?.isPostQuantum
      ?? (keySetup.plan == .newPostQuantumIdentity)
    let isElsewhere = report?.protection == .writeOnly
    return StoreDescription(
      engine: engine.name, location: location.path,
      encryption: isPostQuantum ? "age v1, ML-KEM-768 and X25519" : "age v1, X25519",
      identityLocation: isElsewhere
        ? "not on this machine: it can store and not read" : location.identity.text,
      exists: engine.exists)
  }

  package func keys() throws(StoreError) -> KeyReport {
    let own = try keySetup.keyring.recipients()
    let store = try existing()
    var isRemembered = false
    if let store { isRemembered = try keySetup.isRemembered(store.path) }
    var recipients = store?.header.recipients ?? own ?? []
    if store == nil, own == nil, case .recipients(let planned) = keySetup.plan {
      recipients = planned
    }
    return KeyReport(
      recipients: recipients.map(\.text), identityLocation: location.identity.text,
      protection: try protection(of: store?.path),
      isRemembered: isRemembered)
  }

  /// Looks at directories, modes, file system, store and keys, and changes nothing.
  package func examine() -> [StoreFinding] {
    location.notes.map { StoreFinding(subject: "place", state: .warning, finding: $0) }
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
      let count: Int
      do {
        count = try store.rows(.all).count
      } catch {
        throw error.explained("cannot list the connections in \(store.path)")
      }
      let things = count == 1 ? "1 connection" : "\(count) connections"
      return [
        StoreFinding(subject: "store", state: .good, finding: "\(store.path) is sound, \(things)")
      ]
    } catch {
      return [StoreFinding(subject: "store", error)]
    }
  }

  private func examineKeys() -> [StoreFinding] {
    do throws(StoreError) {
      let report = try keys()
      var findings = [
        StoreFinding(
          subject: "identity", state: .good,
          finding: report.identityLocation
            + (report.protection.level.map { ", level \($0) of protection" } ?? ", handed in"))
      ]
      guard let store = try existing() else { return findings }
      try keySetup.check(store.header, path: store.path)
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
      }
    }
  }
}
