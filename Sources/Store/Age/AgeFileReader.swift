internal import Basics
internal import Secrets

/// An age file that is opened while it is read. A chunk is handed out when it has been found genuine and in its place; that
/// none is missing is known at the end.
struct AgeFileReader: ~Copyable {
  private var input: AgeFileInput
  private var chunks: AgeChunks
  private var isFinished = false

  /// Reads the header, and finds the key of the file.
  init(
    _ source: @escaping AgeFileInput.Source, with identities: borrowing AgeIdentities
  ) throws(AgeReadingError) {
    var input = try AgeFileInput(source)
    // What begins as something else, or never ends, is refused by the header.
    while !AgeHeader.isWhole(input.bytes), input.bytes.count < AgeFileInput.headerLimit,
      AgeHeader.version.starts(with: input.bytes.prefix(AgeHeader.version.count)),
      try input.readOn()
    {}
    let head = input.bytes
    let header = try AgeReadingError.explained { () throws(AgeError) in
      try AgeHeader(parsing: head)
    }
    guard !header.wantsPassphrase else { throw .wantsPassphrase }
    let fileKey = try AgeReadingError.explained { () throws(AgeError) in
      let fileKey = try identities.unwrap(header.stanzas)
      try header.authenticate(with: fileKey)
      return fileKey
    }
    _ = input.remove(header.length)
    guard try input.fill(to: AgeChunks.nonceLength) else { throw .age(.cutOffAfterHeader) }
    chunks = AgeChunks(fileKey: fileKey, nonce: input.remove(AgeChunks.nonceLength))
    self.input = input
  }

  /// Adds the plaintext of the next chunk, 64 KiB at most.
  /// - Returns: false where there is none: the file was whole, and nothing follows it.
  mutating func next(into plaintext: inout SecretBuffer) throws(AgeReadingError) -> Bool {
    if isFinished { return false }
    _ = try input.fill(to: AgeChunks.sealedLength)
    let chunk = input.remove(min(input.bytes.count, AgeChunks.sealedLength))
    guard !chunk.isEmpty else { throw .age(.cutOff) }
    isFinished = try AgeReadingError.explained { () throws(AgeError) in
      try chunks.open(chunk[...], into: &plaintext)
    }
    if isFinished, try input.fill(to: 1) { throw .age(.continued) }
    return true
  }
}
