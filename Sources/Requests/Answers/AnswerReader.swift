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
      Self.saysExpired(reading.says ?? "")
    {
      // What was made a moment ago has not lived its life: whoever says so goes by another clock.
      reading.topics.insert(.clock)
    }
    reading.meaning = meaning(reading)
    return reading
  }

  /// Whether something has expired, and nothing that lives longer than what is signed here.
  private static func saysExpired(_ text: String) -> Bool {
    let words = Set(NameWords.split(text, after: .smallLetter).map { $0.lowercased() })
    let others: Set<String> = [
      "key", "keys", "account", "user", "client", "application", "app", "license", "licence",
      "trial", "secret", "certificate", "plan", "subscription", "password",
    ]
    return !words.isDisjoint(with: ["expired", "expires", "expire"])
      && words.isDisjoint(with: others)
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
