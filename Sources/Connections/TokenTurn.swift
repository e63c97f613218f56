package import Basics

/// What came of waiting to be the one who gets tokens for a connection.
package enum TokenTurn: ~Copyable, Sendable {
  /// It is this process's turn, for as long as the lock lives.
  case taken(TokenLock)
  /// While it was waited for, what is kept has become another: it may do.
  case passed
  /// Nothing that is got can be kept here, so there are no turns; the reason says what cannot be written.
  case unkeepable(StoreError)
}

/// Holds off every other process that wants to get tokens for the same connection, for as long as it lives. Goes with the
/// process too, however that ends.
package struct TokenLock: ~Copyable, Sendable {
  /// What holds the lock: it ends when this is closed.
  private let file: FileDescriptor

  /// Takes over an open descriptor that holds the lock, and of which there is no second one.
  package init(heldBy file: consuming FileDescriptor) { self.file = file }
}
