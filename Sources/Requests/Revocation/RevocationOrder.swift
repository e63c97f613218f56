package import Drafts

/// What is to be taken back: the values of a connection that is removed, or of the generation that was replaced.
package struct RevocationOrder: ~Copyable, Sendable {
  package var submission: Submission
  /// What was got with them.
  package var token: TokenSet?

  package init(_ submission: consuming Submission, token: consuming TokenSet?) {
    self.submission = submission
    self.token = token
  }

  /// A second copy of the tokens; nil where there are none.
  borrowing func duplicateToken() -> TokenSet? {
    switch token {
    case .some(let token): token.duplicate()
    case nil: nil
    }
  }
}
