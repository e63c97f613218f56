/// What the checking process and its parent say to each other: a kind, a length, and so many bytes.
///
/// To the process: one `.options`, one `.submission`. From it: any number of `.progress`, one `.diagnosis`.
enum HelperFrame {
  enum Kind: UInt8, Sendable {
    case options = 1
    case submission = 2
    case progress = 3
    case diagnosis = 4

    /// The most bytes that are taken, so that neither side can make the other allocate without bound. A submission
    /// holds the provider's entry and may hold several key files of `SecretBuffer.fileCapacity`.
    var limit: Int {
      switch self {
      case .options: 16 * 1024
      case .submission: 8 * 1024 * 1024
      case .progress: 4 * 1024
      case .diagnosis: 256 * 1024
      }
    }
  }

  /// The kind in one byte and the length in four, most significant first.
  static let headerSize = 5

  static func header(_ kind: Kind, length: Int) -> [UInt8] {
    [kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
  }

  /// Nil for an unknown kind or a length beyond its limit: what speaks there is not ours.
  static func parse(_ header: some Collection<UInt8>) -> (kind: Kind, length: Int)? {
    guard let first = header.first, let kind = Kind(rawValue: first) else { return nil }
    let length = header.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return length <= kind.limit ? (kind, length) : nil
  }
}
