internal import Basics

/// Reads XML 1.0 whose texts may be secrets, event by event and without building a tree. It reads what providers answer
/// with: elements, attributes, character data, CDATA, comments and processing instructions in UTF-8. There is no document
/// type and so no entity but the five that XML itself defines: nothing can grow, and nothing is fetched.
///
/// It does not mind whether the text is a whole document or the content of an element; `XMLOutline` sees to documents. The
/// text is handed to every call, for the reason given at `JSONReader`.
struct SecretXMLReader {
  enum Event: Equatable {
    /// Its name as it is written, prefix included.
    case start(String)
    /// Character data with its references as they are written: `RawSpan.xmlText()` resolves them.
    case text(Range<Int>)
    /// The inside of a CDATA section, in which nothing is a reference.
    case literal(Range<Int>)
    case end(String)
    /// The end of the text, with every element closed.
    case finish
  }

  struct Attribute: Equatable {
    var name: String
    /// Between the quotes, with its references as they are written.
    var value: Range<Int>
  }

  private(set) var offset = 0
  /// Those of the element that began last.
  private(set) var attributes: [Attribute] = []
  private var open: [String] = []
  /// An element without content ends right after its start.
  private var isEmptyElement = false

  init() {}

  mutating func next(_ text: RawSpan) throws(SecretXMLError) -> Event {
    if isEmptyElement {
      isEmptyElement = false
      return .end(open.removeLast())
    }
    while offset < text.byteCount {
      if offset == 0, text.has([0xEF, 0xBB, 0xBF]) {
        offset = 3
      } else if text[offset] != UInt8(ascii: "<") {
        return .text(try characterData(text))
      } else if text.has("<!--".utf8, at: offset) {
        try skip(past: "-->", from: offset + 4, text)
      } else if text.has("<?".utf8, at: offset) {
        try skip(past: "?>", from: offset + 2, text)
      } else if text.has("<![CDATA[".utf8, at: offset) {
        return .literal(try literal(text))
      } else if text.has("<!".utf8, at: offset) {
        throw failure(.documentType)
      } else if text.has("</".utf8, at: offset) {
        return try end(text)
      } else {
        return try start(text)
      }
    }
    guard open.isEmpty else { throw failure(.unfinished) }
    return .finish
  }
}

extension SecretXMLReader {
  private mutating func start(_ text: RawSpan) throws(SecretXMLError) -> Event {
    offset += 1
    let name = try name(text)
    guard open.count < SecretXML.depth else { throw failure(.tooDeep) }
    open.append(name)
    attributes = []
    while true {
      let hadBlank = skipBlanks(text)
      guard offset < text.byteCount else { throw failure(.unfinished) }
      if text[offset] == UInt8(ascii: ">") {
        offset += 1
        return .start(name)
      }
      if text.has("/>".utf8, at: offset) {
        offset += 2
        isEmptyElement = true
        return .start(name)
      }
      guard hadBlank else { throw failure(.unexpected) }
      try readAttribute(text)
    }
  }

  private mutating func readAttribute(_ text: RawSpan) throws(SecretXMLError) {
    let start = offset
    let name = try name(text)
    guard !attributes.contains(where: { $0.name == name }) else {
      throw SecretXMLError(reason: .duplicateAttribute, offset: start)
    }
    guard attributes.count < SecretXML.attributes else { throw failure(.tooManyAttributes) }
    skipBlanks(text)
    guard text.has("=".utf8, at: offset) else { throw failure(.unexpected) }
    offset += 1
    skipBlanks(text)
    guard offset < text.byteCount else { throw failure(.unfinished) }
    let quote = text[offset]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw failure(.unexpected)
    }
    let value = offset + 1
    offset = value
    while offset < text.byteCount, text[offset] != quote {
      guard text[offset] != UInt8(ascii: "<") else { throw failure(.unexpected) }
      try XMLCharacters.read(text, at: &offset) { _ in }
    }
    guard offset < text.byteCount else { throw failure(.unfinished) }
    attributes.append(Attribute(name: name, value: value..<offset))
    offset += 1
  }

  private mutating func end(_ text: RawSpan) throws(SecretXMLError) -> Event {
    offset += 2
    let start = offset
    let name = try name(text)
    skipBlanks(text)
    guard offset < text.byteCount else { throw failure(.unfinished) }
    guard text[offset] == UInt8(ascii: ">") else { throw failure(.unexpected) }
    offset += 1
    guard open.last == name else { throw SecretXMLError(reason: .wrongEnd, offset: start) }
    open.removeLast()
    return .end(name)
  }

  private mutating func characterData(_ text: RawSpan) throws(SecretXMLError) -> Range<Int> {
    let start = offset
    while offset < text.byteCount, text[offset] != UInt8(ascii: "<") {
      try XMLCharacters.read(text, at: &offset) { _ in }
    }
    return start..<offset
  }

  private mutating func literal(_ text: RawSpan) throws(SecretXMLError) -> Range<Int> {
    let start = offset + 9
    try skip(past: "]]>", from: start, text)
    return start..<offset - 3
  }

  private mutating func skip(
    past mark: String, from start: Int, _ text: RawSpan
  ) throws(SecretXMLError) {
    guard let end = text.firstOffset(of: mark.utf8, from: start) else {
      throw failure(.unfinished)
    }
    offset = start
    while offset < end { try XMLCharacters.readPlain(text, at: &offset) { _ in } }
    offset = end + mark.utf8.count
  }

  /// Letters, digits, `-`, `.`, `_`, `:` and everything beyond ASCII; no digit, hyphen or dot first.
  private mutating func name(_ text: RawSpan) throws(SecretXMLError) -> String {
    let start = offset
    while offset < text.byteCount, text[offset].isInXMLName { offset += 1 }
    guard offset < text.byteCount else { throw failure(.unfinished) }
    let first = text[start]
    let isGood = offset > start && !first.isDigit && !"-.".utf8.contains(first)
    guard isGood else { throw SecretXMLError(reason: .unexpected, offset: start) }
    guard offset - start <= SecretXML.nameLength else {
      throw SecretXMLError(reason: .longName, offset: start)
    }
    var checked = start
    while checked < offset { try XMLCharacters.readPlain(text, at: &checked) { _ in } }
    return text.shownText(start..<offset)
  }

  /// Whether there was one.
  @discardableResult
  private mutating func skipBlanks(_ text: RawSpan) -> Bool {
    let start = offset
    while offset < text.byteCount, text[offset].isMarkupBlank { offset += 1 }
    return offset > start
  }

  private func failure(_ reason: SecretXMLError.Reason) -> SecretXMLError {
    SecretXMLError(reason: reason, offset: offset)
  }
}

extension UInt8 {
  fileprivate var isInXMLName: Bool {
    isLetter || isDigit || self >= 0x80 || "-._:".utf8.contains(self)
  }
}
