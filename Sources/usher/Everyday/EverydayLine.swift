internal import ArgumentParser

/// A command that is started often, by scripts or from a prompt: its plain lines are read without the argument parser,
/// which costs more than everything else before the first screen.
protocol EverydayCommand: UsherCommand {
  static var everyday: EverydayOptions { get }

  /// Every property is set, for those that are not cannot be read. Nil where the words are not what the command takes.
  init?(_ words: EverydayWords)
}

/// A command line that can be read without the argument parser.
enum EverydayLine {
  /// What it asks for; nil where the parser is to read it.
  static func command(in arguments: [String]) -> (any UsherCommand)? {
    let rest = arguments.dropFirst()
    return switch arguments.first {
    case "check": read(rest, as: Check.self)
    case "connect": read(rest, as: Connect.self)
    case "get": read(rest, as: Get.self)
    case "git-credential": read(rest, as: GitCredential.self)
    case "list": read(rest, as: List.self)
    case "request": read(rest, as: RequestCommand.self)
    case "run": read(rest, as: Run.self)
    case "show": read(rest, as: Show.self)
    case "status": read(rest, as: Status.self)
    case "token": read(rest, as: Token.self)
    default: read(arguments[...], as: Usher.self)
    }
  }

  private static func read<Command: EverydayCommand>(
    _ words: ArraySlice<String>, as type: Command.Type
  ) -> (any UsherCommand)? {
    guard let words = EverydayWords(words, taking: type.everyday),
      var command = Command(words)
    else { return nil }
    do {
      // Its error is the parser's to say.
      try command.validate()
      return command
    } catch {
      return nil
    }
  }
}

/// The two readings of one command line, for comparing them.
package enum CommandLineReading {
  /// What is read without the argument parser; nil where it is left to it.
  package static func everyday(_ arguments: [String]) -> String? {
    EverydayLine.command(in: arguments).map { String(describing: $0) }
  }

  /// What the argument parser reads; nil where it finds an error or is asked for help.
  package static func parser(_ arguments: [String]) -> String? {
    (try? Usher.parseAsRoot(arguments)).map { String(describing: $0) }
  }
}
