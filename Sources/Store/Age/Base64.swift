/// Base 64 (RFC 4648, section 4), canonical only. For ciphertext and public keys, never for secrets.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let none: UInt8 = 0xFF
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: none, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()
  private static let padding = UInt8(ascii: "=")

  /// The text of `bytes`: headers have no padding, the armor has.
  static func encode(_ bytes: some Collection<UInt8>, padded: Bool = false) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var (waiting, count) = (UInt32(0), 0)
    for byte in bytes {
      waiting = waiting << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[Int(waiting >> UInt32(count) & 63)])
      }
      waiting &= (1 << UInt32(count)) - 1
    }
    if count > 0 { text.append(alphabet[Int(waiting << UInt32(6 - count) & 63)]) }
    while padded, text.count % 4 != 0 { text.append(padding) }
    return text
  }

  /// The bytes of a text, or nil when a character is foreign, padding is missing or unwanted, or the bits after the
  /// last byte are not zero: each content has exactly one text.
  static func decode(_ text: some Collection<UInt8>, padded: Bool = false) -> [UInt8]? {
    var length = text.count
    if padded {
      guard length % 4 == 0 else { return nil }
      length -= text.suffix(2).reversed().prefix { $0 == padding }.count
    }
    guard length % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length / 4 * 3 + 2)
    var (waiting, count) = (UInt32(0), 0)
    for character in text.prefix(length) {
      let value = values[Int(character)]
      guard value != none else { return nil }
      waiting = waiting << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(waiting >> UInt32(count)))
        waiting &= (1 << UInt32(count)) - 1
      }
    }
    return waiting == 0 ? bytes : nil
  }
}
