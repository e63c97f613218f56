internal import Basics
internal import Connections
internal import Drafts
internal import Requests
internal import Secrets

/// What is said of an account that was linked with a person's consent, when its tokens are sealed already. No secret.
struct LinkSummary: Equatable {
  /// How long what was given lasts.
  enum Life: Equatable {
    /// It holds nothing that ends.
    case endless
    case renewable(until: Timestamp?)
    /// It cannot be renewed before.
    case renewableFrom(Timestamp)
    /// It has to be linked again; nil where nobody says when.
    case ends(Timestamp?)
  }

  let asked: Scopes
  let granted: Scopes
  let life: Life
  /// What it was linked with, where that is kept.
  var application: ApplicationName?

  init(
    of account: borrowing LinkedAccount, asked: Scopes, _ submission: borrowing Submission,
    at now: Timestamp
  ) {
    self.asked = asked
    granted = account.scopes
    let outlook = Renewal.outlook(submission, known: account.token, at: now)
    switch account.token {
    case nil: life = .endless
    case .some(let token):
      switch outlook {
      case .possible: life = .renewable(until: token.expires)
      case .notBefore(let moment): life = .renewableFrom(moment)
      case .linkAgain: life = .ends(token.expires)
      }
    }
  }

  /// What was asked for and not given.
  var missing: Scopes { asked.subtracting(granted) }

  /// Whether it goes on by itself, or when it ends.
  func sentence(seenFrom now: Timestamp) -> String {
    switch life {
    case .endless: "not needed: nothing of it ends"
    case .renewable(let end?):
      "renews itself; the first token ends \(Sentences.expiry(end, seenFrom: now))"
    case .renewable(nil): "renews itself"
    case .renewableFrom(let moment):
      "renews itself, from \(Sentences.expiry(moment, seenFrom: now)) on"
    case .ends(let end?):
      "ends \(Sentences.expiry(end, seenFrom: now)), and has to be linked again then"
    case .ends(nil): "does not renew itself; nothing says when it ends"
    }
  }
}
