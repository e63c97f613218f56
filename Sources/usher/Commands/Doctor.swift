internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher doctor`
struct Doctor: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "What is wrong on this machine, and what to do about it.",
    discussion: """
      Looks at the settings, the terminal, the store and its permissions, memory locking, the network's settings and the clock. Asks
      nobody on the network and changes nothing. The exit code is 1 when there is a problem.

      EXAMPLES
        usher doctor
        usher doctor --json | jq '.examinations[] | select(.state != "ok")'
      """)

  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions

  static let standsBrokenSettings = true

  func perform() throws -> ExitCode {
    let settings = Settings.current
    let opened = try store.session()
    let entries = (try? opened.list()) ?? []
    let examinations =
      SettingsExamination.examine(settings)
      + TerminalExamination.examine(settings)
      + opened.examine().map(Examination.init)
      + MemoryExamination.examine()
      + NetworkExamination.examine(network, environment: settings.surroundings)
      + ClockExamination.examine(now: .now(), lastChange: entries.map(\.changed).max())
    if json {
      Console.json(.map([("examinations", .list(examinations.map(\.json)))]))
    } else {
      for examination in examinations { Console.line(examination.text) }
    }
    return examinations.contains { $0.state == .bad } ? .failed : .done
  }
}

extension Examination {
  fileprivate init(_ finding: StoreFinding) {
    let state: State =
      switch finding.state {
      case .good: .good
      case .warning: .warning
      case .bad: .bad
      }
    self.init(finding.subject, state, finding.finding, advice: finding.advice)
  }

  fileprivate var text: String {
    let advice = advice.map { "\n      \($0)" } ?? ""
    return "\(sign) \(subject): \(finding)\(advice)"
  }
}
