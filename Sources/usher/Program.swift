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
    // Before anything of the environment is read.
    if Kiosk.isAsked(by: arguments) { Kiosk.leaveSurroundings() }
    let code = run(arguments, inherited)
    Glibc.exit(Console.finish(code))
  }

  /// Runs one command line and says how it went. Nothing below calls `exit`.
  private static func run(
    _ arguments: [String], _ inherited: ProcessHardening.Inherited
  ) -> ExitCode {
    // The live check re-executes the program with this word. It is answered before the argument parser is touched:
    // the check should not pay for it, and it is no command for people.
    if arguments == [HelperProgram.subcommand] {
      return HelperProgram.run(input: STDIN_FILENO, output: STDOUT_FILENO) == 0 ? .done : .failed
    }
    // What asks a team's store over the network is answered as early, and for the same reason.
    if arguments == [GatewayProgram.subcommand] {
      return GatewayProgram.run(input: STDIN_FILENO, output: STDOUT_FILENO) == 0 ? .done : .failed
    }
    // So is what renews the files of a command that runs.
    if arguments == [FileRenewal.word] { return FileRenewal.run() }
    do {
      if arguments.first == "run" {
        let end = arguments.firstIndex(of: "--")
        let line = Array(arguments[..<(end ?? arguments.endIndex)])
        let command: any ParsableCommand = try EverydayLine.command(in: line) ?? parse(line)
        if var run = command as? Run {
          run.command = end.map { rawArguments(last: arguments.count - $0 - 1) } ?? []
          run.inherited = inherited
          return try perform(run)
        }
      }
      if let command = EverydayLine.command(in: arguments) { return try perform(command) }
      if let line = arguments.first, arguments.count == 1, Version.options.contains(line) {
        return try Version().perform()
      }
      if let topic = ManualTopic(arguments) {
        Console.document(topic.lines.joined(separator: "\n"))
        return .done
      }
      var command = try parse(arguments)
      guard let command = command as? any UsherCommand else {
        try command.run()
        return .done
      }
      return try perform(command)
    } catch {
      return ErrorPrinter.report(error)
    }
  }
}

extension Program {
  private static func perform(_ command: any UsherCommand) throws -> ExitCode {
    if !type(of: command).standsBrokenSettings { try Settings.current.requireSound() }
    return try command.perform()
  }

  /// The last arguments as the system gave them: `CommandLine.arguments` has other bytes where they are no UTF-8.
  private static func rawArguments(last count: Int) -> [[UInt8]] {
    let all = Int(CommandLine.argc)
    return (all - count..<all).map { index in
      guard let text = unsafe CommandLine.unsafeArgv[index] else { return [] }
      return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
  }

  /// Every other line, with all commands: help, errors, and what is seldom asked for.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let mistake = CommandWords.mistake(in: arguments) { throw mistake }
    return try Usher.parseAsRoot(arguments)
  }
}

/// A subcommand: what it does ends in an exit code, and what goes wrong is explained.
protocol UsherCommand: ParsableCommand {
  /// Whether it has something to say although a setting, or the file that it stands in, cannot be used.
  static var standsBrokenSettings: Bool { get }

  func perform() throws -> ExitCode
}

extension UsherCommand {
  static var standsBrokenSettings: Bool { false }
}
