internal import Basics
package import Credentials
internal import Secrets

/// Connections in one SQLite file, each sealed in an age v1 file of its own.
///
/// Each call opens the file, verifies it, does its work and closes it: no lock is held in between, several processes
/// may use a store at the same time, and a disk error leaves nothing half open behind it.
package struct SQLiteStore: Sendable {
  let location: StoreLocation
  let keyring: Keyring
  let plan: KeyPlan
  let schema: Schema
  let disk: Disk

  /// - Parameter plan: for when the store does not exist yet. Nothing is made before the first save.
  package init(at location: StoreLocation, plan: KeyPlan = .newIdentity) {
    self.init(at: location, plan: plan, schema: .current, disk: Disk())
  }

  /// With other tables or another disk, for tests.
  init(at location: StoreLocation, plan: KeyPlan = .newIdentity, schema: Schema, disk: Disk) {
    self.location = location
    self.plan = plan
    self.schema = schema
    self.disk = disk
    keyring = Keyring(location.identity)
  }

  var keySetup: KeySetup { KeySetup(location: location, keyring: keyring, plan: plan) }

  /// The store as it is; nil when there is none.
  func openExisting() throws(StoreError) -> OpenStore? {
    guard let directory = try PrivateDirectory.open(location.directory, .closed) else { return nil }
    return try file(in: directory).open()
  }

  /// The store, made when there is none, with recipients that are known to be right.
  func openForSealing() throws(StoreError) -> OpenStore {
    let opened: OpenStore
    if let existing = try openExisting() {
      opened = existing
    } else {
      let file = file(in: try PrivateDirectory.create(location.directory, .closed))
      try keySetup.refuseIfRemembered(path: file.path)
      // The identity first: a store is never without somebody who can open it.
      let header = StoreHeader(recipients: try keySetup.recipientsForNewStore())
      opened = try file.create(header)
    }
    try keySetup.check(opened.header, path: opened.path)
    keySetup.remember(opened.header, path: opened.path)
    return opened
  }

  private func file(in directory: consuming PrivateDirectory) -> StoreFile {
    StoreFile(directory: directory, name: location.name, disk: disk, schema: schema)
  }
}

extension SQLiteStore: ConnectionStore {
  package func list() throws(StoreError) -> [ConnectionIndexEntry] {
    guard let store = try openExisting() else { return [] }
    do {
      return try store.rows().map(\.entry).sorted { $0.name < $1.name }
    } catch {
      throw error.explained("cannot list the connections in \(store.path)")
    }
  }

  package func open(_ name: ConnectionName) throws(StoreError) -> ConnectionRecord {
    guard let store = try openExisting() else { throw .notFound(name) }
    let (row, sealed) = try read(name, in: store)
    try keySetup.check(store.header, path: store.path)
    let record = try Seal.open(sealed, of: name, with: keyring.identities())
    if let difference = row.difference(from: record.facts, in: store.header.id) {
      throw .damaged(name, why: difference)
    }
    return record
  }

  package func export(_ name: ConnectionName) throws(StoreError) -> [UInt8] {
    guard let store = try openExisting() else { throw .notFound(name) }
    return try read(name, in: store).record
  }

  package func remove(_ name: ConnectionName) throws(StoreError) {
    guard let store = try openExisting() else { throw .notFound(name) }
    do throws(StoreFailure) {
      try store.transaction { () throws(StoreFailure) in
        guard try store.delete(name) else { throw .explained(.notFound(name)) }
      }
      try store.settle()
    } catch {
      switch error {
      case .explained(let error): throw error
      case .engine(let error):
        let state = Recovery(store: self).state(of: name, missing: "the connection is gone")
        throw .failed(
          Explanation(
            what: "the disk failed while \(name) was being removed",
            why: "\(error.reason); \(state)", advice: error.advice))
      }
    }
  }

  private func read(
    _ name: ConnectionName, in store: borrowing OpenStore
  ) throws(StoreError) -> (row: IndexRow, record: [UInt8]) {
    do {
      return try store.sealed(name)
    } catch {
      throw error.explained("cannot read \(name) from \(store.path)")
    }
  }
}
