/// Finds the end of a JSON object, byte by byte, without reading what it says.
struct ObjectScanner {
  private var depth = 0
  private var isText = false
  private var isEscaped = false

  /// Whether it ends with this byte. The first one is the bracket that it begins with.
  mutating func ends(with byte: UInt8) -> Bool {
    if isText {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isText = false
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isText = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      return depth == 0
    default: break
    }
    return false
  }
}
