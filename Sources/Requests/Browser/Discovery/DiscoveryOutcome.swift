/// What came of asking a server about itself.
package enum DiscoveryOutcome: Equatable, Sendable {
  case found(AuthorizationServer)
  /// It cannot be gone by what it says, or says nothing.
  case unusable(DiscoveryFault)
  /// It could not be asked now. That says nothing of it.
  case unreachable(Diagnosis)
}
