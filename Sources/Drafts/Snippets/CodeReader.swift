internal import Basics
internal import Secrets

/// Names and quoted texts in a program's source, in whatever language: `headers: {"X-Api-Key": "v"}`,
/// `headers={'Authorization': 'Bearer v'}`, `@{ "X-Api-Key" = "v" }`, `.header("X-Api-Key", "v")`.
///
/// A quoted text becomes a name only when a value follows it: until then it may be the secret itself.
struct CodeReader: ~Copyable {
  private var snippet: Snippet
  /// Where stands what could be the name of the next quoted text, and what stands behind it.
  private var name: Range<Int>?
  private var link: Link?

  private enum Link { case mark, comma }

  /// Words that calls of an API have in all the languages that documentation shows.
  private static let signs = [
    "fetch(", "axios", "requests.", "Invoke-RestMethod", "Invoke-WebRequest", "headers",
    "setRequestHeader", ".header(", "HttpClient", "new Request", "Net::HTTP", "http.",
  ]

  /// Nil when the text is no call.
  static func readCall(_ text: RawSpan) -> Snippet? {
    guard signs.contains(where: { text.firstOffset(of: $0.utf8) != nil }) else { return nil }
    let snippet = read(text, as: .code)
    if snippet.items.isEmpty { return nil }
    return snippet
  }

  /// One statement with names and quoted texts in it: `new Acme({ apiKey: "v" })`, `define('KEY', 'v');`. Nil unless the
  /// text has the marks of a program.
  static func readStatement(_ text: RawSpan) -> Snippet? {
    let hasMarks = text.contains { "(){}=>".utf8.contains($0) }
    guard hasMarks, text.contains(where: { $0 == 0x22 || $0 == 0x27 }) else { return nil }
    let snippet = read(text, as: .code)
    if snippet.items.isEmpty { return nil }
    return snippet
  }

  /// An object as JavaScript and Python write it, which JSON does not allow: `{apiKey: 'v'}`.
  static func readObject(_ text: RawSpan) -> Snippet? {
    let range = Blanks.trimmed(text, 0..<text.byteCount)
    guard range.count > 4, text[range.lowerBound] == UInt8(ascii: "{"),
      "};,".utf8.contains(text[range.upperBound - 1])
    else { return nil }
    let snippet = read(text, as: .json)
    if snippet.items.isEmpty { return nil }
    return snippet
  }

  private static func read(_ text: RawSpan, as kind: Snippet.Kind) -> Snippet {
    var reader = CodeReader(snippet: Snippet(kind))
    var offset = 0
    while offset < text.byteCount { reader.step(text, &offset) }
    return reader.finish()
  }

  private init(snippet: consuming Snippet) { self.snippet = snippet }

  private consuming func finish() -> Snippet { snippet }

  private mutating func step(_ text: RawSpan, _ offset: inout Int) {
    let byte = text[offset]
    switch byte {
    case 0x22, 0x27, 0x60: readQuoted(text, &offset)
    case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ">"):
      if name != nil { link = .mark }
      offset += 1
    case UInt8(ascii: ","):
      // Only a header's or a constant's name and value stand side by side.
      link = link == nil && hasPairName(text) ? .comma : nil
      if link == nil { name = nil }
      offset += 1
    default:
      if byte.isLetter || byte == UInt8(ascii: "_") {
        let end =
          text.firstOffset(from: offset) { !$0.isLetter && !$0.isDigit && !"_-".utf8.contains($0) }
          ?? text.byteCount
        (name, link) = (offset..<end, nil)
        offset = end
      } else {
        if !byte.isBlank, !"[]@".utf8.contains(byte) { (name, link) = (nil, nil) }
        offset += 1
      }
    }
  }

  private func hasPairName(_ text: RawSpan) -> Bool {
    guard let name else { return false }
    let spelled = text.extracting(name)
    return spelled.endsTelling || spelled.contains { $0 == UInt8(ascii: "-") }
  }

  private mutating func readQuoted(_ text: RawSpan, _ offset: inout Int) {
    let start = offset
    var value = SecretBuffer(capacity: max(1, text.byteCount - offset))
    guard
      let close = QuotedText.read(text, offset..<text.byteCount, as: .dotenv, into: &value)
    else {
      offset += 1
      return
    }
    offset = close
    guard let name, let link else {
      // A name, if a mark follows.
      (self.name, self.link) = (start + 1..<close - 1, nil)
      return
    }
    (self.name, self.link) = (nil, nil)
    let spelled = text.extracting(name)
    guard spelled.isPlausibleName, !spelled.contains(where: \.isLineEnd) else { return }
    let isHeader =
      link == .comma || spelled.contains { $0 == UInt8(ascii: "-") }
      || text.isOneOf(["authorization"], in: name)
    snippet.add(
      Snippet.Item(
        spelled.shownText, isHeader ? .header : .named(isExplicit: false), mark: .colon), value)
  }
}
