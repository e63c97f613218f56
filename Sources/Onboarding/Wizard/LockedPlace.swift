package import Connections

/// What could not be opened because the identity is locked.
package enum LockedPlace: Equatable, Sendable {
  /// A provider, for what was kept of it.
  case provider(slug: String)
  /// A stored connection, to put other values in its place.
  case replacement(of: ConnectionName)
  /// A connection that a project needs.
  case declared(ConnectionName)
}
