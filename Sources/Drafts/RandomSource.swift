internal import Basics
internal import Crypto
package import Secrets

/// Random bytes: the system's, or those of a seed.
///
/// A seed's own bytes come first, as they are, so that a nonce of a published example can be given; when they are used
/// up, SHA-256 of the seed and a counter of eight bytes, big-endian and from 0, goes on for ever.
package struct RandomSource: Sendable {
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
    guard (2...2 * Self.seedLimit).contains(text.utf8.count) else { return nil }
    var seed: [UInt8] = []
    guard text.withBytes({ Hexadecimal.decode($0) { seed.append($0) } }) else {
      return nil
    }
    self.init(seed: seed)
  }

  /// The next bytes.
  package mutating func bytes(_ count: Int) -> [UInt8] {
    guard let seed else { return SystemRandom.bytes(count) }
    while ahead.count < count {
      let place = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
      ahead += Array(SHA256.hash(data: seed + place))[...]
      counter += 1
    }
    defer { ahead = ahead.dropFirst(count) }
    return Array(ahead.prefix(count))
  }

  /// The next bytes, for what has to stay a secret.
  package mutating func secret(_ count: Int) -> SecretBuffer {
    if seed == nil { return SecretBuffer(random: count) }
    var secret = SecretBuffer(capacity: max(1, count))
    secret.append(text: bytes(count))
    return secret
  }

  /// The next bytes, two hexadecimal digits each.
  package mutating func hex(_ count: Int) -> String { bytes(count).hex }

  /// A UUID of version 4 of the next 16 bytes.
  package mutating func uuid() -> String { UUIDText.text(bytes(16)) }
}
