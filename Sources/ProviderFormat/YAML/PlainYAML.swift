internal import Basics

/// Reads the YAML that nearly all provider files are written in: maps and lists by indentation, of texts on one line,
/// plain or in quotes, in ASCII. libyaml takes some 200 instructions for a byte of it, and this a tenth.
///
/// All or nothing. Whatever else a text holds, be it an anchor, a tag, braces, a text of several lines, a tab, another
/// letter or a mistake, it is left to libyaml as a whole: that alone knows what such a text means, and what is wrong with it.
/// So is a text with a key that stands twice, or beyond the limits of `YAMLReader`. Tests hold what both make of a text
/// against each other.
struct PlainYAML {
  /// What libyaml calls an event, with bytes in place of a text.
  struct Token {
    enum Kind: UInt8 { case plain, quoted, mapStart, listStart, end }

    let kind: Kind
    /// From 0.
    let line: Int32
    /// Of a text its bytes.
    let start: Int32
    /// Of a list or map the number of the token that ends it.
    fileprivate(set) var end: Int32
  }

  /// A map or list that is not at its end.
  private struct Collection {
    let isMap: Bool
    let column: Int
    /// The token that begins it.
    let token: Int
    /// Of a map.
    var keys = 0
    /// Whether its last key has no value yet.
    var awaitsValue = false
  }

  /// Keys of longer maps are left to libyaml's reader, which looks them up in a set. Here each is compared with those
  /// before it.
  private static let keysLimit = 2000

  private(set) var tokens: [Token] = []
  private var open: [Collection] = []
  private var line: Int32 = 0

  /// Nil for a text that is written in another way.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= YAMLReader.sizeLimit else { return nil }
    tokens.reserveCapacity(bytes.count / 10)
    let text = bytes.span
    var start = 0
    while start < text.count {
      guard let end = PlainYAML.endOfLine(from: start, in: text) else { return nil }
      let isRead = read(start..<end, of: text)
      guard isRead else { return nil }
      start = end + 1
      line += 1
    }
    guard !open.isEmpty else { return nil }
    leave(deeperThan: -1)
    if tokens.count > YAMLReader.valueLimit { return nil }
  }

  /// The token behind a value.
  func end(at position: Int) -> Int {
    switch tokens[position].kind {
    case .mapStart, .listStart: Int(tokens[position].end) + 1
    case .plain, .quoted, .end: position + 1
    }
  }

  /// Nil where the line holds other bytes than blanks and ASCII's signs.
  private static func endOfLine(from start: Int, in text: Span<UInt8>) -> Int? {
    let end = unsafe text.bytes.endOfPrintable(from: start)
    return end == text.count || text[end] == UInt8(ascii: "\n") ? end : nil
  }

  // MARK: Lines

  private mutating func read(_ line: Range<Int>, of text: Span<UInt8>) -> Bool {
    let start = PlainYAML.skipBlanks(line, of: text)
    guard start < line.upperBound, text[start] != UInt8(ascii: "#") else { return true }
    let column = start - line.lowerBound
    leave(deeperThan: column)
    // The one value of the document has ended. A line opens two collections at most.
    if open.isEmpty, !tokens.isEmpty { return false }
    guard open.count + 2 <= YAMLReader.depthLimit else { return false }
    let isItem =
      text[start] == UInt8(ascii: "-") && start + 1 < line.upperBound
      && text[start + 1] == PlainYAML.blank
    return isItem
      ? readItem(start..<line.upperBound, column, of: text)
      : readMember(start..<line.upperBound, column, of: text)
  }

  /// `- text`, or `- key: …`, which begins a map at the key's column.
  private mutating func readItem(
    _ range: Range<Int>, _ column: Int, of text: Span<UInt8>
  ) -> Bool {
    guard let last = open.last else { return false }
    if last.isMap {
      guard last.awaitsValue else { return false }
      begin(isMap: false, at: column)
    } else if last.column != column {
      return false
    }
    let start = PlainYAML.skipBlanks(range.lowerBound + 1..<range.upperBound, of: text)
    guard start < range.upperBound else { return false }
    let content = start..<range.upperBound
    guard let colon = PlainYAML.colon(behindKey: content, of: text) else {
      return readScalar(content, of: text)
    }
    begin(isMap: true, at: column + start - range.lowerBound)
    return readMember(content, colon: colon, of: text)
  }

  private mutating func readMember(
    _ range: Range<Int>, _ column: Int, of text: Span<UInt8>
  ) -> Bool {
    guard let colon = PlainYAML.colon(behindKey: range, of: text) else { return false }
    // A list may stand at the column of its own key; it ends where the next key stands there.
    if let last = open.last, !last.isMap {
      guard last.column == column, open.count > 1, open[open.count - 2].isMap,
        open[open.count - 2].column == column
      else { return false }
      end()
    }
    if let last = open.last, last.column == column {
      if last.awaitsValue { addNothing() }
    } else {
      guard open.last?.awaitsValue ?? true else { return false }
      begin(isMap: true, at: column)
    }
    return readMember(range, colon: colon, of: text)
  }

  /// A key, and what stands behind its colon; where that is nothing, the value is on the next lines.
  private mutating func readMember(
    _ range: Range<Int>, colon: Int, of text: Span<UInt8>
  ) -> Bool {
    guard !holds(range.lowerBound..<colon, of: text) else { return false }
    add(.plain, range.lowerBound..<colon)
    open[open.count - 1].keys += 1
    let start = PlainYAML.skipBlanks(colon + 1..<range.upperBound, of: text)
    guard start < range.upperBound, text[start] != UInt8(ascii: "#") else {
      open[open.count - 1].awaitsValue = true
      return true
    }
    return readScalar(start..<range.upperBound, of: text)
  }

  /// Whether the map that is open has the key already, or too many to tell.
  private func holds(_ key: Range<Int>, of text: Span<UInt8>) -> Bool {
    guard let map = open.last, map.keys < Self.keysLimit else { return true }
    var position = map.token + 1
    for _ in 0..<map.keys {
      let token = tokens[position]
      if Int(token.end - token.start) == key.count {
        var offset = 0
        while offset < key.count,
          text[Int(token.start) + offset] == text[key.lowerBound + offset]
        {
          offset += 1
        }
        if offset == key.count { return true }
      }
      position = end(at: position + 1)
    }
    return false
  }

  // MARK: Collections

  private mutating func begin(isMap: Bool, at column: Int) {
    if !open.isEmpty { open[open.count - 1].awaitsValue = false }
    open.append(Collection(isMap: isMap, column: column, token: tokens.count))
    add(isMap ? .mapStart : .listStart, 0..<0)
  }

  private mutating func leave(deeperThan column: Int) {
    while let last = open.last, last.column > column {
      if last.awaitsValue { addNothing() }
      end()
    }
  }

  private mutating func end() {
    tokens[open.removeLast().token].end = Int32(tokens.count)
    add(.end, 0..<0)
  }

  /// A key without a value.
  private mutating func addNothing() {
    open[open.count - 1].awaitsValue = false
    add(.plain, 0..<0)
  }

  mutating func add(_ kind: Token.Kind, _ range: Range<Int>) {
    tokens.append(
      Token(kind: kind, line: line, start: Int32(range.lowerBound), end: Int32(range.upperBound)))
  }
}
