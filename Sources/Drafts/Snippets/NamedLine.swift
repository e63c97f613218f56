internal import Basics
internal import Secrets

/// One line with a name and a value, as shells, settings files, source code, Markdown and web pages write it:
/// `export K=v`, `k: "v",`, `$env:K = "v"`, `set K=v`, `- **Key:** v`, `K=v  # comment`.
struct NamedLine: ~Copyable {
  let item: Snippet.Item
  let value: SecretBuffer
  /// Whether a colon stood there without a blank behind it: `k:v` may as well be a value with a colon in it.
  let isTight: Bool

  private init(_ item: Snippet.Item, _ value: consuming SecretBuffer, isTight: Bool) {
    self.item = item
    self.value = value
    self.isTight = isTight
  }

  /// Nil when the line is none.
  static func read(_ text: RawSpan, _ range: Range<Int>, line: Int = 1) -> NamedLine? {
    var cursor = LineCursor(text, Blanks.trimmed(text, range))
    cursor.enterTableRow(in: text)
    cursor.skipListMark(in: text)
    cursor.move(to: Prompt.end(in: text, cursor.range))
    let keyword = LineKeyword.skip(in: text, &cursor)
    if keyword != nil, let inner = cursor.quotedWhole(in: text) { cursor = LineCursor(text, inner) }
    guard let name = LineName.read(in: text, &cursor, takesLabel: keyword == nil) else {
      return nil
    }
    if keyword?.isCode == true { cursor.skipTypeAnnotation(in: text) }
    guard let mark = LineMark.read(in: text, &cursor, takesBlank: keyword?.takesBlank == true)
    else {
      return nil
    }
    guard name.isWord || mark.mark != .equals else { return nil }
    guard
      let value = LineValue.read(
        text, cursor.range, mark, isCode: keyword?.isCode == true, isCommand: keyword != nil)
    else {
      return nil
    }
    // Base64 ends with `=`: what is left then is padding, not a value.
    let isPadding = value.withBytes { bytes in !bytes.contains { $0 != UInt8(ascii: "=") } }
    if mark.mark == .equals, isPadding, !value.isEmpty || keyword == nil { return nil }
    // Until here nothing tells a name from the beginning of a secret.
    let spelled = text.extracting(name.range)
    guard spelled.isPlausibleName else { return nil }
    let item = Snippet.Item(
      spelled.shownText, .named(isExplicit: keyword != nil), line: line, mark: mark.mark)
    return NamedLine(item, value, isTight: mark.isTight)
  }

  /// Moves the value into a snippet.
  consuming func add(to snippet: inout Snippet) { snippet.add(item, value) }

  consuming func takeValue() -> SecretBuffer { value }
}

/// Where a reader of one line stands, and where the line ends.
struct LineCursor {
  private(set) var range: Range<Int>

  init(_ text: RawSpan, _ range: Range<Int>) { self.range = range }

  var start: Int { range.lowerBound }
  var end: Int { range.upperBound }
  var isAtEnd: Bool { range.isEmpty }

  mutating func move(to offset: Int) { range = min(offset, end)..<end }

  mutating func skip(_ count: Int) { move(to: start + count) }

  mutating func skipBlanks(in text: RawSpan) {
    while !isAtEnd, text[start] == 0x20 || text[start] == 0x09 { skip(1) }
  }

  /// Whether the text stands here and the line goes on behind it.
  func has(_ word: String, in text: RawSpan) -> Bool {
    start + word.utf8.count < end && text.hasIgnoringCase(word.lowercased().utf8, at: start)
  }

  /// Between the bars at both ends of a row of a table: `| name | value |`.
  mutating func enterTableRow(in text: RawSpan) {
    let bar = UInt8(ascii: "|")
    guard range.count > 4, text[start] == bar, text[end - 1] == bar else { return }
    range = Blanks.trimmed(text, start + 1..<end - 1)
  }

