package import Basics
package import Requests

/// Whether a connection needs somebody's hand, by what is kept of it. Nobody is asked.
package struct ConnectionStatus: Equatable, Sendable {
  /// What can be said of it.
  package enum State: Equatable, Sendable {
    /// The provider has refused the credentials: when, and in what way.
    case refused(Timestamp, Diagnosis.Kind)
    /// They, or a token that nobody renews, have ended.
    case ended(Timestamp)
    /// Its record cannot be read.
    case unreadable(StoreError)
    /// They, or a token that nobody renews, end soon.
    case expiring(Timestamp)
    /// The provider has never said whether it takes them.
    case notChecked
    /// The provider took them, and no end is near: the one that is known, if there is one.
    case good(until: Timestamp?)
    /// A person has agreed, and the tokens are renewed without one.
    case renewsItself
    /// Nothing but the clear columns is known.
    case sealed
  }

  /// What somebody can do about it.
  package enum Step: Equatable, Sendable {
    /// New credentials, or a person's consent, in place of what there is.
    case linkAgain
    /// The provider is asked, which also renews a token that can be renewed.
    case check
    /// What is wrong with the store is looked for.
    case examine
  }

  /// The clear columns.
  package let entry: ConnectionIndexEntry
  /// What can be said of the connection.
  package let state: State
  /// Nil where there is nothing to do.
  package let step: Step?
  /// What a list shows of it; nil where that is sealed or cannot be read.
  package let summary: ConnectionSummary?

  /// Whether somebody has to do something: it was refused, has ended, ends soon or cannot be read.
  package var needsHand: Bool {
    switch state {
    case .refused, .ended, .expiring, .unreadable: true
    case .notChecked, .good, .renewsItself, .sealed: false
    }
  }
}

extension ConnectionStatus {
  /// - Parameters:
  ///   - token: what is known of its tokens, or why that cannot be told; nil where none are kept.
  ///   - soon: in seconds, how near an end is that needs somebody's hand.
  package init(
    _ connection: ListedConnection, token: Result<TokenFacts, StoreError>?, soon: Int64,
    at now: Timestamp
  ) {
    switch (connection.content, token) {
    case (.sealed, _): self.init(connection.entry, .sealed, nil)
    case (.unreadable(let error), _), (.summary, .failure(let error)?):
      self.init(connection.entry, .unreadable(error), .examine)
    case (.summary(let summary), .success(let facts)?):
      self.init(summary, token: facts, soon: soon, at: now)
    case (.summary(let summary), nil):
      self.init(summary, token: nil, soon: soon, at: now)
    }
  }

  /// The rule. What has ended comes before what was refused, since it is the reason; a refusal counts until something
  /// later says better; a token that is renewed without anybody has no end that matters.
  package init(
    _ summary: ConnectionSummary, token: TokenFacts?, soon: Int64, at now: Timestamp
  ) {
    let end = ConnectionEnd(summary, token, soon: soon)
    let refusal = ConnectionRefusal(summary, token)
    let state: State
    if let moment = end.moment, moment <= now {
      state = .ended(moment)
    } else if let refusal {
      state = .refused(refusal.time, refusal.kind)
    } else if let moment = end.moment, end.isNear(at: now) {
      state = .expiring(moment)
    } else if let token, token.expires != nil, token.isRenewedConsent {
      state = .renewsItself
    } else if summary.finding?.kind == .accepted || token?.obtained != nil {
      state = .good(until: end.moment)
    } else {
      state = .notChecked
    }
    let step: Step? =
      switch state {
      case .refused, .ended: .linkAgain
      case .expiring: end.isPutOffByUse ? .check : .linkAgain
      case .notChecked: summary.finding?.kind == .uncheckable ? nil : .check
      case .good, .renewsItself, .sealed, .unreadable: nil
      }
    self.init(summary.entry, state, step, summary)
  }

  private init(
    _ entry: ConnectionIndexEntry, _ state: State, _ step: Step?,
    _ summary: ConnectionSummary? = nil
  ) {
    self.entry = entry
    self.state = state
    self.step = step
    self.summary = summary
  }
}

extension ConnectionStatus {
  /// What needs a hand first, by how badly; then by its moment and its name.
  package static func isBefore(_ a: ConnectionStatus, _ b: ConnectionStatus) -> Bool {
    (a.rank, a.moment, a.entry.name) < (b.rank, b.moment, b.entry.name)
  }

  private var rank: Int {
    switch state {
    case .refused: 0
    case .ended: 1
    case .unreadable: 2
    case .expiring: 3
    case .notChecked: 4
    case .good: 5
    case .renewsItself: 6
    case .sealed: 7
    }
  }

  /// Of two that are known the earlier is more urgent; what has none comes last.
  private var moment: Timestamp {
    switch state {
    case .refused(let moment, _), .ended(let moment), .expiring(let moment): moment
    case .good(let end): end ?? Timestamp(secondsSinceEpoch: .max)
    case .notChecked, .renewsItself, .sealed, .unreadable: Timestamp(secondsSinceEpoch: .max)
    }
  }
}
