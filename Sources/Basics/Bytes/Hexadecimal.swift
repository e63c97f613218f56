/// Hexadecimal digits, two a byte.
@usableFromInline
package enum Hexadecimal {
  /// `n` is below 16.
  @inlinable
  package static func digit(_ n: UInt8, uppercase: Bool = false) -> UInt8 {
    n < 10 ? 0x30 + n : (uppercase ? 0x41 : 0x61) + n - 10
  }

  /// The digits of a number, with zeros in front up to a count.
  package static func text(_ number: UInt64, digits: Int, uppercase: Bool = false) -> String {
    let text = String(number, radix: 16, uppercase: uppercase)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// Calls `take` with each byte that the digits stand for, in order. Returns false, at once, at anything that is no
  /// digit; half a byte at the end is refused before anything is read.
  package static func decode(_ text: RawSpan, _ take: (UInt8) -> Void) -> Bool {
    guard text.byteCount.isMultiple(of: 2) else { return false }
    for offset in stride(from: 0, to: text.byteCount, by: 2) {
      guard let high = text[offset].hexValue, let low = text[offset + 1].hexValue else {
        return false
      }
      take(high << 4 | low)
    }
    return true
  }
}

extension ByteSink where Self: ~Copyable {
  /// Two digits in small letters.
  @inlinable
  package mutating func append(hex byte: UInt8) {
    append(Hexadecimal.digit(byte >> 4))
    append(Hexadecimal.digit(byte & 15))
  }

  /// Two digits a byte, in small letters.
  package mutating func append(hex bytes: RawSpan) {
    for offset in 0..<bytes.byteCount { append(hex: bytes[offset]) }
  }
}

extension Sequence<UInt8> {
  /// Two digits a byte, in small letters; for bytes that are no secret.
  @inlinable
  package var hex: String {
    var digits: [UInt8] = []
    for byte in self { digits.append(hex: byte) }
    return String(decoding: digits, as: UTF8.self)
  }
}
