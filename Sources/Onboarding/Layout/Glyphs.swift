/// The signs that pages are drawn with. Signs carry meaning, so the plain set has one for each as well.
package struct Glyphs: Equatable, Sendable {
  /// Stands for one hidden character.
  package let mask: Unicode.Scalar
  /// At the left of an input with and without the focus.
  let focusedBar: String
  let bar: String
  /// Of horizontal lines.
  let rule: Unicode.Scalar
  let pointer: String
  let bullet: String
  let reached: String
  let coming: String
  let done: String
  let failed: String
  let warning: String
  let note: String
  let tip: String
  /// At the edges of code that goes on.
  let moreLeft: String
  let moreRight: String
  /// Other spellings for what our own sentences hold beyond ASCII; empty where none is needed.
  private let spellings: [Unicode.Scalar: String]

  /// There are two sets, and no sign for a hidden character is in both: pages ask this with every key.
  package static func == (one: Glyphs, other: Glyphs) -> Bool { one.mask == other.mask }

  /// For terminals that show UTF-8. Each sign takes one column.
  package static let unicode = Glyphs(
    mask: "•", focusedBar: "┃", bar: "│", rule: "─", pointer: "▸", bullet: "•", reached: "●",
    coming: "○",
    done: "✓", failed: "✗", warning: "!", note: "i", tip: "*", moreLeft: "‹", moreRight: "›",
    spellings: [:])

  /// For terminals that show nothing beyond ASCII.
  package static let ascii = Glyphs(
    mask: "*", focusedBar: "|", bar: ":", rule: "-", pointer: ">", bullet: "*", reached: "#",
    coming: "-",
    done: "+", failed: "x", warning: "!", note: "i", tip: "*", moreLeft: "<", moreRight: ">",
    spellings: [
      "·": "-", "…": "...", "–": "-", "“": "\"", "”": "\"", "‹": "<", "›": ">", "’": "'", "×": "x",
      "↑": "Up",
      "↓": "Down", "←": "Left", "→": "Right",
    ])

  /// A text in the characters that this set can do. Foreign letters stay: the terminal decides about them.
  func spell(_ text: String) -> String {
    guard !spellings.isEmpty else { return text }
    var spelled = String.UnicodeScalarView()
    var previousWasArrow = false
    for scalar in text.unicodeScalars {
      guard let spelling = spellings[scalar] else {
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
