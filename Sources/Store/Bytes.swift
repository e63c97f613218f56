internal import CLinux
internal import Secrets

/// Reading and writing bytes in place, without a copy in a `String`, an array or a `Data`.
extension RawSpan {
  /// The byte at an offset; traps outside the span.
  subscript(offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  /// Whether the text stands at an offset.
  func has(_ text: some Collection<UInt8>, at offset: Int = 0) -> Bool {
    guard offset >= 0, text.count <= byteCount - offset else { return false }
    var position = offset
    for byte in text {
      if self[position] != byte { return false }
      position += 1
    }
    return true
  }

  /// A copy on the plain heap: for bytes that are no secret.
  func copied() -> [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}

extension SecretBuffer {
  /// A buffer with room for `capacity` bytes that holds a copy of `bytes`.
  init(copying bytes: RawSpan, capacity: Int? = nil) {
    self.init(capacity: max(1, capacity ?? bytes.byteCount))
    append(bytes)
  }

  /// A buffer that holds `count` random bytes.
  init(random count: Int) {
    self.init(capacity: count)
    _ = unsafe appendInPlace(atMost: count) { room in
      unsafe Random.fill(room)
      return count
    }
  }

  /// Adds bytes that are no secret; false, and nothing added, when they do not fit.
  @discardableResult
  mutating func append(text: some Collection<UInt8>) -> Bool {
    guard text.count <= capacity - count else { return false }
    for byte in text { append(byte) }
    return true
  }
}

/// Randomness of the system.
enum Random {
  /// Fills all of `room`. Traps when the system has none: no key may be made from anything else.
  static func fill(_ room: UnsafeMutableRawBufferPointer) {
    var offset = 0
    while offset < room.count {
      // getentropy(3) hands out at most 256 bytes a call.
      let piece = min(256, room.count - offset)
      guard let start = room.baseAddress, unsafe getentropy(start + offset, piece) == 0 else {
        fatalError("the system has no randomness")
      }
      offset += piece
    }
  }

  /// Random bytes that are no secret: nonces, salts, names.
  static func bytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    unsafe bytes.withUnsafeMutableBytes { room in unsafe fill(room) }
    return bytes
  }

  /// `count` random bytes in hexadecimal digits.
  static func hex(_ count: Int) -> String { bytes(count).hex }
}

extension Sequence<UInt8> {
  /// Two lower-case digits a byte.
  var hex: String {
    var text = ""
    for byte in self {
      if byte < 16 { text += "0" }
      text += String(byte, radix: 16)
    }
    return text
  }
}
