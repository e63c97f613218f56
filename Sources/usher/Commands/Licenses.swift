internal import ArgumentParser
internal import Basics

/// `usher licenses`
struct Licenses: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "licenses",
    abstract: "The licence of usher, and those of the libraries that are linked into it.",
    discussion: """
      EXAMPLES
        usher licenses | less
      """)

  static let standsBrokenSettings = true

  func perform() throws -> ExitCode {
    Console.line("Usher is licensed under the Apache License, Version 2.0.")
    guard let notices = BuildFacts.notices else {
      Console.line(
        "This build carries no texts of other licences: they lie with the libraries that it was built from. "
          + "The release has them (.ci/release).")
      return .done
    }
    Console.line()
    for line in notices.split(separator: "\n", omittingEmptySubsequences: false) {
      Console.line(String(line))
    }
    return .done
  }
}
