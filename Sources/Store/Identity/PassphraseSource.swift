package import Connections
package import Secrets

/// Gives the passphrases that are tried on a wrapped identity, when something is to be read that takes it.
package protocol PassphraseSource: Sendable {
  /// The next one. Called on the thread that reads, which waits for it.
  ///
  /// - Parameters:
  ///   - identity: where the identity is, for a person.
  ///   - attempt: 1 for the first; the one before was wrong where it is more.
  /// - Returns: owned by the caller, which wipes it; nil where there is no further one.
  /// - Throws: `.identity` where none can be had at all, in place of what would be said of a locked identity.
  func passphrase(for identity: String, attempt: Int) throws(StoreError) -> SecretBuffer?
}
