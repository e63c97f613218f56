internal import Basics
internal import ProviderFormat
internal import Secrets

/// What answers mean, and what follows from them.
extension RevocationSession {
  /// To the request that the entry declares.
  mutating func take(_ answer: borrowing CheckAnswer) {
    let reader = AnswerReader(context)
    let reading = reader.read(answer, from: context.sources)
    let failure = RevocationOutcome.failed(
      refusal.diagnosis(reading, isClientWrong: false, reader))
    guard reading.meaning.isOfProvider, !reading.isPage else { return end(failure) }
    switch answer.status {
    case 200...299 where reading.meaning == .accepted: end(.revoked)
    case 404, 410: confirm(answer.status, .revoked)
    case 401: confirm(401, failure)
    default: end(failure)
    }
  }

  private mutating func confirm(_ status: Int, _ outcome: RevocationOutcome) {
    check = Self.check(order, at: nil)
    phase = .confirming(status: status, outcome)
  }

  /// To the request for one token (RFC 7009, section 2.2).
  mutating func take(_ answer: borrowing CheckAnswer, of token: RevokedToken) {
    let reader = AnswerReader(context)
    let reading = reader.read(answer, from: context.sources)
    let word = AnswerPath("error").text(in: answer)?.withBytes { $0.shownText }
    if answer.isSuccess, reading.meaning == .accepted {
      taken.append(token)
    } else if (400...499).contains(answer.status), word == "invalid_token" {
      // The standard wants a success for a token that is gone; Google says this.
      taken.append(token)
    } else if word == "unsupported_token_type" {
      unsupported.append(token)
    } else {
      let isClientWrong = OAuthError(in: answer) == .invalidClient
      fail(refusal.diagnosis(reading, isClientWrong: isClientWrong, reader))
    }
  }

  /// When all has been asked.
  var conclusion: RevocationOutcome {
    guard !unsupported.isEmpty else { return .revoked }
    let end = Self.end(of: order.token)
    // What is left has come to its own end.
    let isOver = end.map { $0 <= context.sources.now } ?? false
    if isOver, !taken.isEmpty, !unsupported.contains(where: \.isRefresh) { return .revoked }
    return .failed(refusal.unsupported(unsupported, taken: taken, end: end))
  }

  private static func end(of token: borrowing TokenSet?) -> Timestamp? {
    switch token {
    case .some(let token): token.expires
    case nil: nil
    }
  }

  // MARK: Phases

  mutating func finish(finding diagnosis: Diagnosis) {
    // It is good for nothing any more, and cannot ask for anything.
    if diagnosis.kind == .refused { return end(.revoked) }
    guard diagnosis.exitCode != .notAsked else { return fail(refusal.advising(diagnosis)) }
    check.copyDerived(to: &context.sources)
    phase = .asking
  }

  mutating func finish(locating outcome: DiscoveryOutcome) {
    switch outcome {
    case .found(let server):
      guard let revocation = TokenRevocation(server, client) else {
        return fail(refusal.unknownPlace)
      }
      calls = tokens.map { .token($0, revocation.call(for: $0)) }
      phase = .asking
    case .unusable: fail(refusal.unknownPlace)
    case .unreachable(let diagnosis): fail(refusal.advising(diagnosis))
    }
  }

  mutating func finish(
    confirming diagnosis: Diagnosis, _ status: Int, _ outcome: RevocationOutcome
  ) {
    switch diagnosis.kind {
    case .refused: end(.revoked)
    case .accepted, .lacksRight, .wrongTenant, .wrongKind: fail(refusal.stillGood(status))
    case .uncheckable, .unclear: end(outcome)
    case .busy, .unreachable, .cancelled: fail(refusal.advising(diagnosis))
    }
  }

  mutating func fail(_ diagnosis: Diagnosis) {
    var diagnosis = diagnosis
    diagnosis.host = diagnosis.host ?? host
    end(.failed(diagnosis))
  }

  mutating func end(_ outcome: RevocationOutcome) { result = outcome }
}
