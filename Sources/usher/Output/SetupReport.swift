internal import Basics
internal import Connections
internal import Projects

/// How what a project needs is: for people a line each, for scripts a document.
enum SetupReport {
  private static let titles = ["CONNECTION", "STATUS", "FOR"]

  /// Whether there is anything that the wizard could ask for.
  static func asksForSomething(_ survey: ProjectSurvey, evenOptional: Bool) -> Bool {
    !survey.open(required: true).isEmpty || evenOptional && !survey.open(required: false).isEmpty
  }

  /// Says in a line that nothing has to be asked, or why nothing can be.
  static func tell(_ survey: ProjectSurvey) -> ExitCode {
    let count = survey.entries.count { $0.need.isRequired }
    switch survey.verdict {
    case .complete, .open:
      if survey.entries.isEmpty {
        Console.line("\(survey.file) names no connection yet.")
      } else if count > 0 {
        Console.line(
          count == 1
            ? "The connection that \(survey.file) requires is linked."
            : "All \(count) connections that \(survey.file) requires are linked.")
      }
      tellOptional(survey)
      return .done
    case .unreadable:
      for case (let name, .unreadable(let error)?) in survey.entries.map({
        ($0.need.name, $0.status?.state)
      }) {
        ErrorPrinter.warn("\(name) cannot be read", error.explanation)
      }
      return .storeFailed
    case .sealed: return tellSealed(survey)
    }
  }

  private static func tellOptional(_ survey: ProjectSurvey) {
    let open = survey.open(required: false)
    guard !open.isEmpty else { return }
    let parts = [
      ("not linked", open.filter { $0.status == nil }),
      ("to be linked again", open.filter { $0.status != nil }),
    ]
    for (words, entries) in parts where !entries.isEmpty {
      let names = entries.map(\.need.name.description).joined(separator: ", ")
      Console.line("Optional, and \(words): \(names).")
    }
    Console.line("Next, if it is wanted: \(SetupLine(survey.file).forAll)")
  }

  /// What is to be done where something required needs a hand, in a line.
  static func printNext(after survey: ProjectSurvey) {
    switch survey.verdict {
    case .open: Console.line("Next: \(SetupLine(survey.file).text)")
    case .unreadable: Console.line("Next: usher doctor")
    case .complete, .sealed: break
    }
  }

  /// The list, for `--check`.
  static func printTable(of survey: ProjectSurvey, now: Timestamp) {
    let rows = survey.entries.map { entry in
      [entry.need.name.description, sentence(entry, now: now)]
        + [entry.need.why].compactMap(\.self)
    }
    if rows.isEmpty {
      Console.line("\(survey.file) names no connection yet.")
    } else {
      Console.table(TextTable(rows: [titles] + rows))
    }
  }

  /// What CI is told: 1 where something required needs a hand, 7 where that cannot be told.
  static func exitCode(of survey: ProjectSurvey) -> ExitCode {
    switch survey.verdict {
    case .complete: .done
    case .open, .unreadable: .failed
    case .sealed: tellSealed(survey)
    }
  }

  private static func tellSealed(_ survey: ProjectSurvey) -> ExitCode {
    guard let obstacle = survey.obstacle else { return .storeFailed }
    ErrorPrinter.warn("whether what is linked is good is sealed", obstacle.explanation)
    return obstacle.exitCode
  }

  static func json(_ survey: ProjectSurvey, now: Timestamp) -> Value {
    let isComplete: Value =
      switch survey.verdict {
      case .complete: .bool(true)
      case .open, .unreadable: .bool(false)
      case .sealed: .null
      }
    return .map([
      ("file", .string(survey.file)), ("complete", isComplete),
      ("connections", .list(survey.entries.map { json($0, survey, now: now) })),
    ])
  }

  /// Every member is always there, so that scripts can rely on the keys.
  private static func json(
    _ entry: ProjectSurvey.Entry, _ survey: ProjectSurvey, now: Timestamp
  ) -> Value {
    var members: [(String, Value)] = [
      ("required", .bool(entry.need.isRequired)), ("why", .optional(entry.need.why)),
    ]
    if let status = entry.status {
      members += StatusReport.members(of: status, obstacle: survey.obstacle, now: now)
    } else {
      let line = SetupLine(survey.file)
      members += [
        ("name", .string(entry.need.name.description)),
        ("provider", .string(entry.need.name.provider)), ("state", .string("missing")),
        ("needs_hand", .bool(entry.need.isRequired)),
        ("sentence", .string(sentence(entry, now: now))),
        ("next", .string(entry.need.isRequired ? line.text : line.forAll)),
      ]
      members += StatusReport.facts.map { ($0, Value.null) }
    }
    return .map(members)
  }

  private static func sentence(_ entry: ProjectSurvey.Entry, now: Timestamp) -> String {
    guard let status = entry.status else {
      return entry.need.isRequired ? "missing" : "missing, optional"
    }
    return StatusWords.text(status, now: now)
  }
}
