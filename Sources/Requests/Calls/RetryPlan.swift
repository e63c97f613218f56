internal import Basics
internal import ProviderFormat
internal import Secrets

/// Whether a request that failed is sent once more, and after which pause: by what the entry says of it (`proxy.retry`),
/// else as HTTP has it.
struct RetryPlan {
  private let rules: RetryRules?
  /// Statuses that the caller wants tried again besides.
  private let extra: StatusSet?

  /// Nil when one of the caller's statuses is none.
  init?(_ provider: Provider, _ options: CallOptions) {
    rules = provider.proxy.retry
    extra = StatusSet(.list(options.retryOn.map { .string($0) }))
    if extra == nil, !options.retryOn.isEmpty { return nil }
  }

  /// How often at most: reading twice does no harm, writing twice may.
  static func attempts(_ options: CallOptions, method: String) -> Int {
    max(0, options.retries ?? (method == "GET" || method == "HEAD" ? 2 : 0))
  }

  /// Whether a refusal is worth another try. What is done about a 401 is another thing.
  func isRetryable(_ answer: borrowing CheckAnswer) -> Bool {
    let status = answer.status
    if extra?.contains(status) == true { return true }
    if let name = rules?.remaining, answer.header(name)?.trimmed == "0" { return true }
    if status == 401 { return false }
    return rules?.statuses?.contains(status) ?? (status == 429 || status >= 500)
  }

  /// Whether what kept an answer away may be over at the next try.
  static func isRetryable(_ cause: Diagnosis.Cause) -> Bool {
    switch cause {
    case .connectionReset, .connectionRefused, .timeout, .noRoute, .noNameServer: true
    case .noName, .tls, .clientCertificate, .proxy, .forbiddenAddress, .redirect, .badAnswer,
      .internalFailure:
      false
    }
  }

  /// How long the provider wants nobody to ask, in seconds; nil where it does not say.
  func wish(in answer: borrowing CheckAnswer, now: Timestamp) -> Int64? {
    let theirs = RetryTime.clock(of: answer, now: now)
    let moments = values(of: rules?.at ?? [], in: answer)
      .compactMap { RetryTime.seconds($0, isMoment: true, theirs) }.filter { $0 > 0 }
    let periods = values(of: rules?.after ?? [], in: answer)
      .compactMap { RetryTime.seconds($0, theirs) }.map { max(0, $0) }
    let wish =
      moments.max() ?? periods.max() ?? wishInBody(of: answer, theirs)
      ?? RetryTime(now: now) { ["retry-after", "date"].contains($0) ? answer.header($0) : nil }?
      .seconds
    return wish.flatMap { $0 <= RetryTime.longest ? $0 : nil }
  }

  private func values(of names: [String], in answer: borrowing CheckAnswer) -> [String] {
    answer.headers.filter { names.contains($0.name.lowercased()) }.map(\.value.trimmed)
  }

  private func wishInBody(of answer: borrowing CheckAnswer, _ theirs: Timestamp) -> Int64? {
    guard let rule = rules?.inBody, let pattern = try? Pattern(rule.pattern),
      let text = AnswerPath(rule.path).text(in: answer), text.count <= ProviderMessage.longestAnswer
    else { return nil }
    let time = text.withBytes { text in
      pattern.firstCapture(in: text).map { text.shownText($0).trimmed }
    }
    let seconds = time.flatMap { RetryTime.seconds($0, isMoment: rule.strategy == .at, theirs) }
    return seconds.flatMap { $0 > 0 ? $0 : nil }
  }

  /// In seconds: the pause before a further try where nobody wishes for one, 3 and then twice as much each time.
  /// - Parameter attempt: counted from 1.
  static func pause(before attempt: Int) -> Int64 {
    min(longestPause, 3 << min(max(0, attempt - 1), 16))
  }

  /// In seconds, ten minutes.
  private static let longestPause: Int64 = 600
}
