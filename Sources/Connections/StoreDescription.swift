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
