internal import CursesTerminal
internal import Glibc
internal import Secrets
internal import TerminalUI

/// Asks for a passphrase on the controlling terminal. Nothing of what is typed is shown, not even how long it is; the
/// terminal is as it was before anything else happens, also where Ctrl-C ends the program.
enum PassphrasePrompt {
  /// - Parameter words: lines to say first.
  /// - Returns: nil where nothing was entered.
  /// - Throws: where there is no terminal.
  static func read(
    _ prompt: String, saying words: [String] = []
  ) throws(TerminalError) -> SecretBuffer? {
    switch try answer(prompt, words) {
    case .line(let line):
      var passphrase = line
      passphrase.dropLineEnd()
      if passphrase.isEmpty { return nil }
      return passphrase
    case .news: return nil
    case .interrupted(let interruption): return end(by: interruption)
    }
  }

  /// Nothing more is entered; nothing else happens after a signal, which ends the program as if it had come at any other time.
  private static func end(by interruption: LineInterruption) -> SecretBuffer? {
    switch interruption {
    case .end: return nil
    case .interrupt: Supervisor.die(of: SIGINT)
    case .terminated(let signal): Supervisor.die(of: signal)
    }
  }

  /// Has the terminal no longer than the line takes.
  private static func answer(
    _ prompt: String, _ words: [String]
  ) throws(TerminalError) -> LineInput {
    var terminal = try LineTerminal()
    for line in words { terminal.print(line) }
    return terminal.readLine(prompt, echo: .nothing)
  }
}
