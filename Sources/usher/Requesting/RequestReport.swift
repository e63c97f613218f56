internal import Basics
internal import Checking
internal import Connections
internal import Glibc
internal import Requests

/// What a request tells on standard error: its heads where they are asked for, its waits, and what went wrong.
struct RequestReport {
  let connection: ConnectionName
  let isVerbose: Bool
  /// The options that the rest of a list is asked for with: `--paginate --jsonl`.
  let pagingOptions: String

  /// Something on the way.
  func tell(_ report: CallReport) {
    switch report {
    case .progress, .unwritten: break
    case .sent(let head):
      let lines = head.headers.map { "\($0.name): \($0.value)" }
      tell(["\(head.method) \(head.address)"] + lines, behind: ">")
    case .head(let head):
      let lines = head.headers.map { "\($0.name): \($0.value)" }
      tell(["HTTP \(head.status)"] + lines, behind: "<")
    case .wait(let wait):
      guard wait.seconds > 0 else { return }
      let pause = TimeSpan.words(wait.seconds)
      ErrorPrinter.note(
        "\(wait.sentence) Waiting \(pause) before try \(wait.attempt) of \(wait.attempts); Ctrl-C leaves"
      )
    }
  }

  private func tell(_ lines: [String], behind mark: String) {
    guard isVerbose else { return }
    Console.error((lines.map { "\(mark) \($0)" } + [mark]).joined(separator: "\n"))
  }

  /// How it ended, where that is not what was asked for.
  func tell(_ outcome: CallOutcome) {
    Console.errorBody(outcome.body)
    if var diagnosis = outcome.diagnosis, diagnosis.kind != .cancelled {
      // It stands right above.
      if !outcome.body.isEmpty { diagnosis.providerSays = nil }
      Console.error("usher: \(DiagnosisReport.text(diagnosis))")
    }
    guard let rest = outcome.continuation else { return }
    let pages = outcome.pages == 1 ? "1 page was" : "\(outcome.pages) pages were"
    ErrorPrinter.hint(
      "\(pages) written; the rest: usher request \(connection.shortest) \(rest) \(pagingOptions)")
  }
}
