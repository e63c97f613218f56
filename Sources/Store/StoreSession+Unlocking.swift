package import Connections

extension StoreSession {
  /// Unlocks a wrapped identity before the first thing that is read, as that would: for who has to say or ask something
  /// behind it. Does nothing where it is not wrapped, unlocked already, or not there.
  /// - Throws: `.identity` where no passphrase was given that opens it.
  package func unlockByAsking() throws(StoreError) {
    guard try needsPassphrase() else { return }
    _ = try identities()
  }
}
