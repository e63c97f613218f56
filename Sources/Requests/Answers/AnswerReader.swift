internal import Basics
internal import ProviderFormat
internal import Secrets

/// The one reader of what an answer means, where the provider's entry says nothing of it: status, kind of content and
/// words together. The table in <doc:WhatAnAnswerMeans> is what it does.
struct AnswerReader {
  /// How the provider and the fields are called.
  let general: StatusDiagnosis
  /// Whether what is sent is signed here.
  let isSigned: Bool
  /// Whether there is a time in it, so that a clock can spoil it.
  let isTimed: Bool

  init(_ context: borrowing CheckContext) {
    general = context.general
    let provider = context.provider
    isSigned =
      provider.authMode.requestRules.isSigned
      || TokenRules(provider).authentication == .privateKeyJWT
      || provider.entry["assertion"] != nil || provider.entry["signature"] != nil
    let headers = provider.proxy.headers + (provider.proxy.verification?.headers ?? [])
    isTimed = isSigned || headers.contains { $0.template.contains("${now") }
  }

  /// Reads an answer.
  func read(
    _ answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> AnswerReading {
    var reading = AnswerReading(answer, from: sources)
    reading.clock = ClockDifference(answer, now: sources.now)
    if isSigned, reading.topics.contains(.ended), !reading.topics.contains(.wrong),
      reading.says?.lowercased().contains("key") != true
    {
      // What was made a moment ago has not lived its life: whoever says so goes by another clock.
      reading.topics.insert(.clock)
    }
    reading.meaning = meaning(reading)
    return reading
  }

  /// Whether a refusal can be the provider's own: not one that a firewall, a proxy or a gateway says in its place. What an
  /// entry declares of a status is said of the provider.
  func isOfProvider(
    _ answer: borrowing CheckAnswer, from sources: borrowing TemplateContext
  ) -> Bool {
    if answer.isSuccess { return true }
    switch read(answer, from: sources).meaning {
    case .gateway, .portal, .proxy: return false
    case .accepted, .page, .failed, .refused, .ended, .noCredentials, .lacksRight, .plan, .clock,
      .place, .address, .rate, .trouble, .bare, .malformed, .absent, .redirect, .notModified,
      .other:
      return true
    }
  }

  private func meaning(_ reading: AnswerReading) -> AnswerMeaning {
    let meaning = byWords(reading)
    guard isTimed, reading.clock != nil else { return meaning }
    // What is signed counts only around its time, and few say that this is the reason.
    switch meaning {
    case .refused, .ended, .bare: return .clock
    case .lacksRight: return reading.topics.contains(.right) ? meaning : .clock
    case .malformed: return reading.status == 400 ? .clock : meaning
    case .accepted, .page, .failed, .noCredentials, .plan, .clock, .gateway, .portal, .proxy,
      .place, .address, .rate, .trouble, .absent, .redirect, .notModified, .other:
      return meaning
    }
  }

  private func byWords(_ reading: AnswerReading) -> AnswerMeaning {
    let order = Self.order(of: reading.status)
    switch reading.status {
    case 200...299:
      if reading.isPage { return .page }
      guard reading.hasFailed else { return .accepted }
      if let meaning = first(order, in: reading) { return meaning }
      switch reading.code {
      case 401: return .refused
      case 403: return .lacksRight
      case 429: return .rate
      default: return .failed
      }
    case 304: return .notModified
    case 300...399: return .redirect
    case 401: return first(order, in: reading) ?? .refused
    case 402: return first(order, in: reading) ?? .plan
    case 403:
      if reading.isBare, !reading.isPage { return .bare }
      return first(order, in: reading) ?? (reading.isPage ? .gateway : .lacksRight)
    case 407: return .proxy
    case 511: return .portal
    case 408, 420, 425, 429: return .rate
    case 404, 405, 410:
      if let meaning = first(order, in: reading) { return meaning }
      return general.addressFields != nil && reading.status != 405 ? .address : .absent
    case 400, 422:
      return first(order, in: reading) ?? (reading.isPage ? .page : .malformed)
    case 406...499: return first(order, in: reading) ?? (reading.isPage ? .gateway : .other)
    case 500...599: return first(order, in: reading) ?? .trouble
    default: return reading.isPage ? .gateway : .other
    }
  }

  /// Which topics count with a status, and what they mean, the first that is there.
  private static func order(of status: Int) -> [(topic: WordTopics, meaning: AnswerMeaning)] {
    let outside: [(WordTopics, AnswerMeaning)] = [
      (.clock, .clock), (.gateway, .gateway), (.place, .place), (.rate, .rate),
    ]
    switch status {
    case 200...299:
      return outside + [
        (.wrong, .refused), (.ended, .ended), (.plan, .plan), (.right, .lacksRight),
        (.denied, .lacksRight), (.address, .address), (.missing, .noCredentials),
        (.trouble, .trouble),
      ]
    case 401:
      return outside + [
        (.wrong, .refused), (.ended, .ended), (.plan, .plan), (.right, .lacksRight),
        (.denied, .lacksRight), (.address, .address), (.missing, .noCredentials),
      ]
    case 402: return outside + [(.wrong, .refused), (.ended, .ended)]
    case 403:
      return outside + [
        (.plan, .plan), (.right, .lacksRight), (.wrong, .refused), (.ended, .ended),
        (.denied, .lacksRight), (.address, .address), (.missing, .noCredentials),
        (.trouble, .trouble),
      ]
    case 400, 422, 406, 409, 411...499:
      return outside + [
        (.wrong, .refused), (.ended, .ended), (.plan, .plan), (.right, .lacksRight),
        (.address, .address),
      ]
    case 404, 405, 410: return outside + [(.wrong, .refused), (.ended, .ended)]
    case 500: return [(.clock, .clock), (.wrong, .refused)]
    case 500...599: return [(.clock, .clock)]
    default: return []
    }
  }

  private func first(
    _ order: [(topic: WordTopics, meaning: AnswerMeaning)], in reading: AnswerReading
  ) -> AnswerMeaning? {
    order.first { topic, meaning in
      guard reading.topics.isSuperset(of: topic) else { return false }
      // Where nothing of the address is the user's, it is not what can be wrong.
      return meaning != .address || general.addressFields != nil
    }?.meaning
  }
}

/// What was read in an answer.
struct AnswerReading {
  let status: Int
  var meaning = AnswerMeaning.other
  /// The provider's own words, cleaned and redacted; nil for those of a web page.
  let says: String?
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
      let clean = WebPage.title(of: answer)?.withBytes { Redactor.clean($0, from: sources) } ?? nil
      self.title = clean.map { PrintableText.cut($0, atMost: Self.longestTitle) }
      isSignIn = answer.body.withBytes { WebPage.isSignIn($0) }
      (says, hasFailed, code) = (nil, false, nil)
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
    if let message { topics.formUnion(WordTopics(of: message)) }
    code = envelope.code
    if answer.isSuccess {
      let isText = !envelope.isObject && answer.body.count <= Redactor.longestMessage
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
    return words.allSatisfy { known.contains($0) }
  }
}
