internal import Crypto

/// Random bytes: the system's, or those of a seed.
///
/// A seed's own bytes come first, as they are, so that a nonce of a published example can be given; when they are used
/// up, SHA-256 of the seed and a counter of eight bytes, big-endian and from 0, goes on for ever.
package struct Chance: Sendable {
  /// In bytes. Enough for every nonce of a check; more is a mistake.
  package static let seedLimit = 1024

  private let seed: [UInt8]?
  private var ahead: ArraySlice<UInt8>
  private var counter: UInt64 = 0

  /// The system's.
  package init() {
    seed = nil
    ahead = []
  }

  /// - Parameter seed: 1 to `seedLimit` bytes.
  package init(seed: [UInt8]) {
    self.seed = seed
    ahead = seed[...]
  }

  /// Reads a seed in hexadecimal; nil when it is none, or not of an allowed length.
  package init?(hex text: String) {
    let digits = text.utf8.compactMap(\.hexValue)
    guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2),
      (2...2 * Self.seedLimit).contains(digits.count)
    else { return nil }
    self.init(
      seed: stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
  }

  /// The next bytes.
  package mutating func bytes(_ count: Int) -> [UInt8] {
    guard let seed else {
      var generator = SystemRandomNumberGenerator()
      return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    while ahead.count < count {
      let place = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
      ahead += Array(SHA256.hash(data: seed + place))[...]
      counter += 1
    }
    defer { ahead = ahead.dropFirst(count) }
    return Array(ahead.prefix(count))
  }

  /// The next bytes, two hexadecimal digits each.
  package mutating func hex(_ count: Int) -> String {
    bytes(count).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// A UUID of version 4 of the next 16 bytes.
  package mutating func uuid() -> String {
    let halves = bytes(16).reduce(into: (high: UInt64(0), low: UInt64(0))) { halves, byte in
      halves.high = halves.high << 8 | halves.low >> 56
      halves.low = halves.low << 8 | UInt64(byte)
    }
    return UUIDText.text(halves.high, halves.low)
  }
}
