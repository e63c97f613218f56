internal import Basics
internal import CursesTerminal
internal import Glibc

/// What the wizard will find when it opens the terminal.
enum TerminalExamination {
  static func examine(_ settings: Settings) -> [Examination] {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      return [
        Examination(
          "terminal", .warning, "input or output is not a terminal: the wizard cannot run here",
          advice: "use ssh -t, or hand values in with usher connect PROVIDER --from FILE")
      ]
    }
    let name = settings.terminal ?? ""
    if PlainMode.isPrompted(by: settings) {
      return [Examination("terminal", .good, "line by line, as the settings or TERM ask")]
    }
    if let problem = TerminalCheck.problem(with: name) {
      return [
        Examination(
          "terminal", .warning, problem,
          advice: "the wizard asks line by line here; TERM=xterm-256color suits most terminals")
      ]
    }
    return [Examination("terminal", .good, "TERM=\(name), full screen")]
  }
}
