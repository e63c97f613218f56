/// Which connections are listed.
package enum ConnectionSelection: Equatable, Sendable {
  case all
  /// Those of one provider, by its slug.
  case provider(String)
  /// The one of this name, if there is one.
  case name(ConnectionName)
}
