internal import Basics

/// One way of looking at a text in which secrets are searched: its bytes without the differences that an echo may bring,
/// and where each of them stands.
struct TextView {
  /// Which bytes of a text, or of a secret, count.
  enum Sight: CaseIterable {
    case all
    /// Not the blanks, which a line that was broken or spaced out has in it.
    case withoutBlanks
    /// Only what can be typed on any keyboard, full-width letters as what they stand for: marks that are drawn over
    /// letters, and letters that look like nothing, can stand between those of a secret.
    case ascii
  }

  let bytes: [UInt8]
  /// For each of `bytes` what it takes of the text.
  let places: [Range<Int>]
  /// Window → where it begins in `bytes`.
  private(set) var windows: [UInt64: [Int]] = [:]

  init(_ text: RawSpan, _ sight: Sight) {
    var bytes: [UInt8] = []
    var places: [Range<Int>] = []
    sight.forEach(text) { byte, place in
      bytes.append(byte)
      places.append(place)
    }
    (self.bytes, self.places) = (bytes, places)
    var window = RollingWindow()
    for (offset, byte) in bytes.enumerated() {
      guard let key = window.add(byte) else { continue }
      windows[key, default: []].append(offset - Redactor.window + 1)
    }
  }

  /// The places where a window begins. Each is told once, so that repetitions cost nothing.
  mutating func take(_ window: UInt64) -> [Int] { windows.removeValue(forKey: window) ?? [] }
}

extension TextView.Sight {
  /// Calls `body` with each byte that counts, folded, and what it takes of the text.
  func forEach(_ text: RawSpan, _ body: (UInt8, Range<Int>) -> Void) {
    text.forEachScalar { decoded, offset in
      let place = offset..<offset + decoded.length
      let first = text[offset]
      switch self {
      case .all, .withoutBlanks:
        if self == .all || !first.isBlank {
          for index in place { body(text[index].folded, index..<index + 1) }
        }
      case .ascii:
        if let byte = decoded.scalar.flatMap(Self.typed) { body(byte.folded, place) }
      }
      return true
    }
  }

  private static func typed(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0x21...0x7E: UInt8(scalar.value)
    case 0xFF01...0xFF5E: UInt8(scalar.value - 0xFF01 + 0x21)
    default: nil
    }
  }
}

/// The last eight bytes as one number.
struct RollingWindow {
  private var value: UInt64 = 0
  private var count = 0

  /// Nil until there are eight.
  mutating func add(_ byte: UInt8) -> UInt64? {
    value = value << 8 | UInt64(byte)
    count += 1
    return count >= Redactor.window ? value : nil
  }
}

extension UInt8 {
  /// Without the differences that an echo may bring: case, and the two alphabets of Base64.
  fileprivate var folded: UInt8 {
    switch self {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: asciiLowercased
    }
  }
}
