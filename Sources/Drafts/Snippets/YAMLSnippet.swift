internal import Basics
internal import Secrets

/// The plain mappings of a YAML document: names and texts, nested by their indentation, with quotes, comments and
/// blocks of several lines. What else YAML has (anchors, flow collections) makes no settings file that holds a key.
///
/// The document is read here and not by a library, which would copy its values into memory that is not wiped.
struct YAMLSnippet: ~Copyable {
  private var snippet = Snippet(.yaml)
  private var offset = 0
  /// The mappings around the present line: how far they are indented, and their names.
  private var parents: [(indent: Int, name: String)] = []
  /// `name: X`, whose `value: y` follows.
  private var pairName: (indent: Int, name: String)?
  private var lines = 0

  /// Nil when a line of the text is none of YAML, or when there is but one.
  static func read(_ text: RawSpan) -> Snippet? {
    var reader = YAMLSnippet()
    while reader.offset < text.byteCount {
      guard reader.readLine(text) else { return nil }
    }
    return reader.finish()
  }

  private consuming func finish() -> Snippet? {
    if lines < 2 { return nil }
    return snippet
  }

  private mutating func nextLine(_ text: RawSpan) -> Range<Int> {
    let end = text.firstOffset(from: offset, where: \.isLineEnd) ?? text.byteCount
    defer { offset = end + (text.has([0x0D, 0x0A], at: end) ? 2 : 1) }
    return offset..<end
  }

  private mutating func readLine(_ text: RawSpan) -> Bool {
    let line = nextLine(text)
    var start = line.lowerBound
    while start < line.upperBound, text[start] == 0x20 { start += 1 }
    var content = Blanks.trimmed(text, start..<line.upperBound)
    if content.isEmpty || text[content.lowerBound] == UInt8(ascii: "#") { return true }
    if text.extracting(content).equals("---".utf8) || text.extracting(content).equals("...".utf8) {
      return true
    }
    var indent = start - line.lowerBound
    while text.has("- ".utf8, at: content.lowerBound), content.count > 2 {
      indent += 2
      pairName = nil
      content = Blanks.trimmed(text, content.lowerBound + 2..<content.upperBound)
    }
    guard let colon = mark(in: text, content) else { return false }
    let name = unquoted(text, Blanks.trimmed(text, content.lowerBound..<colon))
    guard !name.isEmpty, name.utf8.count <= 64 else { return false }
    lines += 1
    while let last = parents.last, last.indent >= indent { parents.removeLast() }
    return readValue(text, Blanks.trimmed(text, colon + 1..<content.upperBound), name, indent)
  }

  private mutating func readValue(
    _ text: RawSpan, _ range: Range<Int>, _ name: String, _ indent: Int
  ) -> Bool {
    guard !range.isEmpty, text[range.lowerBound] != UInt8(ascii: "#") else {
      parents.append((indent, name))
      return true
    }
    let first = text[range.lowerBound]
    if first == UInt8(ascii: "|") || first == UInt8(ascii: ">") {
      guard isBlockHeader(text.extracting(range)) else { return false }
      add(name, indent, readBlock(text, below: indent, folds: first == UInt8(ascii: ">")))
      return true
    }
    if first == 0x22 || first == 0x27 {
      var value = SecretBuffer(capacity: range.count)
      guard let close = QuotedText.read(text, range, as: .json, into: &value) else { return false }
      let rest = text.extracting(Blanks.trimmed(text, close..<range.upperBound))
      guard rest.isEmpty || rest.has("#".utf8) || rest.equals(",".utf8) else { return false }
      add(name, indent, value)
      return true
    }
    var end = range.upperBound
    for offset in range.dropFirst()
    where text[offset] == UInt8(ascii: "#") && text[offset - 1].isBlank {
      end = offset
      break
    }
    let value = text.extracting(Blanks.trimmed(text, range.lowerBound..<end))
    let isNothing = ["~", "null", "Null", "NULL", "{}", "[]"].contains { value.equals($0.utf8) }
    if !isNothing { add(name, indent, SecretBuffer(copying: value)) }
    return true
  }

  private mutating func add(_ name: String, _ indent: Int, _ value: consuming SecretBuffer) {
    if name == "name" || name == "key" {
      let text = value.withBytes { bytes -> String? in
        bytes.isPlausibleName ? bytes.shownText : nil
      }
      pairName = text.map { (indent: indent, name: $0) }
    }
    var path = parents.map(\.name) + [name]
    if name == "value", let pair = pairName, pair.indent == indent { path = [pair.name] }
    snippet.add(
      Snippet.Item(path.joined(separator: "."), .named(isExplicit: false), mark: .colon), value)
  }

  /// Where the colon stands that ends the name: outside of quotes, a blank or nothing behind it.
  private func mark(in text: RawSpan, _ range: Range<Int>) -> Int? {
    var start = range.lowerBound
    if text[start] == 0x22 || text[start] == 0x27 {
      let quote = text[start]
      guard let close = text.firstOffset(from: start + 1, where: { $0 == quote }),
        close < range.upperBound
      else { return nil }
      start = close + 1
    }
    for offset in start..<range.upperBound {
      let byte = text[offset]
      if "{}[],&*!|>%@`=\"'".utf8.contains(byte) { return nil }
      guard byte == UInt8(ascii: ":") else { continue }
      if offset + 1 == range.upperBound || text[offset + 1].isBlank { return offset }
    }
    return nil
  }

  private func unquoted(_ text: RawSpan, _ range: Range<Int>) -> String {
    guard range.count > 2, text[range.lowerBound] == 0x22 || text[range.lowerBound] == 0x27 else {
      return text.shownText(range)
    }
    return text.shownText(range.lowerBound + 1..<range.upperBound - 1)
  }

  /// `|`, `>-`, `|2+` and a comment behind it.
  private func isBlockHeader(_ header: RawSpan) -> Bool {
    let end = header.firstOffset { $0.isBlank } ?? header.byteCount
    let rest = header.extracting(end..<header.byteCount)
    let isMark = !header.extracting(1..<end).contains { !$0.isDigit && !"+-".utf8.contains($0) }
    return isMark && (rest.isEmpty || rest.extracting(rest.rangeWithoutOuterBlanks).has("#".utf8))
  }

  /// The lines that are indented further than the name, as far as the first of them is.
  private mutating func readBlock(_ text: RawSpan, below indent: Int, folds: Bool) -> SecretBuffer {
    var block = SecretBuffer(capacity: max(1, text.byteCount - min(offset, text.byteCount) + 1))
    var depth: Int?
    while offset < text.byteCount {
      let before = offset
      let line = nextLine(text)
      var start = line.lowerBound
      while start < line.upperBound, text[start] == 0x20 { start += 1 }
      if start == line.upperBound {
        if depth != nil { block.append(0x0A) }
        continue
      }
      guard start - line.lowerBound > indent else {
        offset = before
        break
      }
      let cut = depth ?? start - line.lowerBound
      depth = cut
      if folds, !block.isEmpty { block.append(0x20) }
      block.append(text.extracting(min(line.lowerBound + cut, start)..<line.upperBound))
      if !folds { block.append(0x0A) }
    }
    return block
  }
}
