internal import Basics
package import Connections
internal import Requests

extension StoreSession: ApplicationStore {
  /// Without the identity, and of one that is damaged, only the clear columns are told: the identifier is then empty.
  package func applications() throws(StoreError) -> [ApplicationFacts] {
    guard let store = try existing() else { return [] }
    let found: [SealedApplication]
    do {
      found = try store.applications()
    } catch {
      throw error.explained("cannot list the applications in \(store.path)")
    }
    if found.isEmpty { return [] }
    let isTrusted = (try? trust(store)) != nil
    let identities = isTrusted ? identitiesAtHand() : nil
    let facts = found.map { sealed in
      guard let identities,
        let application = try? open(sealed, in: store, with: identities)
      else { return sealed.row.facts }
      return application.facts
    }
    return facts.sorted { $0.name < $1.name }
  }

  /// That there is none is said only of a store that is whole.
  package func application(_ name: ApplicationName) throws(StoreError) -> Application? {
    try rereading { () throws(StoreError) in try keptApplication(name) }
  }

  private func keptApplication(_ name: ApplicationName) throws(StoreError) -> Application? {
    guard let store = try existing() else { return nil }
    let found: SealedApplication?
    do {
      found = try store.application(name)
      if found == nil { try store.requireWhole() }
    } catch {
      throw error.explained("cannot read the application \(name) from \(store.path)")
    }
    guard let sealed = found else { return nil }
    try trust(store)
    return try open(sealed, in: store, with: try identities())
  }

  /// What is kept of an application, where it was signed as that.
  private func open(
    _ sealed: SealedApplication, in store: any OpenedStore, with identities: OpenIdentities
  ) throws(StoreError) -> Application {
    let file = try verified(sealed.file, SealBinding(application: sealed.row))
    return try ApplicationSealing.open(
      SealedApplication(row: sealed.row, file: file), in: store.header.id, with: identities.keys)
  }

  /// Verified as a record is. Its identifier is that of its client, whatever its facts say.
  package func saveApplication(_ application: consuming Application) throws(StoreError) {
    try saveApplication(application, created: nil)
  }

  /// - Parameter created: when it was first kept, of one that was kept elsewhere before; nil of one that is new.
  func saveApplication(
    _ application: consuming Application, created: Timestamp?
  ) throws(StoreError) {
    let store = try openForSealing()
    let name = application.facts.name
    var application = application
    let wish = Wish(
      subject: "the application \(name)", done: "stored", missing: "nothing was stored")
    try put(.application(name), wish, in: store) { file throws(StoreFailure) in
      let header = store.header
      var now = Timestamp.now()
      application.facts.clientID = application.client.id
      let former = try store.application(name)?.row
      application.facts.created = created ?? former?.created ?? now
      // Times tell its versions apart, whatever the clocks of the machines that share a store.
      if let former {
        now = max(now, Timestamp(secondsSinceEpoch: former.changed.secondsSinceEpoch + 1))
      }
      application.facts.changed = now
      let row = ApplicationRow(
        name: name, provider: application.facts.provider, created: application.facts.created,
        changed: now, recipients: header.recipientID)
      file = try signed(
        try ApplicationSealing.close(application, in: header), SealBinding(application: row))
      try store.putApplication(SealedApplication(row: row, file: file))
    }
  }

  /// Needs neither the identity nor room on the disk.
  @discardableResult
  package func removeApplication(_ name: ApplicationName) throws(StoreError) -> Bool {
    guard let store = try existing() else { return false }
    let wish = Wish(subject: "the application \(name)", done: "removed", missing: "it is gone")
    let kept = try? store.application(name)
    let isRemoved = try take(.application(name), wish) { () throws(StoreFailure) in
      try store.removeApplication(name)
    }
    if let kept { rememberRemoval(of: SealBinding(application: kept.row), in: store) }
    return isRemoved
  }
}

extension StoreSession {
  /// Whether what is kept of applications can be opened, where there is an identity.
  func examineApplications(of store: any OpenedStore) -> [StoreFinding] {
    let found: [SealedApplication]
    do {
      found = try store.applications()
    } catch {
      let what = "cannot list the applications in \(store.path)"
      return [StoreFinding(subject: "applications", error.explained(what))]
    }
    guard let identities = identitiesAtHand() else { return [] }
    var findings: [StoreFinding] = []
    // A store that is damaged throughout is told by a few of its rows.
    for sealed in found where findings.count < 10 {
      do throws(StoreError) {
        _ = try open(sealed, in: store, with: identities)
      } catch {
        findings.append(StoreFinding(subject: "applications", error))
      }
    }
    return findings
  }
}
