internal import Basics
internal import ProviderFormat
internal import Secrets

/// What was read in an answer.
struct AnswerReading {
  let status: Int
  var meaning = AnswerMeaning.other
  /// The provider's own words, cleaned and redacted; nil for those of a web page.
  let says: String?
  /// The first words for people in it, cleaned and redacted, whatever they are about; nil for a web page.
  let message: String?
  /// Of a web page.
  let title: String?
  let isPage: Bool
  let isSignIn: Bool
  /// Whether a success says that it is none.
  let hasFailed: Bool
  /// A status that stands in the answer.
  let code: Int?
  var topics: WordTopics
  /// How far this machine's clock is off.
  var clock: ClockDifference?
  let wait: RetryTime?
  /// Whether its words are no more than what the status says already.
  var isBare: Bool { topics.isSubset(of: .denied) && (says.map { Self.bare($0) } ?? true) }

  init(_ answer: borrowing CheckAnswer, from sources: borrowing TemplateContext) {
    status = answer.status
    isPage = answer.form == .page
    wait = RetryTime(answer, now: sources.now)
    guard !isPage else {
      let clean =
        answer.body.withBytes(WebPage.title)?.withBytes { Redactor.clean($0, from: sources) } ?? nil
      self.title = clean.map { PrintableText.cut($0, atMost: Self.longestTitle) }
      isSignIn = answer.body.withBytes { WebPage.isSignIn($0) }
      (says, message, hasFailed, code) = (nil, nil, false, nil)
      // That access is denied a page says of itself.
      topics = WordTopics(of: clean ?? "")
        .intersection([.wrong, .ended, .clock, .gateway, .place, .rate])
        .union(Self.signs(in: answer))
      return
    }
    (title, isSignIn) = (nil, false)
    let envelope = AnswerEnvelope(answer, from: sources)
    let message = ProviderMessage.find(in: answer, from: sources)
    var topics = envelope.topics
    self.message = message
    if let message { topics.formUnion(WordTopics(of: message)) }
    code = envelope.code
    if answer.isSuccess {
      // A list is data, whatever its elements say.
      let isText =
        !envelope.isObject && !answer.body.withBytes(Self.isList)
        && answer.body.count <= Redactor.longestMessage
      let denials: WordTopics =
        isText ? [.wrong, .ended, .missing, .denied] : [.wrong, .ended, .missing]
      // Where there are data beside them words may be about anything.
      let denies = isText || envelope.isObject && !envelope.hasData
      hasFailed =
        envelope.hasFailed || denies && !topics.isDisjoint(with: denials)
        || isText && Self.isFailure(message ?? "")
      says = envelope.says ?? (isText ? message : nil)
    } else {
      hasFailed = envelope.hasFailed
      says = message ?? envelope.says
    }
    self.topics = topics.union(Self.signs(in: answer))
  }

  /// Of a title, in characters: what stands behind the name of the page is rarely of use.
  private static let longestTitle = 80

  /// What headers tell of whoever answered.
  private static func signs(in answer: borrowing CheckAnswer) -> WordTopics {
    let names = [
      "cf-mitigated", "x-squid-error", "x-sucuri-block", "x-amzn-waf-action", "x-blocked-by",
      "x-waf-event-info", "x-zscaler-block",
    ]
    let isThere = names.contains { answer.header($0) != nil }
    return isThere ? .gateway : []
  }

  private static func isList(_ body: RawSpan) -> Bool {
    body.firstOffset { !$0.isMarkupBlank }.map { body[$0] == UInt8(ascii: "[") } ?? false
  }

  /// A text that says no more than that something failed: `error`, `ERROR: 17`.
  private static func isFailure(_ text: String) -> Bool {
    let word = NameWords.split(text, after: .smallLetter).first?.lowercased() ?? ""
    return ["error", "err", "fail", "failed", "failure", "ko", "false", "denied", "forbidden"]
      .contains(word)
  }

  private static func bare(_ text: String) -> Bool {
    let words = NameWords.split(text, after: .smallLetter).map { $0.lowercased() }
    let known: Set<String> = [
      "forbidden", "error", "http", "status", "code", "request", "failed", "403", "message",
      "denied", "refused", "resource", "exception", "the", "is", "this", "client", "access",
    ]
    return words.allSatisfy { word in known.contains(word) || word.allSatisfy(\.isNumber) }
  }
}
