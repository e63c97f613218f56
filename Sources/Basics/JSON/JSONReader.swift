/// Reads JSON strictly (RFC 8259: no comments, no trailing commas, no second key of the same name unless the limits allow
/// it, no bytes that are not UTF-8) and builds nothing: whoever calls walks the members and moves each value, which may be
/// a secret, to where it belongs. The text is handed to every call, because a value that keeps a span needs a language
/// feature that is still experimental.
@usableFromInline
package struct JSONReader {
  /// Where the reader stands, in bytes from the start.
  @usableFromInline package private(set) var offset = 0
  private var depth = 0
  private let limits: JSONLimits
  @usableFromInline let takesHalfPairs: Bool

  /// What a value is.
  @usableFromInline
  package enum Kind { case object, array, string, number, bool, null }

  /// - Parameter limits: of nesting and of keys. How long the text may be is for its owner to say.
  package init(limits: JSONLimits = .members) {
    self.limits = limits
    takesHalfPairs = limits.takesHalfPairs
  }

  /// What the next value is.
  @usableFromInline
  package mutating func kind(_ text: RawSpan) throws(JSONError) -> Kind {
    switch try peek(text) {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw failure(.unexpected)
    }
  }

  /// Walks an object: `body` is called after each key and has to read or skip the value.
  ///
  /// Keys become ordinary strings: they are names of fields, never values.
  package mutating func object(
    _ text: RawSpan,
    _ body: (String, inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard try kind(text) == .object else { throw failure(.notAnObject) }
    try enter()
    var seen: Set<String> = []
    var isFirst = true
    while try !isAtEnd(of: UInt8(ascii: "}"), isFirst: isFirst, text) {
      isFirst = false
      let key = try key(text)
      if limits.refusesDuplicateKeys, !seen.insert(key).inserted { throw failure(.duplicateKey) }
      guard try peek(text) == UInt8(ascii: ":") else { throw failure(.unexpected) }
      offset += 1
      try body(key, &self)
    }
    depth -= 1
  }

  /// Walks an array: `body` is called before each element and has to read or skip it.
  package mutating func array(
    _ text: RawSpan, _ body: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard try kind(text) == .array else { throw failure(.unexpected) }
    try enter()
    var isFirst = true
    while try !isAtEnd(of: UInt8(ascii: "]"), isFirst: isFirst, text) {
      isFirst = false
      try body(&self)
    }
    depth -= 1
  }

  /// Skips a value, checking that it is one. Returns the bytes that it takes.
  @discardableResult
  package mutating func skip(_ text: RawSpan) throws(JSONError) -> Range<Int> {
    let kind = try kind(text)
    let start = offset
    switch kind {
    case .object: try object(text) { _, reader throws(JSONError) in try reader.skip(text) }
    case .array: try array(text) { reader throws(JSONError) in try reader.skip(text) }
    case .string: try JSONStringReader.read(text, at: &offset, takesHalfPairs) { _ in }
    case .number: try number(text)
    case .bool, .null: try word(text)
    }
    return start..<offset
  }

  /// Reads a string and hands on its unescaped UTF-8 byte by byte, nothing of it kept.
  @inlinable
  package mutating func string(
    _ text: RawSpan, _ take: (UInt8) -> Void
  ) throws(JSONError) {
    guard try kind(text) == .string else { throw failure(.notAString) }
    var end = offset
    defer { move(to: end) }
    try JSONStringReader.read(text, at: &end, takesHalfPairs, take)
  }

  /// Reads a string that is no secret.
  package mutating func plainString(_ text: RawSpan) throws(JSONError) -> String {
    var bytes: [UInt8] = []
    try string(text) { bytes.append($0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a whole number of 64 bits.
  package mutating func integer(_ text: RawSpan) throws(JSONError) -> Int64 {
    guard try kind(text) == .number else { throw failure(.notANumber) }
    let start = offset
    try number(text)
    guard let value = Int64(text.shownText(start..<offset)) else {
      throw JSONError(.notANumber, at: start)
    }
    return value
  }

  /// Fails unless nothing but blanks follows.
  package mutating func end(_ text: RawSpan) throws(JSONError) {
    skipBlanks(text)
    guard offset == text.byteCount else { throw failure(.trailing) }
  }

  /// An error at the place where the reader stands.
  @usableFromInline
  package func failure(_ reason: JSONError.Reason) -> JSONError {
    JSONError(reason, at: offset)
  }
}

extension JSONReader {
  @usableFromInline
  mutating func move(to end: Int) { offset = end }

  private mutating func enter() throws(JSONError) {
    guard depth < limits.depth else { throw failure(.tooDeep) }
    depth += 1
    offset += 1
  }

  /// Steps over the comma before the next member, or over the closing bracket.
  private mutating func isAtEnd(
    of close: UInt8, isFirst: Bool, _ text: RawSpan
  ) throws(JSONError) -> Bool {
    let byte = try peek(text)
    if byte == close {
      offset += 1
      return true
    }
    if isFirst { return false }
    guard byte == UInt8(ascii: ",") else { throw failure(.unexpected) }
    offset += 1
    return false
  }

  private mutating func key(_ text: RawSpan) throws(JSONError) -> String {
    guard try kind(text) == .string else { throw failure(.notAString) }
    let (start, limit) = (offset, limits.keyLength)
    var bytes: [UInt8] = []
    var size = 0
    try JSONStringReader.read(text, at: &offset, takesHalfPairs) { byte in
      size += 1
      if size <= limit { bytes.append(byte) }
    }
    guard size <= limit else { throw JSONError(.longKey, at: start) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Minus, whole part without leading zeros, fraction, exponent.
  private mutating func number(_ text: RawSpan) throws(JSONError) {
    let start = offset
    if text.has("-".utf8, at: offset) { offset += 1 }
    let whole = digits(text)
    guard whole > 0, whole == 1 || text[offset - whole] != UInt8(ascii: "0") else {
      throw JSONError(.badNumber, at: start)
    }
    if text.has(".".utf8, at: offset) {
      offset += 1
      guard digits(text) > 0 else { throw JSONError(.badNumber, at: start) }
    }
    guard text.hasIgnoringCase("e".utf8, at: offset) else { return }
    offset += 1
    if text.has("+".utf8, at: offset) || text.has("-".utf8, at: offset) { offset += 1 }
    guard digits(text) > 0 else { throw JSONError(.badNumber, at: start) }
  }

  private mutating func digits(_ text: RawSpan) -> Int {
    let start = offset
    while offset < text.byteCount, text[offset].isDigit { offset += 1 }
    return offset - start
  }

  private mutating func word(_ text: RawSpan) throws(JSONError) {
    for word in ["true", "false", "null"] where text.has(word.utf8, at: offset) {
      offset += word.utf8.count
      return
    }
    throw failure(.unexpected)
  }

  private mutating func peek(_ text: RawSpan) throws(JSONError) -> UInt8 {
    skipBlanks(text)
    guard offset < text.byteCount else { throw failure(.unfinished) }
    return text[offset]
  }

  private mutating func skipBlanks(_ text: RawSpan) {
    while offset < text.byteCount, text[offset].isMarkupBlank { offset += 1 }
  }
}
