internal import Crypto
internal import Secrets

/// The chunks of one payload, sealed or opened one after the other under a counter, the last one marked. So each is
/// genuine and in its place before the next one comes, and a payload that was cut off has no last one.
struct AgeChunks {
  /// Of a full chunk, in bytes. Only the last one is shorter.
  static let length = 64 * 1024
  static let sealedLength = length + AgePrimitives.tagLength
  static let nonceLength = 16

  private let key: SymmetricKey
  private var counter = Counter()

  /// - Parameter nonce: what the payload begins with.
  init(fileKey: borrowing SecretBuffer, nonce: [UInt8]) {
    key = AgePrimitives.derive(from: fileKey, salt: nonce, info: "payload")
  }

  mutating func seal(_ chunk: RawSpan, isLast: Bool) throws(AgeError) -> [UInt8] {
    let sealed = try AgePrimitives.seal(chunk, with: key, nonce: counter.nonce(isLast: isLast))
    counter.advance()
    return sealed
  }

  /// Adds the plaintext of the next chunk.
  /// - Returns: whether it was the last one.
  mutating func open(
    _ chunk: ArraySlice<UInt8>, into plaintext: inout SecretBuffer
  ) throws(AgeError) -> Bool {
    let before = plaintext.count
    // A full chunk may be the last one; a short one must be.
    if chunk.count == Self.sealedLength,
      AgePrimitives.open(chunk, with: key, nonce: counter.nonce(isLast: false), into: &plaintext)
    {
      counter.advance()
      return false
    }
    guard
      AgePrimitives.open(chunk, with: key, nonce: counter.nonce(isLast: true), into: &plaintext)
    else { throw .payload("its content has been changed or cut off") }
    guard plaintext.count > before || counter.isFirst else {
      throw .payload("its last part is empty")
    }
    return true
  }

  /// Eleven bytes of chunk number, one byte that marks the last chunk.
  private struct Counter {
    private var number: UInt64 = 0

    var isFirst: Bool { number == 0 }

    mutating func advance() { number += 1 }

    func nonce(isLast: Bool) -> [UInt8] {
      var nonce = [UInt8](repeating: 0, count: 12)
      for index in 0..<8 {
        nonce[10 - index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index))
      }
      nonce[11] = isLast ? 1 : 0
      return nonce
    }
  }
}
