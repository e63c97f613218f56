internal import Basics
internal import Connections
internal import Requests
internal import Store

/// What came of each of several checks: told as they come, and as one document at the end for scripts.
final class CheckReport {
  let progress: WorkProgress
  private let isJSON: Bool
  private let count: Int
  private var told = 0
  /// Those that are told.
  private(set) var names: Set<ConnectionName> = []
  private let refusedBefore: Int
  private var worst = ExitCode.done
  private var reports: [Value] = []

  /// - Parameters:
  ///   - count: how many there are to be.
  ///   - refusedBefore: how many are not asked this time, and were refused when they were.
  init(count: Int, refusedBefore: Int, isJSON: Bool, progress: WorkProgress) {
    self.count = count
    self.refusedBefore = refusedBefore
    self.isJSON = isJSON
    self.progress = progress
  }

  func tell(_ result: StoredConnectionChecks.Result) {
    let diagnosis = result.diagnosis
    told += 1
    names.insert(result.name)
    progress.finishOne()
    if diagnosis.exitCode.isWorse(than: worst) { worst = diagnosis.exitCode }
    progress.aside {
      if isJSON {
        reports.append(.map(Self.json(result)))
      } else {
        Console.line("\(result.name): \(DiagnosisReport.text(diagnosis))")
      }
      if let notNoted = result.notNoted {
        ErrorPrinter.warn("the answer for \(result.name) was not noted", notNoted.explanation)
      }
    }
    // It was an answer about what is no longer stored.
    if let notNoted = result.notNoted, case .conflict = notNoted, worst == .done {
      worst = .storeFailed
    }
  }

  /// - Parameters:
  ///   - isInterrupted: whether somebody did not want to wait for the rest.
  ///   - advice: how to go on with that.
  func finish(isInterrupted: Bool, advice: String) -> ExitCode {
    progress.end()
    if isJSON { Console.json(.map([("checks", .list(reports))])) }
    guard isInterrupted, told < count else {
      guard refusedBefore > 0 else { return worst }
      let those = refusedBefore == 1 ? "1 connection was" : "\(refusedBefore) connections were"
      ErrorPrinter.note(
        "\(those) refused at the last check, and not asked again: usher status tells more")
      return .refused
    }
    Console.error(
      "usher: interrupted: "
        + (count == 1 ? "nothing was found out" : "\(told) of \(count) are checked"))
    ErrorPrinter.hint(advice)
    return .interrupted
  }

  private static func json(_ result: StoredConnectionChecks.Result) -> Value.Map {
    var report = FactsReport.json(result.diagnosis)
    report["name"] = .string(result.name.description)
    report["noted"] = .bool(result.notNoted == nil)
    return report
  }
}

extension ExitCode {
  /// Refused is worse than not asked, which is worse than done.
  fileprivate func isWorse(than other: ExitCode) -> Bool {
    let ranked: [ExitCode] = [.done, .storeFailed, .notAsked, .interrupted, .refused]
    return (ranked.firstIndex(of: self) ?? 0) > (ranked.firstIndex(of: other) ?? 0)
  }
}
