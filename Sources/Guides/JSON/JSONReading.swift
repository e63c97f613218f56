extension Value {
  /// Reads exactly one JSON value (RFC 8259): no comments, no trailing commas, no second key of the same name, no
  /// bytes that are not UTF-8, nothing deeper or longer than `limits`.
  ///
  /// Strings of the value are ordinary memory: whoever reads bytes with secrets in them must not keep the value.
  package init(json bytes: RawSpan, limits: JSONLimits = .standard) throws(JSONError) {
    guard bytes.byteCount <= limits.bytes else { throw JSONError(.tooLong, at: limits.bytes) }
    var reader = JSONReader(limits: limits)
    self = try reader.document(bytes)
  }

  /// Reads JSON text that is already a string.
  package init(json text: String, limits: JSONLimits = .standard) throws(JSONError) {
    let copy = Array(text.utf8)
    // Safe: `copy` outlives the call, and its elements are plain bytes.
    unsafe try self.init(json: copy.span.bytes, limits: limits)
  }
}

/// A recursive descent over the bytes. The span is handed to every function, because a value that keeps a span needs
/// a language feature that is still experimental.
struct JSONReader {
  let limits: JSONLimits
  var offset = 0
  var depth = 0

  init(limits: JSONLimits) { self.limits = limits }

  mutating func document(_ bytes: RawSpan) throws(JSONError) -> Value {
    skipBlanks(bytes)
    let result = try value(bytes)
    skipBlanks(bytes)
    guard offset == bytes.byteCount else { throw JSONError(.trailing, at: offset) }
    return result
  }

  private mutating func value(_ bytes: RawSpan) throws(JSONError) -> Value {
    switch try peek(bytes) {
    case UInt8(ascii: "{"): return .map(try object(bytes))
    case UInt8(ascii: "["): return .list(try array(bytes))
    case UInt8(ascii: "\""): return .string(try string(bytes))
    case UInt8(ascii: "t"): return try word("true", .bool(true), bytes)
    case UInt8(ascii: "f"): return try word("false", .bool(false), bytes)
    case UInt8(ascii: "n"): return try word("null", .null, bytes)
    default: return try number(bytes)
    }
  }

  private mutating func object(_ bytes: RawSpan) throws(JSONError) -> Value.Map {
    try enter()
    var members: [Value.Member] = []
    var keys: Set<String> = []
    skipBlanks(bytes)
    if try peek(bytes) == UInt8(ascii: "}") {
      leave()
      return .init()
    }
    while true {
      skipBlanks(bytes)
      let start = offset
      guard try peek(bytes) == UInt8(ascii: "\"") else { throw JSONError(.unexpected, at: offset) }
      let key = try string(bytes)
      guard keys.insert(key).inserted else { throw JSONError(.duplicateKey, at: start) }
      skipBlanks(bytes)
      try expect(UInt8(ascii: ":"), bytes)
      skipBlanks(bytes)
      members.append(.init(key: key, value: try value(bytes)))
      if try !continues(until: UInt8(ascii: "}"), bytes) { return .init(members) }
    }
  }

  private mutating func array(_ bytes: RawSpan) throws(JSONError) -> [Value] {
    try enter()
    var elements: [Value] = []
    skipBlanks(bytes)
    if try peek(bytes) == UInt8(ascii: "]") {
      leave()
      return elements
    }
    while true {
      skipBlanks(bytes)
      elements.append(try value(bytes))
      if try !continues(until: UInt8(ascii: "]"), bytes) { return elements }
    }
  }

  /// After an element: a comma says that another one follows, the closing bracket that none does.
  private mutating func continues(until close: UInt8, _ bytes: RawSpan) throws(JSONError) -> Bool {
    skipBlanks(bytes)
    switch try peek(bytes) {
    case UInt8(ascii: ","):
      offset += 1
      return true
    case close:
      leave()
      return false
    default: throw JSONError(.unexpected, at: offset)
    }
  }

  private mutating func enter() throws(JSONError) {
    guard depth < limits.depth else { throw JSONError(.tooDeep, at: offset) }
    depth += 1
    offset += 1
  }

  private mutating func leave() {
    depth -= 1
    offset += 1
  }

  private mutating func word(
    _ word: StaticString, _ value: Value, _ bytes: RawSpan
  ) throws(JSONError) -> Value {
    let start = offset
    for byte in word.description.utf8 {
      guard offset < bytes.byteCount else { throw JSONError(.unfinished, at: offset) }
      guard bytes.byte(at: offset) == byte else { throw JSONError(.unexpected, at: start) }
      offset += 1
    }
    return value
  }

  private mutating func number(_ bytes: RawSpan) throws(JSONError) -> Value {
    let start = offset
    var text = ""
    while offset < bytes.byteCount, Self.isNumberByte(bytes.byte(at: offset)) {
      text.unicodeScalars.append(Unicode.Scalar(bytes.byte(at: offset)))
      offset += 1
    }
    guard !text.isEmpty else { throw JSONError(.unexpected, at: start) }
    guard Self.isNumber(text) else { throw JSONError(.badNumber, at: start) }
    // Minus zero is a double; integers beyond 64 bits become the nearest double.
    if text != "-0", let int = Int(text) { return .int(int) }
    guard let double = Double(text), double.isFinite else { throw JSONError(.badNumber, at: start) }
    return .double(double)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  /// The grammar of a JSON number; `Double.init` alone would also take `01`, `.5` and `1.`.
  private static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: isDigit)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let fraction = rest.prefix(while: isDigit)
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(fraction.count)
    }
    guard let exponent = rest.first else { return true }
    guard exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "E") else { return false }
    rest.removeFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    return !rest.isEmpty && rest.allSatisfy(isDigit)
  }

  func peek(_ bytes: RawSpan) throws(JSONError) -> UInt8 {
    guard offset < bytes.byteCount else { throw JSONError(.unfinished, at: offset) }
    return bytes.byte(at: offset)
  }

  private mutating func expect(_ byte: UInt8, _ bytes: RawSpan) throws(JSONError) {
    guard try peek(bytes) == byte else { throw JSONError(.unexpected, at: offset) }
    offset += 1
  }

  private mutating func skipBlanks(_ bytes: RawSpan) {
    while offset < bytes.byteCount {
      switch bytes.byte(at: offset) {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }
}
