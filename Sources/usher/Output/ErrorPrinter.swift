internal import ArgumentParser
internal import Basics

/// The one place where errors become text: `usher: error: …`, its reason, and `usher: hint: …`.
enum ErrorPrinter {
  /// Says what went wrong and gives the exit code for it.
  static func report(_ error: any Error) -> ExitCode {
    if let failure = error as? SystemError {
      print(Explanation(what: "the system refused what the command needs", why: failure.reason))
      return .failed
    }
    guard let explained = error as? any Explained else { return printUsage(error) }
    print(explained.explanation)
    return explained.exitCode
  }

  static func print(_ explanation: Explanation) {
    let reason = explanation.why.map { ": \($0)" } ?? ""
    Console.error("usher: error: \(explanation.what)\(reason)")
    if let advice = explanation.advice { hint(advice) }
  }

  /// One thing to do next.
  static func hint(_ text: String) { Console.error("usher: hint: \(text)") }

  /// Something to know that does not stop the command.
  static func warn(_ text: String) { Console.error("usher: warning: \(text)") }

  /// Something that is odd and stops nothing.
  static func warn(_ explanation: Explanation) {
    warn([explanation.what, explanation.why].compactMap(\.self).joined(separator: ": "))
    if let advice = explanation.advice { hint(advice) }
  }

  /// Something that went wrong beside what was asked for.
  static func warn(_ text: String, _ explanation: Explanation) {
    let what = [explanation.what, explanation.why].compactMap(\.self).joined(separator: ": ")
    warn(Explanation(what: text, why: what, advice: explanation.advice))
  }

  /// Something that was done on the way and that the user would not expect.
  static func note(_ text: String) { Console.error("usher: note: \(text)") }

  /// What the argument parser has to say: help and version to standard output, anything else is a usage error.
  private static func printUsage(_ error: any Error) -> ExitCode {
    let text = Usher.fullMessage(for: error)
    if Usher.exitCode(for: error).isSuccess {
      Console.line(HelpText.unwrapped(text))
      return .done
    }
    Console.error("usher: " + text.withoutCapital)
    return .usage
  }
}
