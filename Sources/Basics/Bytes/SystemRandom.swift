internal import CLinux

/// Randomness of the system.
package enum SystemRandom {
  /// Fills all of `room`. Traps when the system has none: no key may be made from anything else.
  package static func fill(_ room: UnsafeMutableRawBufferPointer) {
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
  package static func bytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    unsafe bytes.withUnsafeMutableBytes { room in unsafe fill(room) }
    return bytes
  }

  /// `count` random bytes in hexadecimal digits.
  package static func hex(_ count: Int) -> String { bytes(count).hex }
}
