internal import Basics
internal import Connections

/// What came of each of many connections: failures are told as they come, and how many there are at the end.
struct BulkReport {
  private struct Failure {
    let place: String
    let name: ConnectionName?
    let explanation: Explanation
    let code: ExitCode
  }

  private let isJSON: Bool
  /// Sealed, and not stored yet.
  private var waiting: [(name: ConnectionName, place: String)] = []
  private var stored: [ConnectionName] = []
  private var failures: [Failure] = []

  init(isJSON: Bool) { self.isJSON = isJSON }

  mutating func wait(for name: ConnectionName, at place: String) { waiting.append((name, place)) }

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
    guard !isJSON else { return }
    let whose = name.map { ", \($0)" } ?? ""
    ErrorPrinter.print(
      Explanation(
        what: "\(place)\(whose): \(explanation.what)", why: explanation.why,
        advice: explanation.advice))
  }

  /// That of the failures, where all have the same.
  var exitCode: ExitCode {
    guard let first = failures.first?.code else { return .done }
    return failures.allSatisfy { $0.code == first } ? first : .failed
  }

  func finish() {
    if isJSON { return Console.json(json) }
    let linked = stored.count == 1 ? "1 connection" : "\(stored.count) connections"
    Console.line(
      failures.isEmpty ? "Linked \(linked)." : "Linked \(linked); \(failures.count) failed.")
  }

  private var json: Value {
    .map([
      ("stored", .list(stored.map { .string($0.description) })),
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