  /// `- `, `* `, `• `, `1. ` in front of an item of a list, `> ` of a quotation.
  mutating func skipListMark(in text: RawSpan) {
    for mark in ["- ", "* ", "+ ", "• ", "– "] where has(mark, in: text) {
      skip(mark.utf8.count)
      return skipBlanks(in: text)
    }
    var digits = start
    while digits < end, text[digits].isDigit { digits += 1 }
    guard digits > start, digits - start <= 2, digits + 1 < end,
      text[digits] == UInt8(ascii: ".") || text[digits] == UInt8(ascii: ")"),
      text[digits + 1] == 0x20
    else { return }
    move(to: digits + 2)
  }

  /// `: string` between the name of a constant and its `=`.
  mutating func skipTypeAnnotation(in text: RawSpan) {
    guard !isAtEnd, text[start] == UInt8(ascii: ":"),
      let equals = text.firstOffset(from: start, where: { $0 == UInt8(ascii: "=") }), equals < end
    else { return }
    let type = Blanks.trimmed(text, start + 1..<equals)
    guard !type.isEmpty, !text.extracting(type).contains(where: { !$0.isLetter }) else { return }
    move(to: equals)
  }

  /// What stands between quotes that hold the whole rest of the line, and an `=` among it: `set "K=v"`.
  func quotedWhole(in text: RawSpan) -> Range<Int>? {
    guard end - start > 2, text[start] == 0x22 || text[start] == 0x27,
      text[end - 1] == text[start]
    else { return nil }
    let inner = start + 1..<end - 1
    let quote = text[start]
    if text.extracting(inner).contains(where: { $0 == quote }) { return nil }
    return text.extracting(inner).contains { $0 == UInt8(ascii: "=") } ? inner : nil
  }
}

/// Words that say that a variable is set.
private struct LineKeyword {
  /// Whether a blank may stand between name and value.
  var takesBlank = false
  /// Whether the language ends its lines with `;` and its comments begin with `//`.
  var isCode = false

  private static let spellings: [(text: String, keyword: LineKeyword)] = [
    ("export ", .init()), ("declare -x ", .init()), ("declare ", .init()), ("typeset -x ", .init()),
    ("readonly ", .init()), ("local ", .init()), ("setx ", .init(takesBlank: true)),
    ("setenv ", .init(takesBlank: true)), ("set -gx ", .init(takesBlank: true)),
    ("set -Ux ", .init(takesBlank: true)), ("set -x ", .init(takesBlank: true)), ("set ", .init()),
    ("env ", .init(takesBlank: true)), ("arg ", .init()), ("--env=", .init()), ("--env ", .init()),
    ("-e ", .init()), ("environment=", .init()), ("$env:", .init(isCode: true)),
    ("${env:", .init(isCode: true)), ("public static final String ", .init(isCode: true)),
    ("private static final String ", .init(isCode: true)), ("const ", .init(isCode: true)),
    ("let ", .init(isCode: true)), ("var ", .init(isCode: true)), ("val ", .init(isCode: true)),
    ("final ", .init(isCode: true)), ("process.env.", .init(isCode: true)),
    ("os.environ[", .init(isCode: true)), ("ENV[", .init(isCode: true)),
    ("--", .init(takesBlank: true)),
  ]

  /// Moves behind the keyword; nil when there is none.
  static func skip(in text: RawSpan, _ cursor: inout LineCursor) -> LineKeyword? {
    // More dashes begin no option: they are the first line of a key file.
    if cursor.has("---", in: text) { return nil }
    for (spelling, keyword) in spellings where cursor.has(spelling, in: text) {
      // `-----BEGIN` is no option.
      if spelling == "--", !text[cursor.start + 2].isLetter { continue }
      cursor.skip(spelling.utf8.count)
      cursor.skipBlanks(in: text)
      return keyword
    }
    return nil
  }
}

/// A name at the beginning of a line.
private struct LineName {
  let range: Range<Int>
  /// Whether it is one word, as names of variables are; labels for people may have several.
  let isWord: Bool

  /// The most bytes of a name. Longer ones are sentences.
  private static let limit = 64

