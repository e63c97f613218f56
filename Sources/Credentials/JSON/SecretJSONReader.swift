internal import Secrets

/// Reads JSON whose strings may be secrets, strictly (RFC 8259), without building a tree: whoever calls walks the
/// members and moves each value to where it belongs. The text is handed to every call, because a value that keeps a
/// span needs a language feature that is still experimental.
struct SecretJSONReader {
  private(set) var offset = 0
  private var depth = 0

  enum Kind { case object, array, string, number, bool, null }

  init() {}

  /// What the next value is.
  mutating func kind(_ text: RawSpan) throws(SecretJSONError) -> Kind {
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
  mutating func object(
    _ text: RawSpan,
    _ body: (String, inout SecretJSONReader) throws(SecretJSONError) -> Void
  ) throws(SecretJSONError) {
    guard try kind(text) == .object else { throw failure(.notAnObject) }
    try enter()
    var seen: Set<String> = []
    var isFirst = true
    while try !isAtEnd(of: UInt8(ascii: "}"), isFirst: isFirst, text) {
      isFirst = false
      let key = try key(text)
      guard seen.insert(key).inserted else { throw failure(.duplicateKey) }
      guard try peek(text) == UInt8(ascii: ":") else { throw failure(.unexpected) }
      offset += 1
      try body(key, &self)
    }
    depth -= 1
  }

  /// Walks an array: `body` is called before each element and has to read or skip it.
  mutating func array(
    _ text: RawSpan, _ body: (inout SecretJSONReader) throws(SecretJSONError) -> Void
  ) throws(SecretJSONError) {
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
  mutating func skip(_ text: RawSpan) throws(SecretJSONError) -> Range<Int> {
    let kind = try kind(text)
    let start = offset
    switch kind {
    case .object: try object(text) { _, reader throws(SecretJSONError) in try reader.skip(text) }
    case .array: try array(text) { reader throws(SecretJSONError) in try reader.skip(text) }
    case .string: try JSONStringReader.read(text, at: &offset) { _ in }
    case .number: try number(text)
    case .bool, .null: try word(text)
    }
    return start..<offset
  }

  /// Reads a string into a buffer of exactly its size.
  mutating func string(_ text: RawSpan) throws(SecretJSONError) -> SecretBuffer {
    guard try kind(text) == .string else { throw failure(.notAString) }
    // Two passes: the first finds the size, so that nothing has to grow.
    let start = offset
    var size = 0
    try JSONStringReader.read(text, at: &offset) { _ in size += 1 }
    var value = SecretBuffer(capacity: max(1, size))
    offset = start
    try JSONStringReader.read(text, at: &offset) { value.append($0) }
    return value
  }

  /// Reads a string that is no secret.
  mutating func plainString(_ text: RawSpan) throws(SecretJSONError) -> String {
    let value = try string(text)
    return value.withBytes { $0.shownText }
  }

  mutating func integer(_ text: RawSpan) throws(SecretJSONError) -> Int64 {
    guard try kind(text) == .number else { throw failure(.notANumber) }
    let start = offset
    try number(text)
    guard let value = Int64(text.shownText(start..<offset)) else {
      throw SecretJSONError(reason: .notANumber, offset: start)
    }
    return value
  }

  /// Fails unless nothing but blanks follows.
  mutating func end(_ text: RawSpan) throws(SecretJSONError) {
    skipBlanks(text)
    guard offset == text.byteCount else { throw failure(.unexpected) }
  }

  func failure(_ reason: SecretJSONError.Reason) -> SecretJSONError {
    SecretJSONError(reason: reason, offset: offset)
  }
}

extension SecretJSONReader {
  private mutating func enter() throws(SecretJSONError) {
    guard depth < SecretJSON.depth else { throw failure(.tooDeep) }
    depth += 1
    offset += 1
  }

  /// Steps over the comma before the next member, or over the closing bracket.
  private mutating func isAtEnd(
    of close: UInt8, isFirst: Bool, _ text: RawSpan
  ) throws(SecretJSONError) -> Bool {
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

  private mutating func key(_ text: RawSpan) throws(SecretJSONError) -> String {
    guard try kind(text) == .string else { throw failure(.notAString) }
    let start = offset
    var bytes: [UInt8] = []
    var size = 0
    try JSONStringReader.read(text, at: &offset) { byte in
      size += 1
      if size <= SecretJSON.keyLength { bytes.append(byte) }
    }
    guard size <= SecretJSON.keyLength else {
      throw SecretJSONError(reason: .longKey, offset: start)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Minus, whole part without leading zeros, fraction, exponent.
  private mutating func number(_ text: RawSpan) throws(SecretJSONError) {
    let start = offset
    if text.has("-".utf8, at: offset) { offset += 1 }
    let whole = digits(text)
    guard whole > 0, whole == 1 || text[offset - whole] != UInt8(ascii: "0") else {
      throw SecretJSONError(reason: .badNumber, offset: start)
    }
    if text.has(".".utf8, at: offset) {
      offset += 1
      guard digits(text) > 0 else { throw SecretJSONError(reason: .badNumber, offset: start) }
    }
    guard text.hasIgnoringCase("e".utf8, at: offset) else { return }
    offset += 1
    if text.has("+".utf8, at: offset) || text.has("-".utf8, at: offset) { offset += 1 }
    guard digits(text) > 0 else { throw SecretJSONError(reason: .badNumber, offset: start) }
  }

  private mutating func digits(_ text: RawSpan) -> Int {
    let start = offset
    while offset < text.byteCount, text[offset].isDigit { offset += 1 }
    return offset - start
  }

  private mutating func word(_ text: RawSpan) throws(SecretJSONError) {
    for word in ["true", "false", "null"] where text.has(word.utf8, at: offset) {
      offset += word.utf8.count
      return
    }
    throw failure(.unexpected)
  }

  private mutating func peek(_ text: RawSpan) throws(SecretJSONError) -> UInt8 {
    skipBlanks(text)
    guard offset < text.byteCount else { throw failure(.unfinished) }
    return text[offset]
  }

  private mutating func skipBlanks(_ text: RawSpan) {
    while offset < text.byteCount, [0x20, 0x09, 0x0A, 0x0D].contains(text[offset]) { offset += 1 }
  }
}
