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
        let application = try? ApplicationSealing.open(
          sealed, in: store.header.id, with: identities.keys)
      else { return sealed.row.facts }
      return application.facts
    }
    return facts.sorted { $0.name < $1.name }
  }

  /// That there is none is said only of a store that is whole.
  package func application(_ name: ApplicationName) throws(StoreError) -> Application? {
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
    return try ApplicationSealing.open(sealed, in: store.header.id, with: identities().keys)
  }

  /// Verified as a record is. Its identifier is that of its client, whatever its facts say.
  package func saveApplication(_ application: consuming Application) throws(StoreError) {
    let store = try openForSealing()
    let (header, name) = (store.header, application.facts.name)
    var application = application
    let wish = Wish(
      subject: "the application \(name)", done: "stored", missing: "nothing was stored")
    try put(.application(name), wish, in: store) { file throws(StoreFailure) in
      let now = Timestamp.now()
      application.facts.clientID = application.client.id
      application.facts.created = try store.application(name)?.row.created ?? now
      application.facts.changed = now
      let row = ApplicationRow(
        name: name, provider: application.facts.provider, created: application.facts.created,
        changed: now, recipients: header.recipientID)
      file = try ApplicationSealing.close(application, in: header)
      try store.putApplication(SealedApplication(row: row, file: file))
    }
  }

  /// Needs neither the identity nor room on the disk.
  @discardableResult
  package func removeApplication(_ name: ApplicationName) throws(StoreError) -> Bool {
    guard let store = try existing() else { return false }
    let wish = Wish(subject: "the application \(name)", done: "removed", missing: "it is gone")
    return try take(.application(name), wish) { () throws(StoreFailure) in
      try store.removeApplication(name)
    }
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
        _ = try ApplicationSealing.open(sealed, in: store.header.id, with: identities.keys)
      } catch {
        findings.append(StoreFinding(subject: "applications", error))
      }
    }
    return findings
  }
}
