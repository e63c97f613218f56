internal import ArgumentParser
internal import Basics

/// `usher config`
struct ConfigCommand: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "What is set, and where each setting comes from.",
    discussion: """
      A setting comes from an option, a variable of the environment, your own config.yaml, the machine's
      /etc/usher/config.yaml, or is built in: the first of these that says something holds. The command tells what holds
      where no option is given, and which files it looked for. The exit code is 1 when a file or a variable cannot be
      used; every other command but doctor then refuses to run.

      --json prints settings (name, value, origin with kind, variable, file and line), files (path, and state: read, absent,
      hidden in a folder that is closed to you, or broken), problems (what, why, advice) and doubts (the same of what stops
      nothing: a USHER_ variable that there is not, a folder of guides that is missing). Times are in seconds.

      EXAMPLES
        usher config
        USHER_STORE=/srv/usher.db usher config
        usher config --json | jq -r '.settings[] | select(.origin.kind == "file") | .name'
      """)

  static let standsBrokenSettings = true

  @Flag(help: "Print JSON.") var json = false

  func perform() throws -> ExitCode {
    let report = ConfigReport(.current)
    if json {
      Console.json(report.json)
    } else {
      // The tables' cells are cleaned one by one.
      Console.document(report.text)
      for problem in report.problems { ErrorPrinter.print(problem.explanation) }
      for doubt in report.doubts { ErrorPrinter.warn(doubt.explanation) }
    }
    return report.problems.isEmpty ? .done : .failed
  }
}
