internal import TerminalUI

/// ASCII likenesses for terminals that show nothing else.
enum Transliteration {
  /// One ASCII character for the symbols that the screens use, `?` for every other character beyond ASCII.
  static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    return likeness[scalar] ?? "?"
  }

  /// The same for a text. A mark over a character is left out.
  static func ascii(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where Width.of(scalar) > 0 { result.append(ascii(scalar)) }
    return String(result)
  }

  private static let likeness: [Unicode.Scalar: Unicode.Scalar] = [
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+",
    "•": "*", "●": "*", "○": "o", "◦": "o", "▪": "*", "■": "#", "□": "#", "█": "#", "░": ":",
    "▸": ">", "▶": ">", "◂": "<", "◀": "<", "▲": "^", "▼": "v", "▾": "v", "▴": "^",
    "→": ">", "←": "<", "↑": "^", "↓": "v", "↵": "<", "⏎": "<", "⇥": ">",
    "✓": "+", "✔": "+", "✗": "x", "✘": "x", "×": "x", "⚠": "!", "ℹ": "i",
    "·": "-", "…": ".", "–": "-", "—": "-", "‑": "-", "−": "-", "\u{A0}": " ",
    "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"", "‘": "'", "’": "'", "‹": "<", "›": ">",
    "≥": ">", "≤": "<", "≈": "~", "≠": "#", "§": "S", "©": "c", "®": "r", "°": "o",
  ]
}
