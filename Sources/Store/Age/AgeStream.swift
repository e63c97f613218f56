internal import Basics
internal import Secrets

/// The payload of an age file that is whole in memory: a nonce, then chunks.
enum AgeStream {
  static func seal(
    _ plaintext: RawSpan, fileKey: borrowing SecretBuffer, into file: inout [UInt8]
  ) throws(AgeError) {
    let nonce = SystemRandom.bytes(AgeChunks.nonceLength)
    file += nonce
    var (offset, chunks) = (0, AgeChunks(fileKey: fileKey, nonce: nonce))
    repeat {
      let end = min(offset + AgeChunks.length, plaintext.byteCount)
      let chunk = plaintext.extracting(offset..<end)
      file += try chunks.seal(chunk, isLast: end == plaintext.byteCount)
      offset = end
    } while offset < plaintext.byteCount
  }

  /// Adds the plaintext. When it throws, what has been added is genuine but not whole: the caller drops it.
  static func open(
    _ file: [UInt8], from start: Int, fileKey: borrowing SecretBuffer,
    into plaintext: inout SecretBuffer
  ) throws(AgeError) {
    var rest = file[start...]
    guard rest.count >= AgeChunks.nonceLength else { throw .cutOffAfterHeader }
    var chunks = AgeChunks(fileKey: fileKey, nonce: Array(rest.prefix(AgeChunks.nonceLength)))
    rest = rest.dropFirst(AgeChunks.nonceLength)
    while !rest.isEmpty {
      let isLast = try chunks.open(rest.prefix(AgeChunks.sealedLength), into: &plaintext)
      rest = rest.dropFirst(AgeChunks.sealedLength)
      guard isLast else { continue }
      guard rest.isEmpty else { throw .continued }
      return
    }
    throw .cutOff
  }
}

extension AgeError {
  static let cutOffAfterHeader = AgeError.header("it is cut off after its header")
  static let cutOff = AgeError.payload("its content is cut off")
  static let continued = AgeError.payload("something follows its content")
}
