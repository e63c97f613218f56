internal import ArgumentParser

/// The parser's help, with its examples as they were written: a command that is broken at the margin cannot be copied.
enum HelpText {
  private static let heading = "EXAMPLES"

  /// The help of the program as a whole.
  static var overview: String { unwrapped(Usher.helpMessage()) }

  /// A help text in which the parser has wrapped everything to the width of the window.
  static func unwrapped(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let wrapped = examples(in: lines) else { return text }
    let letters = letters(of: lines[wrapped])
    let written = CommandWords.all.lazy.map { command -> [Substring] in
      let own = command.configuration.discussion.split(
        separator: "\n", omittingEmptySubsequences: false)
      return examples(in: own).map { Array(own[$0]) } ?? []
    }.first { self.letters(of: $0[...]) == letters }
    guard let written else { return text }
    lines.replaceSubrange(wrapped, with: written)
    return lines.joined(separator: "\n")
  }

  /// The lines below the heading, up to a blank one.
  private static func examples(in lines: [Substring]) -> Range<Int>? {
    guard let start = lines.firstIndex(where: { $0 == heading }) else { return nil }
    let end = lines[start...].firstIndex { $0.allSatisfy(\.isWhitespace) } ?? lines.endIndex
    return start + 1..<end
  }

  private static func letters(of lines: ArraySlice<Substring>) -> String {
    lines.joined().filter { !$0.isWhitespace }
  }
}
