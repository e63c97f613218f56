internal import Basics
internal import Connections
internal import Requests

/// What came of each of many connections: failures are told as they come, and how many there are at the end.
struct BulkReport {
  private struct Failure {
    let place: String
    let name: ConnectionName?
    let explanation: Explanation
    let code: ExitCode
  }

  private let isJSON: Bool
  private let progress: WorkProgress
  /// Sealed, and not stored yet.
  private var waiting: [(name: ConnectionName, place: String)] = []
  private var stored: [ConnectionName] = []
  /// Linked already, and left as they are.
  private var skipped: [ConnectionName] = []
  private var failures: [Failure] = []

  /// - Parameter progress: says how far it is, where somebody looks.
  init(isJSON: Bool, progress: WorkProgress) {
    self.isJSON = isJSON
    self.progress = progress
  }

  /// Who is asked.
  var asking: @Sendable (CheckProgress) -> Void {
    progress.asking(isSilent: isJSON)
  }

  mutating func wait(for name: ConnectionName, at place: String) {
    waiting.append((name, place))
    showCount()
  }

  /// One that is linked already stays as it is.
  mutating func skip(_ name: ConnectionName) {
    skipped.append(name)
    showCount()
  }

  /// One that waited was linked by somebody else meanwhile, and stays as that.
  mutating func skipWaiting(_ name: ConnectionName) {
    waiting.removeAll { $0.name == name }
    skip(name)
  }

  /// What waited is stored.
  mutating func store() {
    stored += waiting.map(\.name)
    waiting = []
  }

  /// One that waited was not stored.
  mutating func refuse(_ name: ConnectionName, _ reason: StoreError) {
    guard let index = waiting.firstIndex(where: { $0.name == name }) else { return }
    let place = waiting.remove(at: index).place.prefix { $0 != "," }
    fail(String(place), name, reason.explanation, reason.exitCode)
  }

  /// - Parameter place: where it stands in the file.
  mutating func fail(
    _ place: String, _ name: ConnectionName?, _ explanation: Explanation, _ code: ExitCode
  ) {
    failures.append(Failure(place: place, name: name, explanation: explanation, code: code))
    showCount()
    guard !isJSON else { return }
    let whose = name.map { ", \($0)" } ?? ""
    progress.aside {
      ErrorPrinter.print(
        Explanation(
          what: "\(place)\(whose): \(explanation.what)", why: explanation.why,
          advice: explanation.advice))
    }
  }

  private func showCount() {
    progress.show(waiting.count + stored.count + skipped.count + failures.count)
  }

  /// That of the failures, where all have the same.
  var exitCode: ExitCode {
    guard let first = failures.first?.code else { return .done }
    return failures.allSatisfy { $0.code == first } ? first : .failed
  }

  func finish() {
    progress.end()
    if isJSON { return Console.json(json) }
    let linked = stored.count == 1 ? "1 connection" : "\(stored.count) connections"
    var parts = ["Linked \(linked)"]
    if skipped.count == 1 { parts.append("1 was linked already") }
    if skipped.count > 1 { parts.append("\(skipped.count) were linked already") }
    if !failures.isEmpty { parts.append("\(failures.count) failed") }
    Console.line(parts.joined(separator: "; ") + ".")
  }

  /// Somebody did not want to wait for the rest.
  /// - Parameter file: where that stands.
  func interrupt(_ file: String) {
    let count = stored.count + skipped.count
    let linked = count == 1 ? "1 connection is" : "\(count) connections are"
    Console.error("usher: interrupted: \(linked) linked, and the rest of \(file) is not")
    ErrorPrinter.hint("the same command with --skip-linked goes on with the rest")
  }

  private var json: Value {
    .map([
      ("stored", .list(stored.map { .string($0.description) })),
      ("skipped", .list(skipped.map { .string($0.description) })),
      (
        "failures",
        .list(
          failures.map { failure in
            let explanation = failure.explanation
            return .map([
              ("place", .string(failure.place)),
              ("name", .optional(failure.name?.description)),
              ("error", .string(explanation.what)), ("reason", .optional(explanation.why)),
              ("advice", .optional(explanation.advice)),
              ("exit_code", .int(Int(failure.code.rawValue))),
            ])
          })
      ),
    ])
  }
}
