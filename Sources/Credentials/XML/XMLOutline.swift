internal import Secrets

/// Where the elements of an XML text stand. Nothing of the text is copied: it may hold a token.
///
/// Reads what answers are made of: elements, attributes, texts, CDATA sections, comments and processing instructions.
/// A document type is refused, since its entities can make a small text endless; so is what is not well-formed.
struct XMLOutline {
  struct Element {
    var name: Range<Int>
    var attributes: [(name: Range<Int>, value: Range<Int>)] = []
    /// Indices into `elements`.
    var children: [Int] = []
    /// Pieces of text; in those that are `isLiteral` an ampersand is one.
    var texts: [(range: Range<Int>, isLiteral: Bool)] = []
  }

  /// Levels of nesting. Each may take two in JSON, whose limit is 64.
  static let depth = 30
  /// The most elements: an answer of a login has a few dozen.
  static let mostElements = 20_000
  static let mostAttributes = 64
  static let longestName = 256

  private(set) var elements: [Element] = []
  private var open: [Int] = []
  private var offset = 0

  /// Nil when the text is not such XML.
  init?(_ text: RawSpan) {
    skipBlanks(text)
    guard text.has("<".utf8, at: offset) else { return nil }
    while offset < text.byteCount {
      guard readNext(text) else { return nil }
    }
    guard !elements.isEmpty, open.isEmpty else { return nil }
  }

  private mutating func readNext(_ text: RawSpan) -> Bool {
    if text.has("<!--".utf8, at: offset) { return skip(past: "-->", text) }
    if text.has("<?".utf8, at: offset) { return skip(past: "?>", text) }
    if text.has("<![CDATA[".utf8, at: offset) { return readLiteral(text) }
    if text.has("<!".utf8, at: offset) { return false }
    if text.has("</".utf8, at: offset) { return readEnd(text) }
    if text.has("<".utf8, at: offset) { return readStart(text) }
    return readText(text)
  }

  private mutating func skip(past mark: String, _ text: RawSpan) -> Bool {
    guard let end = text.firstOffset(of: mark.utf8, from: offset) else { return false }
    offset = end + mark.utf8.count
    return true
  }

  private mutating func readLiteral(_ text: RawSpan) -> Bool {
    let start = offset + "<![CDATA[".utf8.count
    guard let current = open.last, skip(past: "]]>", text) else { return false }
    elements[current].texts.append((start..<offset - 3, true))
    return true
  }

  private mutating func readText(_ text: RawSpan) -> Bool {
    let end = text.firstOffset(from: offset) { $0 == UInt8(ascii: "<") } ?? text.byteCount
    let range = offset..<end
    offset = end
    if let current = open.last {
      elements[current].texts.append((range, false))
      return true
    }
    return !text.extracting(range).contains { !$0.isBlank }
  }

  private mutating func readEnd(_ text: RawSpan) -> Bool {
    offset += 2
    guard let name = readName(text), let current = open.popLast() else { return false }
    skipBlanks(text)
    let isSame = text.extracting(name).equals(text.extracting(elements[current].name))
    guard isSame, text.has(">".utf8, at: offset) else { return false }
    offset += 1
    return true
  }

  private mutating func readStart(_ text: RawSpan) -> Bool {
    offset += 1
    guard elements.count < Self.mostElements, open.count < Self.depth,
      !open.isEmpty || elements.isEmpty, let name = readName(text)
    else { return false }
    var element = Element(name: name)
    while true {
      skipBlanks(text)
      let isEmpty = text.has("/>".utf8, at: offset)
      if isEmpty || text.has(">".utf8, at: offset) {
        offset += isEmpty ? 2 : 1
        add(element, isOpen: !isEmpty)
        return true
      }
      guard element.attributes.count < Self.mostAttributes, let attribute = readAttribute(text)
      else { return false }
      element.attributes.append(attribute)
    }
  }

  private mutating func add(_ element: Element, isOpen: Bool) {
    if let parent = open.last { elements[parent].children.append(elements.count) }
    if isOpen { open.append(elements.count) }
    elements.append(element)
  }

  private mutating func readAttribute(
    _ text: RawSpan
  ) -> (name: Range<Int>, value: Range<Int>)? {
    guard let name = readName(text) else { return nil }
    skipBlanks(text)
    guard text.has("=".utf8, at: offset) else { return nil }
    offset += 1
    skipBlanks(text)
    guard offset < text.byteCount, "\"'".utf8.contains(text[offset]) else { return nil }
    let quote = text[offset]
    guard let end = text.firstOffset(from: offset + 1, where: { $0 == quote }) else { return nil }
    let value = offset + 1..<end
    offset = end + 1
    return (name, value)
  }

  private mutating func readName(_ text: RawSpan) -> Range<Int>? {
    let start = offset
    while offset < text.byteCount, Self.isNameByte(text[offset]) { offset += 1 }
    return (1...Self.longestName).contains(offset - start) ? start..<offset : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || "_-.:".utf8.contains(byte) || byte >= 0x80
  }

  private mutating func skipBlanks(_ text: RawSpan) {
    while offset < text.byteCount, text[offset].isBlank { offset += 1 }
  }
}
