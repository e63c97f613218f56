/// Asks providers to take values back. Never throws: whatever happens is an outcome.
///
/// Cancelling the task that calls it ends it within a second.
package protocol Revoker: Sendable {
  func revoke(_ order: consuming RevocationOrder) async -> RevocationOutcome
}
