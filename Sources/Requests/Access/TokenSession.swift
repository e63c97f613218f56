package import Drafts
internal import ProviderFormat

/// Getting a token, as a state machine: what to send next, and what the answers come to. It does no input or output
/// itself; whoever drives it does, as with `CheckSession`.
package struct TokenSession: ~Copyable {
  fileprivate enum Way: ~Copyable {
    case credentials(CredentialTokenSession)
    /// What a person has agreed to is renewed, and never got anew without one.
    case consent(Renewal)
  }

  private var way: Way

  /// - Parameters:
  ///   - known: what was got before. Where there is a renewal and what it takes is known, that is tried first; where a
  ///     person's consent gave the token nothing else is. An assertion is used again until a minute before its end.
  ///   - replay: when it happens and what chance gives it; left out for a token that is wanted now.
  package init(
    _ submission: consuming Submission, known: consuming TokenSet?, at replay: ReplayContext? = nil
  ) {
    if submission.provider.authMode.needsConsent {
      way = .consent(Renewal(submission, known: known, at: replay))
    } else {
      way = .credentials(CredentialTokenSession(submission, known: known, at: replay))
    }
  }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<TokenOutcome> { way.next() }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) { way.receive(answer) }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    way.fail(cause, detail: detail)
  }
}

extension TokenSession.Way {
  fileprivate mutating func next() -> SessionAction<TokenOutcome> {
    switch consume self {
    case .credentials(var session):
      let action = session.next()
      self = .credentials(session)
      return action
    case .consent(var renewal):
      let action = renewal.next()
      self = .consent(renewal)
      return action
    }
  }

  fileprivate mutating func receive(_ answer: borrowing CheckAnswer) {
    switch consume self {
    case .credentials(var session):
      session.receive(answer)
      self = .credentials(session)
    case .consent(var renewal):
      renewal.receive(answer)
      self = .consent(renewal)
    }
  }

  fileprivate mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    switch consume self {
    case .credentials(var session):
      session.fail(cause, detail: detail)
      self = .credentials(session)
    case .consent(var renewal):
      renewal.fail(cause, detail: detail)
      self = .consent(renewal)
    }
  }
}
