internal import Basics
internal import Secrets

/// Takes secrets out of foreign text before it is kept or shown, and makes it fit for a screen.
enum Redactor {
  /// What stands in place of a secret.
  static let mark = "‹redacted›"
  /// A piece of a secret of this many bytes is taken out. Shorter pieces occur by chance.
  static let window = 8
  /// How much of a text is looked at. What is kept is far shorter.
  static let longestText = 16 * 1024
  /// The most characters that are kept of a provider's words.
  static let longestMessage = 300

  /// The text without any piece of a secret, plain or encoded; one line, printable, at most `longestMessage`
  /// characters. Nil when nothing is left.
  ///
  /// What cannot be seen is taken away first and secrets are looked for in what is left: they would come together again
  /// if it were the other way round.
  static func clean(_ text: RawSpan, from sources: borrowing TemplateContext) -> String? {
    var line = SecretWriter()
    PrintableText.writeLine(
      text.extracting(0..<min(text.byteCount, longestText)), to: &line)
    return line.withBytes { line in
      if line.isEmpty { return nil }
      return PrintableText.cut(
        String(decoding: replaced(line, from: sources), as: UTF8.self), atMost: longestMessage)
    }
  }
}
