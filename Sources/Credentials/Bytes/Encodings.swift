internal import Secrets

/// Base64, hexadecimal and percent encoding from secret bytes straight into secret bytes.
extension SecretWriter {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  /// For addresses and file names (RFC 4648, section 5).
  private static let addressAlphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let digits = Array("0123456789abcdef".utf8)
  private static let capitalDigits = Array("0123456789ABCDEF".utf8)

  mutating func append(base64 bytes: RawSpan) {
    append(base64: bytes, Self.alphabet, isPadded: true)
  }

  /// With `-` and `_`, without the signs that fill up the end.
  mutating func append(base64URL bytes: RawSpan) {
    append(base64: bytes, Self.addressAlphabet, isPadded: false)
  }

  private mutating func append(base64 bytes: RawSpan, _ alphabet: [UInt8], isPadded: Bool) {
    var offset = 0
    while offset < bytes.byteCount {
      let count = min(3, bytes.byteCount - offset)
      var group: UInt32 = 0
      for index in 0..<3 {
        group = group << 8 | (index < count ? UInt32(bytes[offset + index]) : 0)
      }
      for index in 0..<4 {
        let digit = Int(group >> UInt32(18 - 6 * index) & 0x3F)
        if index <= count {
          append(alphabet[digit])
        } else if isPadded {
          append(UInt8(ascii: "="))
        }
      }
      offset += 3
    }
  }

  mutating func append(hex bytes: RawSpan) {
    for offset in 0..<bytes.byteCount {
      append(Self.digits[Int(bytes[offset] >> 4)])
      append(Self.digits[Int(bytes[offset] & 15)])
    }
  }

  /// As one component of an address: everything but the unreserved characters of RFC 3986 is encoded.
  mutating func append(percentEncoded bytes: RawSpan) {
    for offset in 0..<bytes.byteCount {
      let byte = bytes[offset]
      if byte.isUnreserved { append(byte) } else { append(escaped: byte) }
    }
  }

  /// As one component of an address, as ECMAScript's `encodeURIComponent` writes it: `!`, `*` and parentheses stay, which
  /// mean nothing there.
  mutating func append(component bytes: RawSpan) {
    for offset in 0..<bytes.byteCount {
      let byte = bytes[offset]
      if byte.isUnreserved || "!*()".utf8.contains(byte) {
        append(byte)
      } else {
        append(escaped: byte)
      }
    }
  }

  /// As `application/x-www-form-urlencoded`: a blank becomes a plus sign.
  mutating func append(formEncoded bytes: RawSpan) {
    for offset in 0..<bytes.byteCount {
      let byte = bytes[offset]
      switch byte {
      case 0x20: append(UInt8(ascii: "+"))
      case UInt8(ascii: "*"): append(byte)
      case UInt8(ascii: "~"): append(escaped: byte)
      default: if byte.isUnreserved { append(byte) } else { append(escaped: byte) }
      }
    }
  }

  /// The name of the next pair of a form, with what stands around it.
  mutating func append(formName name: String) {
    if count > 0 { append(UInt8(ascii: "&")) }
    SecretBuffer(text: name, capacity: 1).withBytes { append(formEncoded: $0) }
    append(UInt8(ascii: "="))
  }

  mutating func append(escaped byte: UInt8) {
    append(UInt8(ascii: "%"))
    append(Self.capitalDigits[Int(byte >> 4)])
    append(Self.capitalDigits[Int(byte & 15)])
  }
}

extension UInt8 {
  /// Letters, digits, `-`, `.`, `_` and `~`.
  var isUnreserved: Bool {
    isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
      || self == UInt8(ascii: "_") || self == UInt8(ascii: "~")
  }
}

extension SecretBuffer {
  /// The bytes that hexadecimal digits stand for, blanks at the ends left aside; nil when there are others, or half a
  /// byte.
  init?(hex text: RawSpan) {
    let range = text.rangeWithoutOuterBlanks
    self.init(capacity: max(1, range.count / 2))
    guard range.count.isMultiple(of: 2) else { return nil }
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
      guard let high = text[offset].hexValue, let low = text[offset + 1].hexValue else {
        return nil
      }
      append(high << 4 | low)
    }
  }

  /// The bytes that a Base64 text stands for, of either alphabet, blanks skipped; nil when it is none.
  init?(base64 text: RawSpan) {
    self.init(capacity: max(1, text.byteCount))
    var group: UInt32 = 0
    var bits: UInt32 = 0
    for offset in 0..<text.byteCount {
      let byte = text[offset]
      if byte.isBlank || byte == UInt8(ascii: "=") { continue }
      guard let digit = byte.base64Value else { return nil }
      group = group << 6 | UInt32(digit)
      bits += 6
      if bits >= 8 {
        bits -= 8
        append(UInt8(truncatingIfNeeded: group >> bits))
      }
    }
  }
}

extension SecretBuffer {
  /// What a name or value of `application/x-www-form-urlencoded` stands for; a `%` that begins no code is kept.
  init(formDecoding text: RawSpan) {
    self.init(capacity: max(1, text.byteCount))
    var offset = 0
    while offset < text.byteCount {
      let byte = text[offset]
      if byte == UInt8(ascii: "%"), offset + 2 < text.byteCount,
        let high = text[offset + 1].hexValue, let low = text[offset + 2].hexValue
      {
        append(high << 4 | low)
        offset += 3
      } else {
        append(byte == UInt8(ascii: "+") ? 0x20 : byte)
        offset += 1
      }
    }
  }
}

extension UInt8 {
  fileprivate var base64Value: UInt8? {
    switch self {
    case 0x41...0x5A: self - 0x41
    case 0x61...0x7A: self - 0x61 + 26
    case 0x30...0x39: self - 0x30 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
