package import Basics

/// Why there is no full screen. The plain lines may still work: `noTerminal` says that they cannot either.
package enum TerminalError: Explained, Equatable {
  /// The process has no controlling terminal that it may open.
  case noTerminal
  /// It may be there, but this process may open no further file.
  case tooManyFiles
  /// There is a terminal, but nothing can be painted on it.
  case unusable(reason: String)

  /// Advises what works instead: another terminal, or plain lines.
  package var explanation: Explanation {
    switch self {
    case .noTerminal:
      Explanation(
        what: "no terminal to ask on", why: "/dev/tty cannot be opened",
        advice: "run it from a terminal, or over ssh with -t")
    case .tooManyFiles: .openFileLimit(what: "the terminal cannot be opened")
    case .unusable(let reason):
      Explanation(
        what: "this terminal cannot show a full screen", why: reason,
        advice: "use --plain, or set TERM to the name of your terminal")
    }
  }
}
