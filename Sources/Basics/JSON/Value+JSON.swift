extension Value {
  /// Reads exactly one JSON value, nothing deeper or longer than `limits`. A whole number of 64 bits stays one; any other
  /// number becomes the nearest double.
  ///
  /// Strings of the value are ordinary memory: whoever reads bytes with secrets in them must not keep the value.
  package init(json bytes: RawSpan, limits: JSONLimits = .standard) throws(JSONError) {
    guard bytes.byteCount <= limits.bytes else { throw JSONError(.tooLong, at: limits.bytes) }
    var reader = JSONReader(limits: limits)
    self = try Value(bytes, &reader)
    try reader.end(bytes)
  }

  /// Reads JSON text that is already a string.
  package init(json text: String, limits: JSONLimits = .standard) throws(JSONError) {
    self = try text.withBytes { bytes throws(JSONError) in
      try Value(json: bytes, limits: limits)
    }
  }

  /// Reads the next value where a reader stands, within that reader's limits.
  package init(_ text: RawSpan, _ reader: inout JSONReader) throws(JSONError) {
    switch try reader.kind(text) {
    case .object:
      var map = Map()
      try reader.object(text) { key, reader throws(JSONError) in
        map.members.append(Member(key: key, value: try Value(text, &reader)))
      }
      self = .map(map)
    case .array:
      var list: [Value] = []
      try reader.array(text) { reader throws(JSONError) in
        list.append(try Value(text, &reader))
      }
      self = .list(list)
    case .string: self = .string(try reader.plainString(text))
    case .number:
      let range = try reader.skip(text)
      guard let number = Value(number: text.shownText(range)) else {
        throw JSONError(.badNumber, at: range.lowerBound)
      }
      self = number
    case .bool:
      let range = try reader.skip(text)
      self = .bool(text[range.lowerBound] == UInt8(ascii: "t"))
    case .null:
      try reader.skip(text)
      self = .null
    }
  }

  /// Minus zero is a double; integers beyond 64 bits become the nearest double; nil where there is none.
  private init?(number text: String) {
    if text != "-0", let int = Int(text) {
      self = .int(int)
    } else if let double = Double(text), double.isFinite {
      self = .double(double)
    } else {
      return nil
    }
  }

  /// The value as JSON text on one line, members in their order. Numbers that JSON cannot express (infinities, NaN)
  /// become null.
  package var json: String { text(isPretty: false) }

  /// The value as JSON text with two columns of indentation, for people and for comparing files.
  package var prettyJSON: String { text(isPretty: true) + "\n" }

  private func text(isPretty: Bool) -> String {
    var writer = JSONWriter(to: [UInt8](), escaping: .display, isPretty: isPretty)
    writer.write(self)
    return String(decoding: writer.end(), as: UTF8.self)
  }
}
