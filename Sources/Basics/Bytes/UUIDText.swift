/// A UUID (RFC 9562, version 4) as text.
package enum UUIDText {
  /// Of 16 bytes of which 122 bits are used: version and variant stand in the others.
  package static func text(_ bytes: [UInt8]) -> String {
    precondition(bytes.count == 16)
    var bytes = bytes
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { bytes[$0].hex }.joined(separator: "-")
  }
}
