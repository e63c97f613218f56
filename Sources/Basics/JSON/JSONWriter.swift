/// Writes JSON value by value into a sink.
///
/// The caller keeps to the grammar: values inside an object each follow their `key`.
package struct JSONWriter<Sink: ByteSink & ~Copyable>: ~Copyable {
  private var sink: Sink
  private let escaping: JSONEscaping
  /// Whether every member and element gets a line of its own.
  private let isPretty: Bool
  private var depth = 0
  /// Whether a comma has to stand before the next member or element.
  private var needsComma = false
  private var isAfterKey = false

  /// - Parameter isPretty: with line breaks and two columns of indentation, instead of on one line.
  package init(to sink: consuming Sink, escaping: JSONEscaping, isPretty: Bool = false) {
    self.sink = sink
    self.escaping = escaping
    self.isPretty = isPretty
  }

  /// The sink with everything that was written.
  package consuming func end() -> Sink { sink }
}

extension JSONWriter where Sink: ~Copyable {
  /// `{`
  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  /// `}`
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  /// `[`
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  /// `]`
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// The name of the next member.
  package mutating func key(_ name: String) {
    string(name)
    sink.append(UInt8(ascii: ":"))
    if isPretty { sink.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  /// A string that is no secret.
  package mutating func string(_ value: String) { value.withBytes { string($0) } }

  /// Bytes that are no UTF-8 are written as they are: what was typed is kept, and the reader says where it fails.
  package mutating func string(_ value: RawSpan) {
    separate()
    sink.append(UInt8(ascii: "\""))
    sink.append(jsonEscaped: value, escaping)
    sink.append(UInt8(ascii: "\""))
  }

  /// A whole number.
  package mutating func number(_ value: Int64) { raw(String(value)) }

  /// A truth value.
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  /// Text that is JSON already.
  package mutating func raw(_ json: String) {
    separate()
    sink.append(text: json)
  }

  /// Bytes that are JSON already.
  package mutating func raw(_ json: RawSpan) {
    separate()
    sink.append(json: json, escaping)
  }

  /// A tree, members in their order. Numbers that JSON cannot express (infinities, NaN) become null.
  package mutating func write(_ value: Value) {
    switch value {
    case .null: raw("null")
    case .bool(let bool): self.bool(bool)
    case .int(let int): number(Int64(int))
    case .double(let double): raw(double.isFinite ? String(double) : "null")
    case .string(let string): self.string(string)
    case .list(let list):
      beginArray()
      for element in list { write(element) }
      endArray()
    case .map(let map):
      beginObject()
      for member in map.members {
        key(member.key)
        write(member.value)
      }
      endObject()
    }
  }

  private mutating func separate() {
    if needsComma, !isAfterKey { sink.append(UInt8(ascii: ",")) }
    if depth > 0, !isAfterKey { breakLine() }
    needsComma = true
    isAfterKey = false
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    sink.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    if needsComma { breakLine() }
    sink.append(bracket)
    needsComma = true
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    sink.append(UInt8(ascii: "\n"))
    for _ in 0..<2 * depth { sink.append(UInt8(ascii: " ")) }
  }
}