  /// - Parameter takesLabel: whether the name may be one for people, of several words.
  static func read(
    in text: RawSpan, _ cursor: inout LineCursor, takesLabel: Bool
  ) -> LineName? {
    skipEmphasis(in: text, &cursor)
    guard !cursor.isAtEnd else { return nil }
    let quote = text[cursor.start]
    if quote == 0x22 || quote == 0x27 || quote == 0x60 {
      let start = cursor.start + 1
      guard let close = text.firstOffset(from: start, where: { $0 == quote }),
        close < cursor.end, close > start, close - start <= limit
      else { return nil }
      cursor.move(to: close + 1)
      skipClosing(in: text, &cursor)
      return LineName(range: start..<close, isWord: true)
    }
    return bare(in: text, &cursor, takesLabel: takesLabel)
  }

  private static func bare(
    in text: RawSpan, _ cursor: inout LineCursor, takesLabel: Bool
  ) -> LineName? {
    if text[cursor.start] == UInt8(ascii: "$") { cursor.skip(1) }
    let start = cursor.start
    var (end, words) = (start, 1)
    while end < cursor.end, end - start <= limit {
      let byte = text[end]
      if byte == 0x20 {
        // A label of a few words; a blank before the mark is no word.
        guard takesLabel, end + 1 < cursor.end,
          text[end + 1].isLetter || text[end + 1].isDigit || text[end + 1] == 0x28
        else { break }
        words += 1
      } else if !(byte.isLetter || byte.isDigit || "_.-()'/".utf8.contains(byte) || byte >= 0x80) {
        break
      }
      end += 1
    }
    guard end > start, end - start <= limit, words <= 6, text[start].isNameStart else { return nil }
    cursor.move(to: end)
    skipClosing(in: text, &cursor)
    return LineName(range: start..<end, isWord: words == 1)
  }

  private static func skipEmphasis(in text: RawSpan, _ cursor: inout LineCursor) {
    while !cursor.isAtEnd, text[cursor.start] == UInt8(ascii: "*") { cursor.skip(1) }
  }

  /// Behind a name: `]`, `}` of a keyword's bracket, and the end of emphasis.
  private static func skipClosing(in text: RawSpan, _ cursor: inout LineCursor) {
    while !cursor.isAtEnd, "*]}".utf8.contains(text[cursor.start]) { cursor.skip(1) }
  }
}

/// What stands between a name and its value.
struct LineMark {
  let mark: Snippet.Item.Mark
  /// Whether a colon stood there without a blank behind it.
  let isTight: Bool
  /// Whether blanks stood behind it, or nothing does.
  let isLoose: Bool

  static func read(in text: RawSpan, _ cursor: inout LineCursor, takesBlank: Bool) -> LineMark? {
    let name = cursor.start
    cursor.skipBlanks(in: text)
    let spellings: [(text: String, mark: Snippet.Item.Mark)] = [
      (":=", .other), ("=>", .other), ("->", .other), ("→", .other), ("=", .equals), (":", .colon),
      ("：", .colon), ("|", .other),
    ]
    for (spelling, mark) in spellings
    where text.has(spelling.utf8, at: cursor.start) && !cursor.isAtEnd {
      cursor.skip(spelling.utf8.count)
      // The end of emphasis may stand behind the mark: `**Key:** v`.
      while mark == .colon, text.has("*".utf8, at: cursor.start), !cursor.isAtEnd { cursor.skip(1) }
      let behind = cursor.start
      cursor.skipBlanks(in: text)
      let isLoose = cursor.start > behind || cursor.isAtEnd
      let isQuoted = !cursor.isAtEnd && (text[behind] == 0x22 || text[behind] == 0x27)
      if mark == .colon, text.has("//".utf8, at: behind) { return nil }
      return LineMark(
        mark: mark, isTight: mark == .colon && !isLoose && !isQuoted, isLoose: isLoose)
    }
    // Cells of a table that was copied stand apart by a tab.
    let hasTab = text.extracting(name..<cursor.start).contains { $0 == 0x09 }
    guard takesBlank || hasTab, cursor.start > name, !cursor.isAtEnd else { return nil }
    return LineMark(mark: .other, isTight: false, isLoose: true)
  }
}

extension UInt8 {
  /// A letter of whatever language, or `_`.
  fileprivate var isNameStart: Bool { isLetter || self == UInt8(ascii: "_") || self >= 0x80 }
}
