internal import Secrets

/// Writes JSON whose strings may be secrets: from buffer to buffer, never through a `String`.
///
/// The caller keeps to the grammar: values inside an object each follow their `key`.
struct SecretJSONWriter: ~Copyable {
  private var text: SecretWriter
  /// Whether a comma has to stand before the next member or element.
  private var needsComma = false

  init(limit: Int = SecretJSON.limit) { text = SecretWriter(limit: limit) }

  mutating func beginObject() { open(UInt8(ascii: "{")) }
  mutating func endObject() { close(UInt8(ascii: "}")) }
  mutating func beginArray() { open(UInt8(ascii: "[")) }
  mutating func endArray() { close(UInt8(ascii: "]")) }

  mutating func key(_ name: String) {
    string(name)
    text.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func string(_ value: String) {
    separate()
    text.append(UInt8(ascii: "\""))
    for byte in value.utf8 { escape(byte) }
    text.append(UInt8(ascii: "\""))
  }

  /// Bytes that are no UTF-8 are written as they are: what was typed is kept, and the reader says where it fails.
  mutating func string(_ value: RawSpan) {
    separate()
    text.append(UInt8(ascii: "\""))
    for offset in 0..<value.byteCount { escape(value[offset]) }
    text.append(UInt8(ascii: "\""))
  }

  mutating func number(_ value: Int64) {
    separate()
    text.append(text: String(value))
  }

  mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  /// Text that is JSON already.
  mutating func raw(_ json: String) {
    separate()
    text.append(text: json)
  }

  mutating func raw(_ json: RawSpan) {
    separate()
    text.append(json)
  }

  /// The text; nil when it was longer than the limit.
  consuming func finish() -> SecretBuffer? { text.finish() }

  private mutating func separate() {
    if needsComma { text.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    text.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    text.append(bracket)
    needsComma = true
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): text.append(text: "\\\"")
    case UInt8(ascii: "\\"): text.append(text: "\\\\")
    case 0x0A: text.append(text: "\\n")
    case 0x0D: text.append(text: "\\r")
    case 0x09: text.append(text: "\\t")
    case 0x00...0x1F, 0x7F:
      let digits = String(byte, radix: 16)
      text.append(text: digits.utf8.count == 1 ? "\\u000" : "\\u00")
      text.append(text: digits)
    default: text.append(byte)
    }
  }
}
