/// The signs that pages are drawn with, each of one column. Signs carry meaning, so the plain set has one for each as well.
package enum Glyphs: Sendable {
  /// For terminals that show UTF-8.
  case unicode
  /// For terminals that show nothing beyond ASCII.
  case ascii

  /// Stands for one hidden character.
  package var mask: Unicode.Scalar { isPlain ? "*" : "•" }
  /// At the left of an input with and without the focus.
  var focusedBar: String { isPlain ? "|" : "┃" }
  var bar: String { isPlain ? ":" : "│" }
  /// Of horizontal lines.
  var rule: Unicode.Scalar { isPlain ? "-" : "─" }
  var pointer: String { isPlain ? ">" : "▸" }
  var bullet: String { isPlain ? "*" : "•" }
  var reached: String { isPlain ? "#" : "●" }
  var coming: String { isPlain ? "-" : "○" }
  var done: String { isPlain ? "+" : "✓" }
  var failed: String { isPlain ? "x" : "✗" }
  var warning: String { "!" }
  var note: String { "i" }
  var tip: String { "*" }
  /// At the edges of code that goes on.
  var moreLeft: String { isPlain ? "<" : "‹" }
  var moreRight: String { isPlain ? ">" : "›" }

  private var isPlain: Bool { self == .ascii }

  /// Other spellings for what our own sentences hold beyond ASCII.
  private static let spellings: [Unicode.Scalar: String] = [
    "·": "-", "…": "...", "–": "-", "“": "\"", "”": "\"", "‹": "<", "›": ">", "’": "'", "×": "x",
    "↑": "Up", "↓": "Down", "←": "Left", "→": "Right",
  ]

  /// A text in the characters that this set can do. Foreign letters stay: the terminal decides about them.
  func spell(_ text: String) -> String {
    guard isPlain else { return text }
    var spelled = String.UnicodeScalarView()
    var previousWasArrow = false
    for scalar in text.unicodeScalars {
      guard let spelling = Self.spellings[scalar] else {
        spelled.append(scalar)
        previousWasArrow = false
        continue
      }
      let isArrow = (0x2190...0x2193).contains(scalar.value)
      if isArrow && previousWasArrow { spelled.append("/") }
      spelled.append(contentsOf: spelling.unicodeScalars)
      previousWasArrow = isArrow
    }
    return String(spelled)
  }

  func sign(_ sign: Notice.Sign) -> String {
    switch sign {
    case .done: done
    case .failed: failed
    case .warning: warning
    case .note: note
    }
  }
}
