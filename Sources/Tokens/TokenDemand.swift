internal import Basics
internal import Connections
internal import Requests

/// What is asked for, and what of it can be given without asking the provider.
struct TokenDemand {
  let name: ConnectionName
  /// How long the token has to be valid still, in seconds; its own buffer where nothing is asked.
  let least: Int64?
  /// Whether a token from before is no answer.
  let isFresh: Bool
  /// When the token was got that the provider has refused to take; nil where that is not why it is asked.
  let refused: Timestamp?
  /// When it was asked.
  let asked: Timestamp

  /// For how long after a fetch that failed nobody makes another, in seconds: a script in a loop does no harm then, and
  /// whoever has mended the cause does not wait for long.
  static let pause: Int64 = 30

  /// What to do, as far as what is kept tells.
  enum Answer: ~Copyable {
    /// Hand these out.
    case use(TokenSet)
    /// Say what was found out: by somebody who asked the provider later than we were asked, or what only a person mends.
    case fail(Diagnosis)
    /// Say what was found out a moment ago, and for how many seconds nobody is asked.
    case wait(Int64, Diagnosis)
    /// Ask the provider.
    case fetch
  }

  /// - Parameters:
  ///   - row: what is kept. Its tokens move out where they are the answer.
  ///   - seen: the version of what was kept at the look before; nil at the first one.
  func answer(of row: inout StoredToken, seen: Int?, at now: Timestamp) -> Answer {
    // Whether somebody else has asked the provider meanwhile.
    let isNews = seen.map { $0 != row.version } ?? false
    let isGood =
      switch row.tokens {
      case .some(let tokens): isGood(tokens, isNews: isNews, at: now)
      case .none: false
      }
    if isGood, let tokens = row.tokens.take() { return .use(tokens) }
    guard let failure = row.failure else { return .fetch }
    // What a person has to mend is not asked for again and again; who knows better says so.
    if row.isOfConsent, !isFresh, TokenError.isRefusal(failure.diagnosis) {
      return .fail(failure.diagnosis)
    }
    if isFresh { return isNews && failure.time >= asked ? .fail(failure.diagnosis) : .fetch }
    let passed = now.secondsSinceEpoch - failure.time.secondsSinceEpoch
    // A time that is yet to come is of another clock, and says nothing.
    guard (0..<Self.pause).contains(passed) else { return .fetch }
    return .wait(Self.pause - passed, failure.diagnosis)
  }

  private func isGood(
    _ tokens: borrowing TokenSet, isNews: Bool, at now: Timestamp
  ) -> Bool {
    // What we would get could not be newer, nor live longer.
    if isNews, tokens.obtained >= asked, tokens.isGood(at: now, forAtLeast: 0) { return true }
    return isWanted(tokens) && tokens.isGood(at: now, forAtLeast: least)
  }

  /// Whether tokens from before will do at all, as long as they live.
  private func isWanted(_ tokens: borrowing TokenSet) -> Bool {
    guard !isFresh else { return false }
    guard let refused else { return true }
    return tokens.obtained > refused
  }

  /// Whether tokens that cannot be replaced are handed out until they end.
  /// - Parameter diagnosis: why they cannot.
  func accepts(
    _ tokens: borrowing TokenSet, despite diagnosis: Diagnosis, at now: Timestamp
  ) -> Bool {
    guard diagnosis.kind != .cancelled else { return false }
    // Of an account that was linked a renewal may be refused, and the token that there is lives on.
    guard tokens.isOfConsent || !TokenError.isRefusal(diagnosis) else { return false }
    return isWanted(tokens) && tokens.isGood(at: now, forAtLeast: least ?? 0)
  }

  /// Whether a fetch that failed is written down. Where nobody was asked nobody has to be spared.
  static func isKept(_ diagnosis: Diagnosis) -> Bool {
    diagnosis.kind != .cancelled && diagnosis.cause != .internalFailure
  }
}
