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

  /// Makes a request through an account, with another token where the provider refuses this one.
  /// - Parameters:
  ///   - cancel: becomes readable when the user interrupts.
  ///   - report: told what happens, on this thread.
  func call(
    _ request: consuming CallRequest, by caller: HelperCaller,
    of record: borrowing ConnectionRecord, _ token: consuming TokenSet?,
    in session: borrowing StoreSession, cancel: EventDescriptor, report: (CallReport) -> Void
  ) -> CallOutcome {
    let used = Self.copy(of: token)
    return caller.call(
      request, of: record.submission(), token: token, cancel: cancel, report: report
    ) {
      replacement(for: used, of: record.facts.name, in: session)
    }
  }

  /// What is compared with what others have got, should the provider refuse it.
  private static func copy(of token: borrowing TokenSet?) -> TokenSet? {
    switch token {
    case .some(let token): token.duplicate()
    case nil: nil
    }
  }

  /// Another token than one that the provider refuses, which may have been got by another process meanwhile.
  private func replacement(
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
    guard let kept = try? session.tokens(of: name), kept.isGood(at: .now()),
      !kept.isSame(as: refused)
    else { return nil }
    return kept
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

extension TokenSet {
  /// Whether it is the same one, whatever is known of its end.
  borrowing func isSame(as other: borrowing TokenSet?) -> Bool {
    switch other {
    case .some(let other): other.values.hasSameValues(as: values)
    case nil: false
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
