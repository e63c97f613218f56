/// The arithmetic of UTF-8 (RFC 3629), for whoever reads it scalar by scalar.
@usableFromInline
package enum UTF8Form {
  /// How many bytes a scalar takes that begins with this one: 1 to 4; nil for a byte that begins none.
  @inlinable
  package static func length(ofFirst byte: UInt8) -> Int? {
    switch byte {
    case 0x00...0x7F: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }

  /// The bits that the first byte of a longer form brings.
  @inlinable
  package static func bits(ofFirst byte: UInt8, length: Int) -> UInt32 {
    UInt32(byte) & (0x7F >> UInt32(length))
  }

  /// The value so far with the six bits of one more byte; nil when that byte continues nothing.
  @inlinable
  package static func adding(_ byte: UInt8, to bits: UInt32) -> UInt32? {
    byte & 0xC0 == 0x80 ? bits << 6 | UInt32(byte & 0x3F) : nil
  }

  /// The scalar of all bits; nil for a surrogate, for what is no scalar, and for a form that is longer than it has to be.
  @inlinable
  package static func scalar(_ bits: UInt32, length: Int) -> Unicode.Scalar? {
    let smallest: UInt32 =
      switch length {
      case 1: 0
      case 2: 0x80
      case 3: 0x800
      default: 0x10000
      }
    return bits >= smallest ? Unicode.Scalar(bits) : nil
  }
}
