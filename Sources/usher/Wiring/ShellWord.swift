internal import Basics

/// A word of a command that is shown to be copied.
enum ShellWord {
  /// In single quotes where it means something else without them.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      $0.isLetter || $0.isDigit || "/._-:@%+=,".utf8.contains($0)
    }
    return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
  }
}
