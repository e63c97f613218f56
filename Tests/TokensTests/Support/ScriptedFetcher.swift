import Basics
import Drafts
import Requests
import Secrets
import Synchronization

/// Gives the answers of a test, the last one again and again, and remembers what it was asked with.
final class ScriptedFetcher: TokenFetcher, Sendable {
  enum Answer: Sendable {
    /// `A-name`, got now, for so many seconds.
    case token(String, lifetime: Int64 = 3600)
    /// The same of an account that a person has agreed to link.
    case renewed(String, lifetime: Int64 = 3600)
    case refused(Diagnosis)
  }

  private struct State {
    var answers: [Answer]
    var asked: [String] = []
    var prepared = 0
    var dismissed = 0
  }

  private let state: Mutex<State>
  private let clock: TestClock
  /// What happens while it is asked, by how often it has been asked before.
  private let meanwhile: @Sendable (Int) -> Void

  init(
    _ answers: [Answer], at clock: TestClock,
    meanwhile: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    state = Mutex(State(answers: answers))
    self.clock = clock
    self.meanwhile = meanwhile
  }

  /// The client secret, and behind a blank the refresh token where one was known.
  var asked: [String] { state.withLock { $0.asked } }
  var prepared: Int { state.withLock { $0.prepared } }
  var dismissed: Int { state.withLock { $0.dismissed } }

  func prepare() { state.withLock { $0.prepared += 1 } }
  func dismiss() { state.withLock { $0.dismissed += 1 } }

  func fetch(_ submission: consuming Submission, known: consuming TokenSet?) -> TokenOutcome {
    var words = [submission.values.withBytes(of: TokenHome.secret) { $0.shownText }]
    if let known { words.append(known.values.withBytes(of: "refreshToken") { $0.shownText }) }
    let line = words.joined(separator: " ")
    let (count, answer) = state.withLock { state in
      state.asked.append(line)
      let answer = state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
      return (state.asked.count - 1, answer)
    }
    meanwhile(count)
    switch answer {
    case .token(let name, let lifetime):
      let now = clock.now.secondsSinceEpoch
      return .token(TokenHome.tokens(name, obtained: now, expires: now + lifetime))
    case .renewed(let name, let lifetime):
      let now = clock.now.secondsSinceEpoch
      return .token(
        TokenHome.tokens(name, obtained: now, expires: now + lifetime, consentBuffer: 900))
    case .refused(let diagnosis): return .refused(diagnosis)
    }
  }
}

/// A clock that a test sets.
final class TestClock: Sendable {
  private let time: Mutex<Int64>

  init(_ seconds: Int64 = 1_900_000_000) { time = Mutex(seconds) }

  var now: Timestamp { Timestamp(secondsSinceEpoch: time.withLock { $0 }) }
  var seconds: Int64 { now.secondsSinceEpoch }

  func advance(by seconds: Int64) { time.withLock { $0 += seconds } }
}
