package import Basics

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
