internal import Basics
internal import ProviderFormat
internal import Secrets

/// Reads the answer to one token request.
struct GrantReader: ~Copyable {
  private let answer: TokenAnswer
  private let rules: GrantRules
  private let now: Timestamp

  init(_ answer: borrowing CheckAnswer, _ rules: GrantRules, now: Timestamp) {
    self.answer = TokenAnswer(answer)
    self.rules = rules
    self.now = now
  }

  /// A token with what belongs to it.
  struct Token: ~Copyable {
    var token: SecretBuffer
    var refreshToken: SecretBuffer?
    var expires: Timestamp?
  }

  /// Whether the answer says that it is a good one, by what the provider marks its answers with.
  borrowing func isMarkedGood() -> Bool {
    guard let mark = rules.mark else { return true }
    guard let text = answer.text(at: mark.path) else { return !mark.isRequired }
    return text.withBytes { $0.equals(mark.value.utf8) }
  }

  /// The token; nil when there is none.
  borrowing func token() -> Token? {
    if let token = ownToken() { return token }
    return alternateToken()
  }

  /// The token of the person who signed in; nil when there is none.
  borrowing func userToken() -> Token? {
    if let token = alternateToken() { return token }
    return ownToken()
  }

  /// The token that stands where tokens do.
  borrowing func ownToken() -> Token? {
    guard let token = text(rules.token) else { return nil }
    return Token(
      token: token, refreshToken: text(rules.refreshToken), expires: end(of: rules.expiry))
  }

  /// The token beside the first one, or in its place.
  borrowing func alternateToken() -> Token? {
    guard let place = rules.alternate else { return nil }
    let below = rules.below(place)
    if let token = text(below.token) {
      return Token(
        token: token, refreshToken: text(below.refreshToken), expires: end(of: below.expiry))
    }
    guard let token = answer.text(at: place) else { return nil }
    return Token(
      token: token, refreshToken: text(rules.refreshToken), expires: end(of: rules.expiry))
  }

  /// What was granted; nil where the answer does not say.
  borrowing func scopes(in answer: borrowing CheckAnswer) -> Scopes? {
    for path in rules.scope {
      var names: [String] = []
      AnswerPath(path).forEachText(in: answer) { names.append($0.shownText) }
      if !names.isEmpty { return Scopes(names) }
    }
    return nil
  }

  /// A text, number or truth value at a path; nil when there is none, or it is empty.
  borrowing func text(at path: String) -> SecretBuffer? { answer.text(at: path) }

  /// When a token ends of which nothing but its provider's habit may be known.
  borrowing func usualEnd() -> Timestamp? { end(of: rules.expiry) }

  private borrowing func text(_ paths: [String]) -> SecretBuffer? {
    for path in paths {
      if let text = answer.text(at: path) { return text }
    }
    return nil
  }

  private borrowing func end(
    of expiry: [(path: String, strategy: TokenResponseRules.Strategy)]
  ) -> Timestamp? {
    if let life = rules.life {
      return Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + life)
    }
    // What a token says of itself is not asked: not its provider's word.
    return TokenExpiry(TokenResponseRules(expiry: expiry), now: now, fallback: nil)
      .read(token: SecretBuffer(capacity: 1)) { answer.text(at: $0) }.end
  }
}
