internal import Basics
internal import Secrets

/// Bech32 (BIP 173) as age uses it: without the limit on length, one case only, the prefix known beforehand.
enum Bech32 {
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let checksumLength = 6
  private static let none: UInt8 = 0xFF

  /// The value of each ASCII character in the alphabet.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: none, count: 128)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  /// Adds the decoded bytes to `data`. False when the text has another prefix or case, a character that is not in the
  /// alphabet, a wrong checksum, or bits left over; `data` may then hold a part.
  ///
  /// - Parameter prefix: with its case: `age`, `AGE-SECRET-KEY-`.
  static func decode(_ text: RawSpan, prefix: String, into data: inout SecretBuffer) -> Bool {
    let start = prefix.utf8.count + 1
    guard text.has(prefix.utf8), text.has("1".utf8, at: start - 1) else { return false }
    guard text.byteCount >= start + checksumLength else { return false }
    let isUppercase = prefix.utf8.contains { $0.isUppercase }
    var checksum = Checksum(prefix: prefix)
    var bits = BitStream(width: 5)
    for offset in start..<text.byteCount {
      guard let value = value(of: text[offset], uppercase: isUppercase) else { return false }
      checksum.add(value)
      guard offset < text.byteCount - checksumLength else { continue }
      if let byte = bits.add(value, taking: 8), !data.append(byte) { return false }
    }
    return checksum.isValid && bits.isPadding
  }

  /// Adds the text of `data`, in the case of the prefix. False when it does not fit.
  static func encode(_ data: RawSpan, prefix: String, into text: inout SecretBuffer) -> Bool {
    let isUppercase = prefix.utf8.contains { $0.isUppercase }
    var checksum = Checksum(prefix: prefix)
    guard text.append(text: prefix), text.append(UInt8(ascii: "1")) else { return false }
    func put(_ value: UInt8, _ text: inout SecretBuffer) -> Bool {
      let character = alphabet[Int(value)]
      return text.append(isUppercase ? character.uppercased : character)
    }
    var bits = BitStream(width: 8)
    for offset in 0..<data.byteCount {
      var next = bits.add(data[offset], taking: 5)
      while let value = next {
        checksum.add(value)
        guard put(value, &text) else { return false }
        next = bits.read(5)
      }
    }
    if let value = bits.rest(5) {
      checksum.add(value)
      guard put(value, &text) else { return false }
    }
    for value in checksum.final() where !put(value, &text) { return false }
    return true
  }

  private static func value(of character: UInt8, uppercase: Bool) -> UInt8? {
    guard character < 128, !(uppercase ? character.isLowercase : character.isUppercase) else {
      return nil
    }
    let value = values[Int(character.asciiLowercased)]
    return value == none ? nil : value
  }

  /// The BCH code of BIP 173.
  private struct Checksum {
    private var state: UInt32 = 1

    init(prefix: String) {
      let characters = prefix.utf8.map(\.asciiLowercased)
      for character in characters { add(character >> 5) }
      add(0)
      for character in characters { add(character & 31) }
    }

    var isValid: Bool { state == 1 }

    mutating func add(_ value: UInt8) {
      let generators: [5 of UInt32] = [
        0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3,
      ]
      let top = state >> 25
      state = (state & 0x1ff_ffff) << 5 ^ UInt32(value)
      for bit in 0..<5 where top >> UInt32(bit) & 1 == 1 { state ^= generators[bit] }
    }

    mutating func final() -> [UInt8] {
      for _ in 0..<checksumLength { add(0) }
      let code = state ^ 1
      return (0..<checksumLength).map { UInt8(code >> UInt32(5 * (5 - $0)) & 31) }
    }
  }

  /// Bits on their way from groups of one width to groups of another.
  private struct BitStream {
    private let width: Int
    private var waiting: UInt32 = 0
    private var count = 0

    init(width: Int) { self.width = width }

    /// Takes in one group and gives out one of the other width, when there are enough bits.
    mutating func add(_ group: UInt8, taking width: Int) -> UInt8? {
      waiting = waiting << UInt32(self.width) | UInt32(group)
      count += self.width
      return read(width)
    }

    mutating func read(_ width: Int) -> UInt8? {
      guard count >= width else { return nil }
      count -= width
      let group = UInt8(waiting >> UInt32(count))
      waiting &= (1 << UInt32(count)) - 1
      return group
    }

    /// The last bits, filled up with zeros.
    mutating func rest(_ width: Int) -> UInt8? {
      guard count > 0 else { return nil }
      let group = UInt8(waiting << UInt32(width - count))
      count = 0
      return group
    }

    /// Whether what is left is only the zeros that fill up the last group.
    var isPadding: Bool { count < 5 && waiting == 0 }
  }
}

extension UInt8 {
  fileprivate var uppercased: UInt8 { isLowercase ? self & ~0x20 : self }
}
