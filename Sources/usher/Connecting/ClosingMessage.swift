internal import Basics
internal import Connections
internal import Onboarding
internal import Requests

/// What stays on the screen after the wizard has gone: the full screen leaves nothing behind, and a person wants to see
/// later what was done.
enum ClosingMessage {
  static func say(_ outcome: Outcome) {
    switch outcome {
    case .linked(let facts):
      let account = facts.diagnosis?.account.map { " as \($0)" } ?? ""
      let state = facts.diagnosis?.isAccepted == true ? "" : " (stored, not checked)"
      Console.line("Linked \(facts.name)\(account)\(state).")
      Console.line(
        "Use it: usher get \(facts.name.shortest), usher run \(facts.name.shortest) -- COMMAND")
    case .left: Console.line("Nothing was stored.")
    case .interrupted: break
    case .failed(let error): ErrorPrinter.print(error.explanation)
    }
  }
}

extension ConnectionName {
  /// How it can be named on the command line, for as long as it is the only one of its provider.
  var shortest: String { name == ConnectionName.defaultName ? provider : description }
}
