internal import Basics
internal import Secrets

/// What comes by a pipe while the other end waits for us: an object, and later a line. Never more is read than has come,
/// straight into locked memory.
struct PipedInput: ~Copyable {
  private let descriptor: Int32
  private var window: SecretBuffer
  private var isAtEnd = false

  /// In bytes: more than any file of values has, and any address of a browser.
  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    window = SecretBuffer(capacity: SecretBuffer.fileCapacity)
  }

  /// A JSON object, as far as its last bracket.
  /// - Returns: nil where there is none, or it has no end.
  mutating func object() throws(SystemError) -> SecretBuffer? {
    var (scanner, offset) = (ObjectScanner(), 0)
    try skipBlanks()
    guard try byte(at: 0) == UInt8(ascii: "{") else { return nil }
    while let next = try byte(at: offset) {
      offset += 1
      if scanner.ends(with: next) { return take(offset) }
    }
    return nil
  }

  /// The next line that is not blank, without its end; what comes last needs none.
  /// - Returns: nil where nothing comes, or more than `limit` bytes do.
  mutating func line(limit: Int) throws(SystemError) -> SecretBuffer? {
    try skipBlanks()
    var offset = 0
    while let next = try byte(at: offset), next != UInt8(ascii: "\n") {
      offset += 1
      if offset > limit { return nil }
    }
    return offset == 0 ? nil : take(offset)
  }

  private mutating func take(_ count: Int) -> SecretBuffer {
    let taken = window.withBytes { SecretBuffer(copying: $0.extracting(0..<count)) }
    window.remove(0..<count)
    return taken
  }

  private mutating func skipBlanks() throws(SystemError) {
    while let next = try byte(at: 0), next.isMarkupBlank { window.remove(0..<1) }
  }

  private mutating func byte(at offset: Int) throws(SystemError) -> UInt8? {
    while offset >= window.count, !isAtEnd, window.count < window.capacity {
      let descriptor = descriptor
      let added = try unsafe window.appendInPlace(atMost: 4096) { room throws(SystemError) in
        try unsafe FileDescriptor.read(descriptor, into: room)
      }
      if added == 0 { isAtEnd = true }
    }
    return offset < window.count ? window.withBytes { $0[offset] } : nil
  }
}
