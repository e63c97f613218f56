package import Basics
internal import Requests

/// What is known of the tokens that are kept for a connection and is no secret: until when they live, what gets the next
/// ones, and what the last try came to.
package struct TokenFacts: Equatable, Sendable {
  /// What it takes to get the next token.
  package enum Means: Equatable, Sendable {
    /// Credentials that are kept get one at any time.
    case credentials
    /// What a person has agreed to renews it, also after its end.
    case consent
    /// It renews itself for as long as it lives. In seconds: how long before its end its next use does so.
    case itself(buffer: Int64)
    /// A person has to agree again.
    case person
  }

  /// When the token was got; nil where none has been.
  package var obtained: Timestamp?
  /// When it ends; nil where that is not known.
  package var expires: Timestamp?
  /// What gets the next one. Of a token without a known end that a person's consent gave it is not looked for: `person`.
  package var means: Means
  /// The last try to get one, where it failed.
  package var failure: StoredToken.Failure?

  package init(
    obtained: Timestamp?, expires: Timestamp?, means: Means,
    failure: StoredToken.Failure? = nil
  ) {
    self.obtained = obtained
    self.expires = expires
    self.means = means
    self.failure = failure
  }

  /// Of what is kept.
  /// - Parameter means: what gets the next one.
  package init(_ stored: borrowing StoredToken, means: Means) {
    failure = stored.failure
    self.means = means
    switch stored.tokens {
    case .some(let tokens): (obtained, expires) = (tokens.obtained, tokens.expires)
    case .none: (obtained, expires) = (nil, nil)
    }
  }
}

extension StoredToken {
  /// Whether only the connection's record tells what gets the next token: of one that ends and that a person's consent
  /// gave.
  package var needsRecordForMeans: Bool {
    switch tokens {
    case .some(let tokens): tokens.isOfConsent && tokens.expires != nil
    case .none: false
    }
  }

  /// What gets the next token of an account that a person has agreed to link.
  /// - Parameter record: of the same connection.
  package borrowing func means(
    of record: borrowing ConnectionRecord, at now: Timestamp
  ) -> TokenFacts.Means {
    let (end, buffer): (Timestamp?, Int64) =
      switch tokens {
      case .some(let tokens): (tokens.expires, tokens.buffer)
      case .none: (nil, 0)
      }
    if isRenewed(by: record, at: max(end ?? now, now)) { return .consent }
    return isRenewed(by: record, at: now) ? .itself(buffer: buffer) : .person
  }

  private borrowing func isRenewed(
    by record: borrowing ConnectionRecord, at moment: Timestamp
  ) -> Bool {
    Renewal.outlook(record.submission(), known: duplicateTokens(), at: moment) != .linkAgain
  }
}
