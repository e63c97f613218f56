internal import Basics
internal import Connections

/// How the rest of an interrupted `check --all` is asked: with a span that leaves out what was asked in this run, and
/// nothing of the rest.
struct CheckAdvice {
  let began: Timestamp
  let now: Timestamp

  /// - Parameters:
  ///   - lastChecks: when a connection's check came through last, before the run.
  ///   - told: those that were asked in it.
  func text(leaving lastChecks: [ConnectionName: Timestamp], told: Set<ConnectionName>) -> String {
    let left = lastChecks.filter { !told.contains($0.key) }.map(\.value)
    let length = now.secondsSinceEpoch - began.secondsSinceEpoch
    let minutes = max(1, length / 60 + 1)
    // An hour leaves time until the command is typed; the run's own length does where the rest was checked since.
    let spans: [(seconds: Int64, text: String)] = [
      (seconds: 3600, text: "1h"), (seconds: minutes * 60, text: "\(minutes)m"),
    ]
    guard let span = spans.first(where: { length < $0.seconds && isRight($0.seconds, for: left) })
    else {
      return
        "usher check --all asks the rest with the others: some of it was checked shortly before"
    }
    return "usher check --all --older-than \(span.text) goes on with the others"
  }

  /// Whether it leaves none of the rest out.
  private func isRight(_ seconds: Int64, for left: [Timestamp]) -> Bool {
    left.allSatisfy { now.secondsSinceEpoch - $0.secondsSinceEpoch > seconds }
  }
}
