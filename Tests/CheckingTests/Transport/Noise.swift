import Glibc
import TestSupport

/// Bytes in which nothing repeats that a buffer could hide.
enum Noise {
  static func bytes(_ count: Int) -> [UInt8] {
    var random = SeededRandom(seed: 12)
    var words = [UInt64](repeating: 0, count: (count + 7) / 8)
    for index in words.indices { words[index] = random.next() }
    return unsafe words.withUnsafeBytes { unsafe Array($0.prefix(count)) }
  }

  /// Whether two are equal; comparing long arrays element by element takes seconds.
  static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return unsafe memcmp(a, b, a.count) == 0
  }
}
