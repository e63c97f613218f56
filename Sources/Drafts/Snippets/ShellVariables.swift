internal import Basics
internal import Secrets

/// Variables among the words of any command: `docker run -e ACME_KEY=v acme/x`, `heroku config:set ACME_KEY=v`.
enum ShellVariables {
  /// Nil when no word after the first sets a variable that is written in capitals.
  static func read(_ text: RawSpan) -> Snippet? {
    // Words of one letter or of none are no command.
    guard let blank = text.firstOffset(where: \.isBlank), blank > 1,
      text.contains(where: { $0 == UInt8(ascii: "=") })
    else { return nil }
    var snippet = Snippet(.command(program: "shell"))
    var offset = blank
    while let word = ShellWords.next(in: text, at: &offset) {
      word.withBytes { bytes in
        guard let equals = bytes.firstOffset(where: { $0 == UInt8(ascii: "=") }), equals > 0,
          equals <= 64
        else { return }
        let spelled = bytes.extracting(0..<equals)
        guard spelled.isPlausibleName, !spelled.contains(where: \.isLowercase) else { return }
        let name = spelled.shownText
        guard SnippetName(name).isVariable else { return }
        snippet.add(
          Snippet.Item(name, .named(isExplicit: true), mark: .equals), bytes,
          equals + 1..<bytes.byteCount)
      }
    }
    if snippet.items.isEmpty { return nil }
    return snippet
  }
}
