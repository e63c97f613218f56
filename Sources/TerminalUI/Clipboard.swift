internal import Basics

/// What comes of text for the clipboard of the user's terminal (OSC 52), as far as the environment tells: no terminal
/// answers.
package enum Clipboard: Equatable, Sendable {
  /// There is none: lines of text, or a terminal without control sequences.
  case none
  /// The terminal gets it, and decides.
  case terminal
  /// tmux gets it, and by its default lets no program of its panes set a clipboard.
  case tmux
  /// GNU screen gets it. It takes a short text without a word and writes the rest of a longer one over the page.
  case screen

  /// The most bytes that GNU screen takes (4.9 takes 918 characters of Base64).
  package static let screenLimit = 680

  /// - Parameter variable: looks up a variable of the environment.
  package init(variable: (String) -> String? = Environment.value) {
    let term = variable("TERM") ?? ""
    func isSet(_ name: String) -> Bool { !(variable(name) ?? "").isEmpty }
    if isSet("TMUX") {
      self = .tmux
    } else if isSet("STY") || term.hasPrefix("screen") {
      // tmux on another machine may call itself so too; nothing tells.
      self = .screen
    } else {
      self = term.hasPrefix("tmux") ? .tmux : .terminal
    }
  }

  /// Whether a text may be sent.
  package func takes(_ text: String) -> Bool {
    switch self {
    case .none: false
    case .terminal, .tmux: true
    case .screen: text.utf8.count <= Clipboard.screenLimit
    }
  }

  /// What to tell of a text that is shown whole, as sentences; nil where there is no clipboard to speak of.
  package func words(for text: String) -> String? {
    switch self {
    case .none: nil
    case .terminal:
      "It was offered to your clipboard, which not every terminal allows; it can also be selected here."
    case .tmux:
      "It was offered to your clipboard. tmux passes it on after “tmux set -s set-clipboard on”; it can also be "
        + "selected here."
    case .screen where takes(text):
      "It was offered to your clipboard, which GNU screen seldom passes on; it can also be selected here."
    case .screen: "It is too long for a clipboard within GNU screen: select it here."
    }
  }
}
