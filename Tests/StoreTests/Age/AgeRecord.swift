import Basics
import Secrets
import TestSupport

@testable import Store

/// A random content with those it is sealed to, for comparing programs.
struct AgeRecord: Sendable {
  /// How many of them each comparison has, more in a nightly run.
  static let count = Gate.size("USHER_RECORDS", else: 24)
  /// Keys of both kinds that programs agree on. New ones each time.
  static let keys = (0..<4).flatMap { _ in [TestKey.native(), TestKey.ssh()] }

  let content: [UInt8]
  /// One to five of the keys.
  let keys: [TestKey]
  /// Which of them is to open it.
  let reader: TestKey
  let isArmored: Bool

  var recipients: [AgeRecipient] { keys.map(\.recipient) }

  /// The same number of them with the same contents each time.
  static func all(seed: UInt64) -> [AgeRecord] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in AgeRecord(&random) }
  }

  private init(_ random: inout SeededRandom) {
    let edges = [0, 1, 65_535, 65_536, 65_537]
    let size =
      switch random.below(8) {
      case 0, 1: edges[random.below(edges.count)]
      case 2: random.below(1_000_001)
      default: random.below(4096)
      }
    content = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    keys = Array(AgeRecord.keys.shuffled(using: &random).prefix(1 + random.below(5)))
    reader = keys[random.below(keys.count)]
    // Only short ones: armor is made and read a byte at a time.
    isArmored = size < 70_000 && random.below(2) == 0
  }

  /// As we seal it.
  func sealed() throws -> [UInt8] {
    let file = try AgeFile.seal(SecretBuffer(copying: content), to: recipients)
    return isArmored ? AgeArmor.encode(file) : file
  }

  /// Whether we find the content in a file that another program has sealed.
  func isOpened(from file: [UInt8]) throws -> Bool {
    let file = isArmored ? try AgeArmor.decode(file) : file
    var content = SecretBuffer(capacity: max(1, file.count))
    try AgeFile.open(file, with: try reader.identities(), into: &content)
    return content.withBytes { $0.copied() } == self.content
  }
}

extension SecretBuffer {
  /// Content of a test. It is no secret.
  init(copying bytes: [UInt8]) {
    self = bytes.withBytes { SecretBuffer(copying: $0) }
  }
}
