internal import Basics
internal import ProviderFormat
internal import Secrets

/// When a token ends, as far as its provider says.
struct TokenExpiry {
  /// What an answer says of the end.
  struct Reading: ~Copyable {
    /// Nil when the token has no known end.
    let end: Timestamp?
    /// What stands there and is neither a moment nor a period: in `…` when it is too long for one.
    let unread: SecretBuffer?
  }

  private let rules: TokenResponseRules
  private let now: Timestamp
  private let fallback: Int64?

  /// - Parameter fallback: in seconds, for a token of which nothing is said; nil when that is not known.
  init(_ rules: TokenResponseRules, now: Timestamp, fallback: Int64?) {
    self.rules = rules
    self.now = now
    self.fallback = fallback
  }

  /// The first expiry that can be read; else the entry's fixed life; else what the token itself says, if it is a JSON
  /// Web Token, a quarter of an hour early as the format has it.
  func read(
    token: borrowing SecretBuffer, _ text: (String) -> SecretBuffer?
  ) -> Reading {
    var unread: SecretBuffer?
    for (path, strategy) in rules.expiry {
      guard let value = text(path) else { continue }
      guard value.count <= Self.longestText else {
        unread = SecretBuffer(text: "…", capacity: 1)
        continue
      }
      // An expiry is no secret.
      let written = value.withBytes { $0.shownText }
      if let end = end(written, strategy) { return Reading(end: end, unread: nil) }
      if !EndlessValidity.isSaid(by: written) { unread = .some(consume value) }
    }
    return Reading(end: assumed(for: token), unread: consume unread)
  }

  /// In bytes: dates are shorter.
  private static let longestText = 64

  private func end(_ text: String, _ strategy: TokenResponseRules.Strategy) -> Timestamp? {
    switch strategy {
    // A date in place of a period can mean nothing else.
    case .expiresIn: after(period: text) ?? (Double(text) == nil ? Self.moment(text, now) : nil)
    case .expiresAt: Self.moment(text, now)
    }
  }

  /// The end of a token whose answer does not tell it.
  private func assumed(for token: borrowing SecretBuffer) -> Timestamp? {
    if rules.expiry.isEmpty, let life = rules.fixedLife {
      if life > 0 { return after(seconds: Double(life) / 1000) }
    }
    let usual = fallback.flatMap { after(seconds: Double($0)) }
    let own = token.withBytes { JWTClaims.expiry(of: $0) }.map {
      Timestamp(secondsSinceEpoch: $0.secondsSinceEpoch - 15 * 60)
    }
    guard let usual, let own else { return usual ?? own }
    return min(usual, own)
  }

  /// A number of seconds (or milliseconds, where the entry says so), or a period in words. 0 says nothing: what was
  /// given out a moment ago has not ended.
  private func after(period text: String) -> Timestamp? {
    if let number = Double(text) {
      if number == 0 { return nil }
      // More than thirty years are the moment itself.
      if number >= 1_000_000_000, !rules.isInMilliseconds { return Self.moment(text, now) }
      return after(seconds: rules.isInMilliseconds ? number / 1000 : number)
    }
    return Period.seconds(text).flatMap { $0 == 0 ? nil : after(seconds: $0) }
  }

  private func after(seconds: Double) -> Timestamp? {
    guard seconds.isFinite, (0...Self.longest).contains(seconds) else { return nil }
    return Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + Int64(seconds))
  }

  /// In seconds: a hundred years. What lives longer has no end that matters.
  private static let longest: Double = 100 * 366 * 86_400

  /// A date, Unix time, or days, hours and minutes from now: `364:23:59`.
  private static func moment(_ text: String, _ now: Timestamp) -> Timestamp? {
    if let time = Timestamp(providerText: text) { return time }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
    guard parts.count == 3, let days = parts[0], let hours = parts[1], let minutes = parts[2],
      (0...36_600).contains(days), (0...24).contains(hours), (0...60).contains(minutes)
    else { return nil }
    return Timestamp(
      secondsSinceEpoch: now.secondsSinceEpoch + (days * 24 + hours) * 3600 + minutes * 60)
  }
}

/// A period in words: `2h`, `90 minutes`, `1.5 days`.
enum Period {
  private static let units: [(names: [String], seconds: Double)] = [
    (["ms", "msec", "msecs", "millisecond", "milliseconds"], 0.001),
    (["s", "sec", "secs", "second", "seconds"], 1),
    (["m", "min", "mins", "minute", "minutes"], 60),
    (["h", "hr", "hrs", "hour", "hours"], 3600),
    (["d", "day", "days"], 86_400), (["w", "week", "weeks"], 7 * 86_400),
    (["y", "yr", "yrs", "year", "years"], 365.25 * 86_400),
  ]

  /// Nil when it is none.
  static func seconds(_ text: String) -> Double? {
    let text = text.trimmed.lowercased()
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = String(text.dropFirst(digits.count)).trimmed
    guard let number = Double(digits),
      let seconds = units.first(where: { $0.names.contains(unit) })?.seconds
    else { return nil }
    return number * seconds
  }
}
