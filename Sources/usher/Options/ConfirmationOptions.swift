internal import ArgumentParser
internal import Basics

/// Whether a change is to be asked about first.
struct ConfirmationOptions: ParsableArguments {
  @Flag(help: "Do not ask.") var yes = false

  /// Says what will happen, and asks; with `--yes` neither.
  /// - Parameter deed: what would be done, as in `the store may be sealed to another key`.
  /// - Returns: whether to go on; that nothing was changed has been said where not.
  /// - Throws: `.noTerminal` where nobody can be asked.
  func agree(to plan: String, _ question: String, deed: String) throws(CommandError) -> Bool {
    if yes { return true }
    guard Console.isInteractive else {
      throw .noTerminal(
        Explanation(
          what: "cannot ask whether \(deed)", why: "input and output are not a terminal",
          advice: "add --yes to go on unasked"))
    }
    Console.paragraph(plan)
    Console.line()
    if ConfirmationPrompt.confirm(question) { return true }
    Console.line("Nothing was changed.")
    return false
  }
}
