package import Requests

/// The tokens of the connections in a store that is open for one command. Implemented by the `Store` target's
/// `StoreSession`.
package protocol TokenStore: ~Copyable {
  /// What is kept; nil where nothing is, or what is there belongs to another connection or cannot be read: tokens can be
  /// got again. Reads no record.
  /// - Throws: `.notFound` where there is no such connection; `.identity` where something is kept and this machine has
  ///   nothing to open it with.
  func token(of name: ConnectionName) throws(StoreError) -> StoredToken?

  /// Seals and writes the row of a connection, whole or not at all, in place of the one that has the version of `token`.
  /// - Parameter connection: the one whose credentials got the tokens, as it was read.
  /// - Throws: `.conflict` where the connection has been changed since, or somebody has written another row; `.notFound`
  ///   where it is gone.
  func saveToken(
    _ token: consuming StoredToken, of connection: ConnectionFacts
  ) throws(StoreError)

  /// Drops what is kept.
  /// - Returns: whether there was anything.
  /// - Throws: `.notFound` where there is no such connection.
  @discardableResult
  func removeToken(of name: ConnectionName) throws(StoreError) -> Bool

  /// Waits for its turn to get tokens for a connection, for `StoreWaiting.tokenLimit` at most, or until somebody else has
  /// kept something. Reads no record.
  /// - Parameter version: of what was kept at the last look; 0 where that was nothing.
  /// - Throws: `.notFound` where there is no such connection; `.failed` when it has been waited long enough.
  func lockToken(of name: ConnectionName, since version: Int) throws(StoreError) -> TokenTurn
}

extension TokenStore where Self: ~Copyable {
  /// The tokens that are kept, whatever their end is; nil where there are none.
  /// - Throws: as `token` does.
  package func tokens(of name: ConnectionName) throws(StoreError) -> TokenSet? {
    switch try token(of: name) {
    case .some(let stored): stored.duplicateTokens()
    case nil: nil
    }
  }
}
