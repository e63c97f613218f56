package import Basics
package import ProviderFormat
package import Requests

/// The tokens of a connection as the store keeps them, in a row of their own: a renewal is no new version of the
/// connection. Sealed like a record, and bound to the connection whose credentials got them. Wiped with its owner.
package struct StoredToken: ~Copyable, Sendable {
  /// A fetch that came to nothing.
  package struct Failure: Equatable, Sendable {
    /// When it ended.
    package var time: Timestamp
    /// What was found out.
    package var diagnosis: Diagnosis

    package init(time: Timestamp, diagnosis: Diagnosis) {
      self.time = time
      self.diagnosis = diagnosis
    }
  }

  /// Set by the store, and compared by it: a row of another store, connection or time is none of this one.
  package var storeID = ""
  /// The connection's identifier, which a new connection of the same name does not have. Set by the store.
  package var connectionID = ""
  /// 0 for one that takes the place of none; of one that was read, and in the place of which another one is saved, its
  /// own. The store adds one at each save.
  package var version = 0
  /// Nil where no fetch has succeeded yet.
  package var tokens: TokenSet?
  /// The last fetch, where it failed; it takes nothing from `tokens`.
  package var failure: Failure?

  package init(tokens: consuming TokenSet?, failure: Failure? = nil) {
    self.tokens = tokens
    self.failure = failure
  }

  /// The first tokens of an account that a person has agreed to link.
  package init(linking tokens: consuming TokenSet, of provider: Provider) {
    var tokens = tokens
    tokens.consentBuffer = Renewal.buffer(of: provider)
    self.init(tokens: tokens)
  }

  /// Whether there are tokens that only a person's consent gives again.
  package var isOfConsent: Bool {
    switch tokens {
    case .some(let tokens): tokens.isOfConsent
    case .none: false
    }
  }

  /// A second copy, with an owner of its own.
  package borrowing func duplicate() -> StoredToken {
    var copy = StoredToken(tokens: duplicateTokens(), failure: failure)
    copy.storeID = storeID
    copy.connectionID = connectionID
    copy.version = version
    return copy
  }

  /// A second copy of the tokens alone; nil where there are none.
  package borrowing func duplicateTokens() -> TokenSet? {
    switch tokens {
    case .some(let tokens): tokens.duplicate()
    case .none: nil
    }
  }
}
