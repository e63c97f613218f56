package import Connections
package import Secrets

/// Gives the password of whom the address of a team's store names.
package protocol StorePasswordSource: Sendable {
  /// The next one to try. Called on the thread that asks the store, which waits for it.
  /// - Parameters:
  ///   - store: its address, for a person.
  ///   - attempt: 1 for the first; the one before was wrong where it is more.
  /// - Returns: owned by the caller, which wipes it; nil where there is no further one.
  /// - Throws: `.failed` where none can be had at all.
  func password(of user: String, at store: String, attempt: Int) throws(StoreError) -> SecretBuffer?
}
