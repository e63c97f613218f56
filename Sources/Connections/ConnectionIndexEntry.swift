package import Basics

/// The clear part of a record.
package struct ConnectionIndexEntry: Equatable, Sendable {
  /// Whose row it is.
  package var name: ConnectionName
  /// From 1 on; one more with each change.
  package var version: Int
  /// When it was linked.
  package var created: Timestamp
  /// When it was saved last.
  package var changed: Timestamp

  package init(name: ConnectionName, version: Int, created: Timestamp, changed: Timestamp) {
    self.name = name
    self.version = version
    self.created = created
    self.changed = changed
  }
}
