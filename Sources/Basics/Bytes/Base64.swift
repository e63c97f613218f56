/// Base64 (RFC 4648), three bytes in four characters.
@usableFromInline
package struct Base64: Sendable {
  /// Section 4, filled up with `=`.
  package static let padded = Base64(characters: ("+", "/"), isPadded: true)
  /// Section 4, without the signs that fill up the end.
  package static let unpadded = Base64(characters: ("+", "/"), isPadded: false)
  /// Section 5, for addresses and file names: `-` and `_`, without the signs that fill up the end.
  package static let address = Base64(characters: ("-", "_"), isPadded: false)

  private let last: (UInt8, UInt8)
  private let isPadded: Bool

  private init(characters: (Unicode.Scalar, Unicode.Scalar), isPadded: Bool) {
    last = (UInt8(ascii: characters.0), UInt8(ascii: characters.1))
    self.isPadded = isPadded
  }

  /// Writes the text of bytes, given one by one.
  package func encode(
    _ bytes: some Sequence<UInt8>, to sink: inout some ByteSink & ~Copyable
  ) {
    var encoder = Encoder(base64: self)
    for byte in bytes { encoder.append(byte, to: &sink) }
    encoder.finish(to: &sink)
  }

  /// Writes the text of bytes that lie somewhere.
  package func encode(_ bytes: RawSpan, to sink: inout some ByteSink & ~Copyable) {
    var encoder = Encoder(base64: self)
    for offset in 0..<bytes.byteCount { encoder.append(bytes[offset], to: &sink) }
    encoder.finish(to: &sink)
  }

  /// The text of bytes that are no secret.
  @inlinable
  package func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    Array(bytes).withBytes { encode($0) }
  }

  /// As above, of bytes that lie somewhere.
  @usableFromInline
  package func encode(_ bytes: RawSpan) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.byteCount + 2) / 3 * 4)
    encode(bytes, to: &text)
    return text
  }

  /// The bytes of a text that is no secret, or nil when a character is foreign, padding is missing or unwanted, or the
  /// bits after the last byte are not zero: each content has exactly one text.
  @inlinable
  package func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    Array(text).withBytes { decode($0) }
  }

  /// As above, of a text that lies somewhere.
  @usableFromInline
  package func decode(_ text: RawSpan) -> [UInt8]? {
    var length = text.byteCount
    if isPadded {
      guard length % 4 == 0 else { return nil }
      for _ in 0..<2 where length > 0 && text[length - 1] == Self.padding { length -= 1 }
    }
    guard length % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length / 4 * 3 + 2)
    var decoder = Decoder()
    for offset in 0..<length {
      guard let value = value(of: text[offset]) else { return nil }
      if let byte = decoder.append(value) { bytes.append(byte) }
    }
    return decoder.rest == 0 ? bytes : nil
  }

  /// Reads as people paste it: of either alphabet, blanks and `=` skipped wherever they stand, bits left over ignored.
  /// Calls `take` with each byte; returns false, at once, at a character of neither alphabet.
  package static func decodeLeniently(_ text: RawSpan, _ take: (UInt8) -> Void) -> Bool {
    var decoder = Decoder()
    for offset in 0..<text.byteCount {
      let character = text[offset]
      if character.isBlank || character == padding { continue }
      guard let value = padded.value(of: character) ?? address.value(of: character) else {
        return false
      }
      if let byte = decoder.append(value) { take(byte) }
    }
    return true
  }

  private static let padding = UInt8(ascii: "=")

  private func character(_ value: UInt8) -> UInt8 {
    switch value {
    case 0..<26: 0x41 + value
    case 26..<52: 0x61 + value - 26
    case 52..<62: 0x30 + value - 52
    case 62: last.0
    default: last.1
    }
  }

  private func value(of character: UInt8) -> UInt8? {
    switch character {
    case 0x41...0x5A: character - 0x41
    case 0x61...0x7A: character - 0x61 + 26
    case 0x30...0x39: character - 0x30 + 52
    case last.0: 62
    case last.1: 63
    default: nil
    }
  }

  private struct Encoder {
    let base64: Base64
    private var bits: UInt32 = 0
    /// How many bytes of a group of three are in `bits`.
    private var count = 0

    init(base64: Base64) { self.base64 = base64 }

    mutating func append(_ byte: UInt8, to sink: inout some ByteSink & ~Copyable) {
      bits = bits << 8 | UInt32(byte)
      count += 1
      if count == 3 { flush(to: &sink) }
    }

    mutating func finish(to sink: inout some ByteSink & ~Copyable) {
      guard count > 0 else { return }
      let missing = 3 - count
      bits <<= UInt32(8 * missing)
      flush(to: &sink)
      if base64.isPadded { for _ in 0..<missing { sink.append(Base64.padding) } }
    }

    private mutating func flush(to sink: inout some ByteSink & ~Copyable) {
      for index in 0...count {
        let value = UInt8(truncatingIfNeeded: bits >> UInt32(18 - 6 * index) & 0x3F)
        sink.append(base64.character(value))
      }
      (bits, count) = (0, 0)
    }
  }

  private struct Decoder {
    private var bits: UInt32 = 0
    private var count = 0

    /// What is left after the last whole byte.
    var rest: UInt32 { bits }

    /// Takes six bits; returns a byte when one is whole.
    mutating func append(_ value: UInt8) -> UInt8? {
      bits = bits << 6 | UInt32(value)
      count += 6
      guard count >= 8 else { return nil }
      count -= 8
      let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
      bits &= (1 << UInt32(count)) - 1
      return byte
    }
  }
}

extension ByteSink where Self: ~Copyable {
  /// With `+` and `/`, filled up with `=`.
  package mutating func append(base64 bytes: RawSpan) { Base64.padded.encode(bytes, to: &self) }

  /// With `-` and `_`, without the signs that fill up the end.
  package mutating func append(base64URL bytes: RawSpan) { Base64.address.encode(bytes, to: &self) }
}
