internal import Basics

/// Texts as systemd reads them in its unit files.
enum SystemdText {
  /// A path as a part of a unit's name, as `systemd-escape` does it: `/` becomes `-`, and whatever is no letter, digit, `:`,
  /// `_` or `.` becomes `\x2d`. No two paths have one name.
  static func unitName(of path: String) -> String {
    var name = ""
    for (index, byte) in path.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "/"): name += "-"
      case UInt8(ascii: "."): name += index == 0 ? escape(byte) : "."
      case UInt8(ascii: ":"), UInt8(ascii: "_"): name.unicodeScalars.append(UnicodeScalar(byte))
      case _ where byte.isLetter || byte.isDigit: name.unicodeScalars.append(UnicodeScalar(byte))
      default: name += escape(byte)
      }
    }
    return name
  }

  /// A text in a setting that knows specifiers: `%` stands for itself when it is doubled.
  static func plain(_ text: String) -> String { text.replacing("%", with: "%%") }

  /// One word of `ExecStart=`, which also knows variables, quotes and escapes.
  static func commandWord(_ text: String) -> String {
    let word = plain(text).replacing("$", with: "$$")
    let isPlain = word.utf8.allSatisfy {
      $0.isLetter || $0.isDigit || "/._-%$:@+=,".utf8.contains($0)
    }
    if isPlain && !word.isEmpty { return word }
    return "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return "\\x" + (digits.count == 1 ? "0" : "") + digits
  }
}
