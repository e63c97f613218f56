internal import ArgumentParser
internal import Basics

/// `usher version`, which is `usher --version` and `usher -V` too.
struct Version: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Which usher this is: version, commit and build.",
    discussion: """
      EXAMPLES
        usher version
        usher --version | cut -d ' ' -f 2
      """)

  static let standsBrokenSettings = true

  /// The lines that mean it without a command.
  static let options: Set<String> = ["--version", "-V"]

  func perform() throws -> ExitCode {
    Console.line(BuildFacts.text)
    return .done
  }
}
