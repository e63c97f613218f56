internal import ArgumentParser
internal import Basics
internal import Checking
internal import Glibc
internal import Secrets

/// Where the process starts and the only place where it ends.
@main
enum Program {
  static func main() {
    let inherited = ProcessHardening.apply()
    if let problem = Startup.problem() {
      ErrorPrinter.print(problem)
      Glibc.exit(ExitCode.failed.rawValue)
    }
    let arguments = Array(CommandLine.arguments.dropFirst())
    let code = run(arguments, inherited)
    Glibc.exit(Console.finish(code))
  }

  /// Runs one command line and says how it went. Nothing below calls `exit`.
  private static func run(
    _ arguments: [String], _ inherited: ProcessHardening.Inherited
  ) -> ExitCode {
    // The live check re-executes the program with this word. It is answered before the argument parser is touched:
    // the check should not pay for it, and it is no command for people.
    if arguments == [HelperChecker.subcommand] {
      return CheckHelper.run(input: STDIN_FILENO, output: STDOUT_FILENO) == 0 ? .done : .failed
    }
    do {
      let words = arguments.split(
        separator: "--", maxSplits: 1, omittingEmptySubsequences: false
      ).map(Array.init)
      if arguments.first == "run", var run = try parse(words[0]) as? Run {
        run.command = words.count == 2 ? rawArguments(last: words[1].count) : []
        run.inherited = inherited
        return try run.perform()
      }
      var command = try parse(arguments)
      guard let command = command as? any UsherCommand else {
        try command.run()
        return .done
      }
      return try command.perform()
    } catch {
      return ErrorPrinter.report(error)
    }
  }
}

extension Program {
  /// The last arguments as the system gave them: `CommandLine.arguments` has other bytes where they are no UTF-8.
  private static func rawArguments(last count: Int) -> [[UInt8]] {
    let all = Int(CommandLine.argc)
    return (all - count..<all).map { index in
      guard let text = unsafe CommandLine.unsafeArgv[index] else { return [] }
      return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
  }

  /// The commands of every day. The parser looks at one of them alone where it can: setting up all of them takes about
  /// as long as everything else before the first screen.
  private static let everyday: [String: any UsherCommand.Type] = [
    "connect": Connect.self, "get": Get.self, "list": List.self, "run": Run.self,
    "show": Show.self,
  ]

  /// What cannot be parsed so is parsed again with all commands, for the sake of its error, its help and its name in
  /// them.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let word = arguments.first, let type = everyday[word],
      let command = (try? type.parseAsRoot(Array(arguments.dropFirst()))) as? any UsherCommand
    {
      return command
    }
    if let mistake = CommandWords.mistake(in: arguments) { throw mistake }
    return try Usher.parseAsRoot(arguments)
  }
}

/// A subcommand: what it does ends in an exit code, and what goes wrong is explained.
protocol UsherCommand: ParsableCommand {
  func perform() throws -> ExitCode
}
