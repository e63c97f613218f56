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

/// A turn that is kept where several machines share a store.
package protocol HeldTurn: AnyObject, Sendable {
  /// Asks for it to be kept on, whoever keeps it. False where it has ended, or nobody can say: then somebody else may have
  /// it.
  func isHeld() -> Bool
}

/// Holds off every other process that wants to get tokens for the same connection, for as long as it lives. Goes with the
/// process too, however that ends; where machines take turns, some seconds after it.
package struct TokenLock: ~Copyable, Sendable {
  /// What holds the lock: it ends when this is closed.
  private let file: FileDescriptor?
  /// What holds it where that is no file.
  private let turn: (any HeldTurn)?

  /// Takes over an open descriptor that holds the lock, and of which there is no second one.
  package init(heldBy file: consuming FileDescriptor) {
    self.file = .some(file)
    turn = nil
  }

  /// A turn that ends with the last reference to it.
  package init(heldBy turn: any HeldTurn) {
    file = nil
    self.turn = turn
  }

  /// Whether nobody else can have the turn now. To be asked right before a refresh token is spent: what machines share may
  /// have taken this one for dead.
  package borrowing func isHeld() -> Bool { turn?.isHeld() ?? true }
}
