internal import Basics
internal import Checking
internal import Connections
internal import Drafts
internal import Requests
internal import Secrets
internal import Store
internal import Tokens

/// Access tokens for commands: what is kept, and what the provider gives when that ends too soon.
struct ConnectionAccess {
  private let keeper: TokenKeeper

  /// - Parameters:
  ///   - isSilent: whether nothing is said on standard error, where nobody reads it.
  ///   - cancel: becomes readable when nobody wants to wait for a provider any more.
  init(network: NetworkOptions, isSilent: Bool = false, cancel: EventDescriptor? = nil) {
    keeper = TokenKeeper(
      fetcher: HelperTokenFetcher(options: network.checkOptions, cancel: cancel),
      maker: ConnectionAccess.make,
      notice: { if !isSilent { ErrorPrinter.warn($0.text) } })
  }

  /// - Parameters:
  ///   - least: how long it has to be valid still, in seconds; its own buffer where nothing is asked.
  ///   - isFresh: whether what is kept is not good enough, however long it is valid.
  func token(
    of name: ConnectionName, in session: borrowing StoreSession, atLeast least: Int64? = nil,
    isFresh: Bool = false
  ) throws(TokenError) -> TokenSet {
    try keeper.token(of: name, in: session, least: least, isFresh: isFresh)
  }

  /// The same of a connection that may have none; nil then.
  func tokenIfAny(
    of record: borrowing ConnectionRecord, in session: borrowing StoreSession,
    atLeast least: Int64? = nil, isFresh: Bool = false
  ) throws(TokenError) -> TokenSet? {
    if TokenOrigin(record.provider) == .none { return nil }
    return try token(of: record.facts.name, in: session, atLeast: least, isFresh: isFresh)
  }

  /// Another token than one that the provider refuses, which may have been got by another process meanwhile.
  func replacement(
    for refused: borrowing TokenSet?, of name: ConnectionName, in session: borrowing StoreSession
  ) -> TokenOutcome {
    do throws(TokenError) {
      if let kept = Self.kept(name, in: session, otherThan: refused) { return .token(kept) }
      return .token(try token(of: name, in: session, isFresh: true))
    } catch {
      return .refused(error.diagnosis)
    }
  }

  private static func kept(
    _ name: ConnectionName, in session: borrowing StoreSession,
    otherThan refused: borrowing TokenSet?
  ) -> TokenSet? {
    guard let stored = try? session.token(of: name), let kept = stored.duplicateTokens(),
      kept.isGood(at: .now())
    else { return nil }
    switch refused {
    case .some(let refused):
      if refused.values.hasSameValues(as: kept.values) { return nil }
      return kept
    case nil: return kept
    }
  }

  /// Of a mode in which nobody has to be asked for a token.
  private static func make(_ submission: consuming Submission) -> TokenOutcome {
    var session = TokenSession(submission, known: nil)
    switch session.next() {
    case .done(let outcome): return outcome
    case .send: return .refused(.unreachable(.internalFailure, host: nil))
    }
  }
}

extension Diagnosis {
  /// The same with a next step that names the command.
  fileprivate func advising(_ advice: String?) -> Diagnosis {
    var diagnosis = self
    if let advice { diagnosis.nextStep = advice.withCapital + "." }
    return diagnosis
  }
}

extension TokenError {
  /// What was found out; an internal failure where nobody was asked.
  var diagnosis: Diagnosis {
    switch self {
    case .refused(_, let diagnosis), .notAsked(_, let diagnosis), .blocked(_, _, let diagnosis):
      diagnosis
    case .consentNeeded(_, let diagnosis):
      diagnosis.advising(explanation.advice)
    case .noToken, .store, .unkeepable:
      .unreachable(.internalFailure, host: nil, detail: explanation.what)
    }
  }
}
