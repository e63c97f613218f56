package import Basics

/// Connections at rest. Implemented by the `Store` target; one contract suite covers every engine.
package protocol ConnectionStore: Sendable {
  /// What the index says, sorted by name. Needs no identity. Nothing in it may be acted on, only shown.
  func list() throws(StoreError) -> [ConnectionIndexEntry]
  /// Opens a record and checks that it is the one that was asked for.
  func open(_ name: ConnectionName) throws(StoreError) -> ConnectionRecord
  /// Seals and writes a record whole or not at all. The store sets id, version, creation and change time.
  /// - Throws: `.exists` when the name is taken and `replacing` is false.
  func save(_ record: consuming ConnectionRecord, replacing: Bool) throws(StoreError)
  func remove(_ name: ConnectionName) throws(StoreError)
  /// The sealed record as an age v1 file, byte for byte.
  func export(_ name: ConnectionName) throws(StoreError) -> [UInt8]
}

/// The clear part of a record.
package struct ConnectionIndexEntry: Equatable, Sendable {
  package var name: ConnectionName
  package var version: Int
  package var created: Timestamp
  package var changed: Timestamp

  package init(name: ConnectionName, version: Int, created: Timestamp, changed: Timestamp) {
    self.name = name
    self.version = version
    self.created = created
    self.changed = changed
  }
}

/// Where the store is and how it is protected, for the screen that says so before anything is typed.
package struct StoreDescription: Equatable, Sendable {
  /// `SQLite file`.
  package var engine: String
  /// Path of the store as it will be shown.
  package var location: String
  /// `age v1, X25519`.
  package var encryption: String
  /// Path of the identity that opens it.
  package var identityLocation: String
  /// Whether both exist already; false means that they are made when the first connection is saved.
  package var exists: Bool

  package init(
    engine: String, location: String, encryption: String, identityLocation: String, exists: Bool
  ) {
    self.engine = engine
    self.location = location
    self.encryption = encryption
    self.identityLocation = identityLocation
    self.exists = exists
  }
}

/// Why the store could not do what was asked. `explanation` lives beside the cases; exit code 7, except for
/// `.notFound` (8).
package enum StoreError: Explained, Equatable {
  case notFound(ConnectionName)
  case exists(ConnectionName)
  /// The identity is missing, unreadable, or does not open the record.
  case identity(Explanation)
  /// The record is damaged, or is not the one its index entry names.
  case damaged(ConnectionName, why: String)
  /// Owner, mode, link count or kind of a file is not safe.
  case permissions(Explanation)
  /// The disk or the engine failed; nothing was changed unless the explanation says so.
  case failed(Explanation)

  package var explanation: Explanation {
    switch self {
    case .notFound(let name):
      Explanation(
        what: "no connection \(name)", why: "nothing is linked under this name",
        advice: "usher list shows what is linked; usher connect \(name.provider) links it")
    case .exists(let name):
      Explanation(
        what: "\(name) is linked already", why: "a name is used once",
        advice: "choose another with --name, or remove it first: usher remove \(name)")
    case .damaged(let name, let why):
      Explanation(
        what: "the record of \(name) cannot be trusted", why: why,
        advice: "restore the store from a backup, or remove the connection and link it again")
    case .identity(let explanation), .permissions(let explanation), .failed(let explanation):
      explanation
    }
  }
}
