internal import Basics
package import Connections
internal import Secrets

/// What comes into a store out of a backup or an exported record.
extension StoreSession {
  /// Opens a backup, or an exported record, armored or not.
  ///
  /// - Parameters:
  ///   - source: gives the next bytes of the file, and none at its end.
  ///   - identity: what opens it; nil for what opens the store.
  package func openBackup(
    with identity: IdentitySource?, from source: @escaping BackupSource
  ) throws(BackupError) -> BackupReader {
    let identities: OpenIdentities
    do throws(StoreError) {
      identities = try self.identities(of: identity)
    } catch {
      throw .store(error)
    }
    let file: AgeFileReader
    do throws(AgeReadingError) {
      file = try AgeFileReader(source, with: identities.keys)
    } catch {
      throw BackupError(error)
    }
    return try BackupReader(file)
  }

  private func identities(of source: IdentitySource?) throws(StoreError) -> OpenIdentities {
    if let source {
      return OpenIdentities(try IdentityProvider(source, notice: notice).identities())
    }
    if case .absent = try keySetup.keyring.find() {
      throw .identity(
        Explanation(
          what: "there is no identity here that could open the backup",
          why: "\(location.identity.text) does not exist",
          advice: "name the one that it was sealed for with --identity FILE"))
    }
    return try identities()
  }

  /// What would become of something in a backup. Changes nothing.
  package func restoration(
    of item: borrowing BackupItem, replacing: Bool
  ) throws(StoreError) -> Restoration {
    guard let store = try existing() else { return .added }
    do throws(StoreFailure) {
      switch item {
      case .application(let application):
        guard try store.application(application.facts.name) != nil else { return .added }
        if isHere(application, in: store) { return .alreadyHere }
      case .connection(let connection):
        guard try store.row(connection.record.facts.name) != nil else { return .added }
        if isHere(connection) { return .alreadyHere }
      }
    } catch {
      throw error.explained("cannot look for it in \(store.path)")
    }
    return replacing ? .replaced : .leftOut
  }

  /// Takes something out of a backup into the store: an application at once, a connection by way of a batch, sealed.
  ///
  /// Created, account, checks, end and history are those of the backup. One whose name is free has its former generation
  /// too. Of one that takes the place of another, that one becomes the former generation, and the history says so.
  ///
  /// - Returns: what becomes of it. Of what is left out or here already, nothing is done.
  package func restore(
    _ item: consuming BackupItem, replacing: Bool, to batch: inout SaveBatch
  ) throws(StoreError) -> Restoration {
    let store = try openForSealing()
    let restoration = try restoration(of: item, replacing: replacing)
    switch restoration {
    case .alreadyHere, .leftOut: return restoration
    case .added, .replaced: break
    }
    switch consume item {
    case .application(let application):
      let created = application.facts.created
      try saveApplication(application, created: created)
    case .connection(let connection):
      let name = connection.record.facts.name
      do throws(StoreFailure) {
        batch.append(try seal(connection, replacing: replacing, in: store))
      } catch {
        throw error.explained("\(name) could not be stored")
      }
    }
    return restoration
  }

  // MARK: What is here already

  /// Whether the same client and the same values are kept here under the name.
  private func isHere(_ application: borrowing Application, in store: any OpenedStore) -> Bool {
    guard identitiesAtHand() != nil, var here = try? self.application(application.facts.name)
    else { return false }
    here.facts.created = application.facts.created
    here.facts.changed = application.facts.changed
    guard let own = here.encoded(in: store.header.id),
      let other = application.encoded(in: store.header.id)
    else { return false }
    return own.withBytes { own in other.withBytes { own.equals($0) } }
  }

  /// Whether the same values are linked here under the name. Tokens of theirs that are here are as good as those of the
  /// backup or later, and a provider may take each but once, so they stay; where there are none, those of a person's
  /// consent are missing.
  private func isHere(_ connection: borrowing BackupConnection) -> Bool {
    let name = connection.record.facts.name
    guard identitiesAtHand() != nil, let here = try? read(name),
      here.hasSameCredentials(as: connection.record)
    else { return false }
    let isOfConsent =
      switch connection.token {
      case .some(let token): token.isOfConsent
      case nil: false
      }
    guard isOfConsent else { return true }
    let kept = try? token(of: name)
    return kept.isThere
  }

  // MARK: Sealing

  private func seal(
    _ connection: consuming BackupConnection, replacing: Bool, in store: any OpenedStore
  ) throws(StoreFailure) -> SaveBatch.Entry {
    var facts = connection.record.facts
    let former = try store.row(facts.name)
    // What another store, or this one at another time, says of itself means nothing here.
    facts.storeID = ""
    facts.version = 0
    var row = try StoreSession.place(
      for: facts, in: store.header, existing: former, replacing: replacing)
    row.created = facts.created
    var earlier: SaveBatch.Earlier?
    var version = 1
    if former == nil {
      row.changed = facts.changed
      if let generation = connection.former.take() {
        earlier = try seal(generation, before: row, in: store)
        row.version += 1
        version += 1
      }
    } else {
      facts.history.append(ConnectionEvent(.replaced))
      version = try store.token(row.name).nextVersion
    }
    row.describe(&facts, in: store.header.id)
    connection.record.facts = facts
    let record = try signed(
      RecordSealing.close(connection.record, to: store.header.recipients), SealBinding(record: row))
    var token: SealedToken?
    switch connection.token {
    case .some(let tokens): token = try seal(tokens, version: version, of: row, in: store)
    case nil: break
    }
    return SaveBatch.Entry(
      row: row, record: record, summary: facts.summary, former: former,
      keepsToken: false, dropsDraft: true, token: token, earlier: earlier)
  }

  /// The former generation of a connection that gets a row of its own, under the version before.
  private func seal(
    _ generation: consuming FormerGeneration, before row: IndexRow, in store: any OpenedStore
  ) throws(StoreFailure) -> SaveBatch.Earlier {
    var facts = generation.record.facts
    facts.name = row.name
    facts.storeID = store.header.id
    facts.id = row.id
    facts.version = Int(row.version)
    generation.record.facts = facts
    let record = try signed(
      RecordSealing.close(generation.record, to: store.header.recipients), SealBinding(record: row))
    var token: SealedToken?
    switch generation.token {
    case .some(let tokens): token = try seal(tokens, version: 1, of: row, in: store)
    case nil: break
    }
    return SaveBatch.Earlier(
      row: row, generation: SealedGeneration(record: record, token: token))
  }
}
