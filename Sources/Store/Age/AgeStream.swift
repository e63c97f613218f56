internal import Basics
internal import Crypto
internal import Secrets

/// The payload of an age file: a nonce, then chunks of 64 KiB sealed one by one under a counter, the last one marked.
enum AgeStream {
  static let nonceLength = 16
  static let chunkLength = 64 * 1024
  private static let sealedChunkLength = chunkLength + AgePrimitives.tagLength

  static func seal(
    _ plaintext: RawSpan, fileKey: borrowing SecretBuffer, into file: inout [UInt8]
  ) throws(AgeError) {
    let nonce = SystemRandom.bytes(nonceLength)
    file += nonce
    let key = AgePrimitives.derive(from: fileKey, salt: nonce, info: "payload")
    var (offset, counter) = (0, Counter())
    repeat {
      let end = min(offset + chunkLength, plaintext.byteCount)
      let chunk = plaintext.extracting(offset..<end)
      let nonce = counter.nonce(isLast: end == plaintext.byteCount)
      file += try AgePrimitives.seal(chunk, with: key, nonce: nonce)
      counter.advance()
      offset = end
    } while offset < plaintext.byteCount
  }

  /// Adds the plaintext. When it throws, what has been added is genuine but not whole: the caller drops it.
  static func open(
    _ file: [UInt8], from start: Int, fileKey: borrowing SecretBuffer,
    into plaintext: inout SecretBuffer
  ) throws(AgeError) {
    guard file.count - start >= nonceLength else { throw .header("it is cut off after its header") }
    let nonce = Array(file[start..<start + nonceLength])
    let key = AgePrimitives.derive(from: fileKey, salt: nonce, info: "payload")
    var (rest, counter) = (file[(start + nonceLength)...], Counter())
    while !rest.isEmpty {
      let chunk = rest.prefix(sealedChunkLength)
      rest = rest.dropFirst(sealedChunkLength)
      let before = plaintext.count
      // A full chunk may be the last one; a short one must be.
      if chunk.count == sealedChunkLength,
        AgePrimitives.open(chunk, with: key, nonce: counter.nonce(isLast: false), into: &plaintext)
      {
        counter.advance()
        continue
      }
      guard
        AgePrimitives.open(chunk, with: key, nonce: counter.nonce(isLast: true), into: &plaintext)
      else { throw .payload("its content has been changed or cut off") }
      guard rest.isEmpty else { throw .payload("something follows its content") }
      guard plaintext.count > before || counter.isFirst else {
        throw .payload("its last part is empty")
      }
      return
    }
    throw .payload("its content is cut off")
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
