/// The beginning of a control sequence that was given up because the rest of it was late, as on a line that sends byte by
/// byte. When the rest comes after all, it is no text: least of all the mark of a paste is.
struct TornSequence {
  /// What the bytes that have come since make of it.
  enum Continuation: Equatable {
    /// They have nothing to do with it.
    case none
    /// They may become the rest of it.
    case begun
    /// So many of them are the rest of it.
    case whole(Int)
  }

  /// How late the rest may be.
  static let memory = Duration.seconds(1)
  /// No mark of a paste and no key is longer.
  private static let longest = 12

  /// `ESC`, or `ESC [` and what followed. Never text that somebody typed.
  private(set) var bytes: [UInt8] = []
  private var time = ContinuousClock.now

  mutating func forget() { bytes = [] }

  /// Remembers what was given up.
  mutating func remember(_ given: Span<UInt8>, at now: ContinuousClock.Instant) {
    let isControlSequence = given.count == 1 || given[1] == UInt8(ascii: "[")
    guard given[0] == 0x1B, isControlSequence, given.count <= TornSequence.longest else { return }
    bytes = given.indices.map { given[$0] }
    time = now
  }

  /// What the bytes behind it are, that came at a time.
  func continuation(in rest: Span<UInt8>, at arrival: ContinuousClock.Instant) -> Continuation {
    guard !bytes.isEmpty, arrival - time <= TornSequence.memory else { return .none }
    var offset = 0
    if bytes.count == 1 {
      guard rest[0] == UInt8(ascii: "[") else { return .none }
      offset = 1
    }
    while offset < rest.count, offset < TornSequence.longest, (0x30..<0x40).contains(rest[offset]) {
      offset += 1
    }
    if offset == rest.count { return .begun }
    guard offset < TornSequence.longest, (0x40..<0x7F).contains(rest[offset]) else { return .none }
    return .whole(offset + 1)
  }
}
