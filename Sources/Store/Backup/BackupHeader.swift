package import Basics

/// What a backup says of itself in its first line.
package struct BackupHeader: Equatable, Sendable {
  /// The store that everything in it comes from.
  package let storeID: String
  /// When it was begun.
  package let created: Timestamp
  /// What the store held then. How much has followed says the last line.
  package let count: BackupCount
}

/// How much a backup holds.
package struct BackupCount: Equatable, Sendable {
  package var applications = 0
  package var connections = 0

  /// Of nothing unless told.
  package init(applications: Int = 0, connections: Int = 0) {
    self.applications = applications
    self.connections = connections
  }

  /// Of both.
  package var all: Int { applications + connections }
}
