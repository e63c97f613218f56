internal import Basics
internal import Glibc
internal import Requests
internal import Synchronization
internal import TerminalUI

/// How far long work is, for whoever sits at the terminal: `usher: 12 of 40 · asking api.tally.so`, one line of standard
/// error that is written over. Where lines are wanted one by one (`USHER_PLAIN`, a dumb terminal) it is a line each ten
/// seconds at most. Nothing where standard error is no terminal.
final class WorkProgress: Sendable {
  private enum Manner { case silent, oneLine, lines }

  private struct State {
    var finished = 0
    var all: Int?
    var doing = ""
    /// Whether the line stands there.
    var isShown = false
    /// When the last of several lines was written, or the work began.
    var written = ContinuousClock.now
  }

  /// Between two lines, where each stays.
  private static let pause = Duration.seconds(10)

  private let manner: Manner
  /// What is counted, with a blank before it; empty where that is plain.
  private let unit: String
  private let state: Mutex<State>

  /// - Parameters:
  ///   - all: how much there is to do; nil where that is not known.
  ///   - unit: what is counted: `pages`.
  ///   - isSilent: whether nothing is to be shown anywhere.
  init(
    of all: Int? = nil, unit: String = "", isSilent: Bool, settings: Settings = .current
  ) {
    if isSilent || isatty(STDERR_FILENO) != 1 {
      manner = .silent
    } else {
      manner = PlainMode.isPrompted(by: settings) ? .lines : .oneLine
    }
    self.unit = unit.isEmpty ? "" : " \(unit)"
    state = Mutex(State(all: all))
  }

  /// Whether anything of it is to be seen.
  var isShown: Bool { manner != .silent }

  /// What is being done now.
  @Sendable func tell(_ doing: String) { change { $0.doing = doing } }

  /// Tells who is asked: on the line, or where there is none as `ProgressReport` does.
  /// - Parameter isSilent: whether that is told nowhere.
  func asking(isSilent: Bool) -> @Sendable (CheckProgress) -> Void {
    if isShown { return { [self] asked in tell("asking \(asked.host)") } }
    let lines = ProgressReport(isSilent: isSilent)
    return { asked in lines.report(asked) }
  }

  /// So much is done.
  /// - Parameter all: how much there is to do; nil where that is not known.
  @Sendable func show(_ finished: Int, of all: Int? = nil) {
    change {
      $0.finished = max($0.finished, finished)
      $0.all = all
    }
  }

  /// One more is done.
  func finishOne() { change { $0.finished += 1 } }

  /// Writes something else meanwhile: the line makes room for it and comes back behind it.
  func aside<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard manner == .oneLine else { return try body() }
    let wasShown = state.withLock { state in
      defer { clear(&state) }
      return state.isShown
    }
    defer { if wasShown { state.withLock { write(text($0), &$0) } } }
    return try body()
  }

  /// Takes the line away.
  func end() { state.withLock { clear(&$0) } }

  // MARK: Writing

  private func change(_ body: (inout State) -> Void) {
    guard isShown else { return }
    state.withLock { state in
      let before = text(state)
      body(&state)
      let text = text(state)
      guard text != before || !state.isShown else { return }
      write(text, &state)
    }
  }

  private func text(_ state: State) -> String {
    let count =
      state.all.map { "\(state.finished) of \($0)\(unit)" } ?? "\(state.finished)\(unit) done"
    return "usher: \(count)" + (state.doing.isEmpty ? "" : " · \(state.doing)")
  }

  private func write(_ text: String, _ state: inout State) {
    switch manner {
    case .silent: break
    case .oneLine:
      // In the last column some terminals go on to the next line.
      Console.status(Width.truncate(text, columns: Console.errorColumns - 1))
      state.isShown = true
    case .lines:
      guard state.written.duration(to: .now) >= Self.pause else { return }
      state.written = .now
      Console.error(text)
    }
  }

  private func clear(_ state: inout State) {
    guard manner == .oneLine, state.isShown else { return }
    Console.status("")
    state.isShown = false
  }
}
