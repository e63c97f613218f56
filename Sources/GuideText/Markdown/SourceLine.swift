/// One line of a guide and what it looks like at its beginning.
package struct SourceLine {
  /// Columns of white space in front; a tab goes to the next multiple of four, a no-break space counts as one.
  let indent: Int
  /// The rest of the line without white space at its end.
  package let content: ArraySlice<UInt8>
  /// The whole line as it stands in the file, for code.
  let raw: ArraySlice<UInt8>
  /// Whether the line ends in two spaces, which break it.
  let breaksHard: Bool
  /// One-based, in the file.
  package let number: Int

  /// - Parameters:
  ///   - bytes: one line without its end, valid UTF-8.
  ///   - number: one-based, in the file.
  package init(_ bytes: ArraySlice<UInt8>, number: Int) {
    var indent = 0
    var start = bytes.startIndex
    scanning: while start < bytes.endIndex {
      switch bytes[start] {
      case 0x20: indent += 1
      case 0x09: indent += 4 - indent % 4
      case 0xC2 where start + 1 < bytes.endIndex && bytes[start + 1] == 0xA0:
        indent += 1
        start += 1
      default: break scanning
      }
      start += 1
    }
    var end = bytes.endIndex
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    self.init(
      indent: indent, content: bytes[start..<end], raw: bytes,
      breaksHard: bytes.endIndex - end >= 2 && bytes.last == 0x20, number: number)
  }

  init(
    indent: Int, content: ArraySlice<UInt8>, raw: ArraySlice<UInt8>? = nil,
    breaksHard: Bool = false, number: Int
  ) {
    self.indent = indent
    self.content = content
    self.raw = raw ?? content
    self.breaksHard = breaksHard
    self.number = number
  }

  /// Whether nothing but white space stands in the line.
  package var isBlank: Bool { content.isEmpty }

  /// The line without up to `columns` of white space in front.
  func dedented(by columns: Int) -> ArraySlice<UInt8> {
    var column = 0
    var rest = raw
    while column < columns, let byte = rest.first, byte == 0x20 || byte == 0x09 {
      column += byte == 0x09 ? 4 - column % 4 : 1
      rest.removeFirst()
    }
    return rest
  }

  /// The level of a heading: one to six `#` and white space, or nothing, behind them.
  package var headingLevel: Int? {
    let level = content.prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(level) else { return nil }
    let rest = content.dropFirst(level)
    return rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 ? level : nil
  }

  /// Three or more of `-`, `*` or `_` and nothing else.
  var isRule: Bool {
    guard let mark = content.first, [0x2D, 0x2A, 0x5F].contains(mark) else { return false }
    return content.allSatisfy { $0 == mark || $0 == 0x20 || $0 == 0x09 }
      && content.filter { $0 == mark }.count >= 3
  }

  var isQuote: Bool { content.first == UInt8(ascii: ">") }

  /// Whether the line can only be text: more of a quote's paragraph, even without the quote's mark.
  var isPlainText: Bool {
    guard !isBlank, !isRule, !isQuote, !isTableRow, headingLevel == nil, fence == nil,
      ListMarker(self) == nil
    else { return false }
    return content.first != UInt8(ascii: "<") && content.first != UInt8(ascii: "{")
  }

  /// A row that separates a table's head from its body: dashes with optional colons between bars.
  var isTableRule: Bool {
    guard content.contains(UInt8(ascii: "|")), content.contains(UInt8(ascii: "-")) else {
      return false
    }
    return content.allSatisfy { [0x7C, 0x2D, 0x3A, 0x20, 0x09].contains($0) }
  }

  var isTableRow: Bool { content.contains(UInt8(ascii: "|")) }

  /// A code fence: three or more backticks or tildes; text behind backticks holds none of them.
  package var fence: Fence? {
    guard let mark = content.first, mark == 0x60 || mark == 0x7E else { return nil }
    let length = content.prefix { $0 == mark }.count
    let info = content.dropFirst(length).trimmed
    guard length >= 3, mark == 0x7E || !info.contains(0x60) else { return nil }
    return Fence(mark: mark, length: length, info: info, indent: indent)
  }

  /// What opens a block of code.
  package struct Fence {
    let mark: UInt8
    let length: Int
    let info: ArraySlice<UInt8>
    let indent: Int

    /// What a page shows above the code: `title="…"`, or the words behind the language that are no settings such as
    /// `{1,3}`, `lines` or `theme={null}`.
    var title: String? {
      var text = info.string
      var attribute: String?
      if let start = text.firstRange(of: " title=\"") {
        let title = text[start.upperBound...].prefix { $0 != "\"" }
        attribute = title.isEmpty ? nil : String(title)
        text.replaceSubrange(start.lowerBound..<title.endIndex, with: " ")
      }
      let words = text.split(separator: " ").dropFirst().filter { word in
        !word.contains { "={}[]\"".contains($0) } && !Self.settings.contains(String(word))
      }
      let parts = words.map(String.init) + [attribute].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private static let settings: Set = [
      "lines", "wrap", "expandable", "twoslash", "focus", "highlight",
    ]

    /// Whether a line ends the block: at least as many of the same mark, and nothing else.
    package func isClosed(by line: SourceLine) -> Bool {
      line.content.count >= length && line.content.allSatisfy { $0 == mark }
    }
  }
}

extension ArraySlice<UInt8> {
  /// Without spaces and tabs at either end, nor no-break spaces in front.
  package var trimmed: ArraySlice<UInt8> {
    var slice = drop { $0 == 0x20 || $0 == 0x09 }
    while slice.starts(with: [0xC2, 0xA0]) {
      slice = slice.dropFirst(2).drop { $0 == 0x20 || $0 == 0x09 }
    }
    while slice.last == 0x20 || slice.last == 0x09 { slice.removeLast() }
    return slice
  }

  /// As text; bytes that are no UTF-8 are replaced.
  package var string: String { String(decoding: self, as: UTF8.self) }

  /// Where `needle` begins at or after `start`.
  func firstIndex(of needle: StaticString, from start: Int) -> Int? {
    let needle = Array(needle.description.utf8)
    guard start >= startIndex, endIndex - start >= needle.count else { return nil }
    for index in start...(endIndex - needle.count)
    where self[index] == needle[0] && self[index..<index + needle.count].elementsEqual(needle) {
      return index
    }
    return nil
  }
}
