internal import Basics
internal import Secrets

/// An age file that is written while its content comes: of that no more is kept than a chunk, in locked memory.
struct AgeFileWriter: ~Copyable {
  private var chunks: AgeChunks
  private var waiting = SecretBuffer(capacity: AgeChunks.length)
  private var armor: AgeArmorEncoder?
  private let output: ([UInt8]) -> Void

  /// Writes the header.
  /// - Parameter output: takes the bytes of the file, in pieces.
  /// - Throws: as `AgeFile.seal` does; nothing is written then.
  init(
    to recipients: [AgeRecipient], isArmored: Bool, output: @escaping ([UInt8]) -> Void
  ) throws(AgeError) {
    let fileKey = SecretBuffer(random: AgePrimitives.fileKeyLength)
    let header = AgeHeader.sealed(try AgeFile.wrap(fileKey, for: recipients), with: fileKey)
    let nonce = SystemRandom.bytes(AgeChunks.nonceLength)
    chunks = AgeChunks(fileKey: fileKey, nonce: nonce)
    armor = isArmored ? AgeArmorEncoder() : nil
    self.output = output
    write(header + nonce)
  }

  /// Adds to the content.
  mutating func append(_ content: RawSpan) throws(AgeError) {
    var offset = 0
    while offset < content.byteCount {
      // Whether a full chunk is the last one is known when something follows it.
      if waiting.count == AgeChunks.length { try seal(isLast: false) }
      let end = min(content.byteCount, offset + AgeChunks.length - waiting.count)
      waiting.append(content, offset..<end)
      offset = end
    }
  }

  /// Writes the last chunk, without which the file is not whole.
  consuming func finish() throws(AgeError) {
    try seal(isLast: true)
    if let rest = armor?.finish() { output(rest) }
  }

  private mutating func seal(isLast: Bool) throws(AgeError) {
    var chunks = chunks
    let sealed = try waiting.withBytes { content throws(AgeError) in
      try chunks.seal(content, isLast: isLast)
    }
    self.chunks = chunks
    waiting.wipe()
    write(sealed)
  }

  private mutating func write(_ bytes: [UInt8]) { output(armor?.encode(bytes) ?? bytes) }
}
