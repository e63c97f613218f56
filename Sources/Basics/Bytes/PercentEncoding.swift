/// Which bytes stay as they are in an address or a form; any other is written as `%` and two digits.
package struct PercentEncoding: Sendable {
  private let keeps: @Sendable (UInt8) -> Bool
  /// Whether a blank becomes a plus sign.
  private let isForm: Bool

  /// One component of an address: everything but the unreserved characters of RFC 3986 is encoded.
  package static let unreserved = PercentEncoding { $0.isUnreserved }
  /// One component of an address, as ECMAScript's `encodeURIComponent` writes it: `!`, `*` and parentheses stay, which
  /// mean nothing there.
  package static let component = PercentEncoding { $0.isUnreserved || "!*()".utf8.contains($0) }
  /// `application/x-www-form-urlencoded`: a blank becomes a plus sign.
  package static let form = PercentEncoding(isForm: true) {
    $0 == UInt8(ascii: "*") || $0.isUnreserved && $0 != UInt8(ascii: "~")
  }

  private init(isForm: Bool = false, keeps: @escaping @Sendable (UInt8) -> Bool) {
    self.keeps = keeps
    self.isForm = isForm
  }

  /// Writes bytes in this encoding.
  package func encode(_ bytes: RawSpan, to sink: inout some ByteSink & ~Copyable) {
    for offset in 0..<bytes.byteCount {
      let byte = bytes[offset]
      if keeps(byte) {
        sink.append(byte)
      } else if isForm, byte == 0x20 {
        sink.append(UInt8(ascii: "+"))
      } else {
        sink.append(escaped: byte)
      }
    }
  }

  /// The byte that `%` and two digits at an offset stand for; nil when something else stands there.
  package static func code(_ text: RawSpan, at offset: Int) -> UInt8? {
    guard offset + 2 < text.byteCount, text[offset] == UInt8(ascii: "%"),
      let high = text[offset + 1].hexValue, let low = text[offset + 2].hexValue
    else { return nil }
    return high << 4 | low
  }

  /// Calls `take` with each byte of a name or value of a form; a `%` that begins no code is kept.
  package static func decodeForm(_ text: RawSpan, _ take: (UInt8) -> Void) {
    var offset = 0
    while offset < text.byteCount {
      if let byte = code(text, at: offset) {
        take(byte)
        offset += 3
      } else {
        take(text[offset] == UInt8(ascii: "+") ? 0x20 : text[offset])
        offset += 1
      }
    }
  }
}

extension ByteSink where Self: ~Copyable {
  /// As one component of an address: everything but the unreserved characters of RFC 3986 is encoded.
  package mutating func append(percentEncoded bytes: RawSpan) {
    PercentEncoding.unreserved.encode(bytes, to: &self)
  }

  /// As one component of an address, as ECMAScript's `encodeURIComponent` writes it.
  package mutating func append(component bytes: RawSpan) {
    PercentEncoding.component.encode(bytes, to: &self)
  }

  /// As `application/x-www-form-urlencoded`.
  package mutating func append(formEncoded bytes: RawSpan) {
    PercentEncoding.form.encode(bytes, to: &self)
  }

  /// `%` and two digits in capital letters.
  package mutating func append(escaped byte: UInt8) {
    append(UInt8(ascii: "%"))
    append(Hexadecimal.digit(byte >> 4, uppercase: true))
    append(Hexadecimal.digit(byte & 15, uppercase: true))
  }
}

extension UInt8 {
  /// Letters, digits, `-`, `.`, `_` and `~`.
  package var isUnreserved: Bool {
    isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
      || self == UInt8(ascii: "_") || self == UInt8(ascii: "~")
  }
}
