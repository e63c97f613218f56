internal import Basics
internal import Connections
internal import Onboarding
internal import Projects
internal import Requests

/// What stays on the screen after the wizard has gone: the full screen leaves nothing behind, and a person wants to see
/// later what was done.
enum ClosingMessage {
  /// - Parameter lines: the wizard's last page, where something was stored.
  static func show(_ outcome: Outcome, _ lines: [String]) {
    switch outcome {
    case .linked: for line in lines { Console.line(line) }
    case .setUp(let verdict):
      for line in lines { Console.line(line) }
      if verdict == .open { Console.line("The same command goes on from here.") }
    case .left:
      for line in lines { Console.line(line) }
      Console.line("Nothing was stored.")
    case .interrupted: break
    case .failed(let error): ErrorPrinter.print(error.explanation)
    }
  }
}

extension ConnectionName {
  /// How it can be named on the command line, for as long as it is the only one of its provider.
  var shortest: String { name == ConnectionName.defaultName ? provider : description }
}
