internal import Basics
internal import Connections

/// An age file as it lies in a store: with the version that it was sealed as, and the signature of whoever wrote it.
///
/// `usher-signed-1`, a line end, the writer's public key (32 bytes), the version (8, the highest first), an Ed25519
/// signature (64) and the age file.
struct SignedEnvelope {
  private static let magic = Array("usher-signed-1\n".utf8)
  /// In front of what is signed, so that a signature for something else is none for this.
  private static let context = Array("usher sealed content 1\n".utf8)
  private static let signatureLength = 64
  private static let frontLength =
    magic.count + KnownWriter.keyLength + MemoryLayout<Int64>.size + signatureLength

  /// The writer's public key.
  let writer: [UInt8]
  let version: Int64
  private let signature: [UInt8]
  /// The age file.
  let file: [UInt8]
  /// Of the age file: SHA-256.
  let digest: [UInt8]

  /// Signs an age file.
  init(
    _ file: [UInt8], _ binding: SealBinding, version: Int64, in store: String, by key: WriterKey
  ) throws(StoreFailure) {
    let digest = file.sha256
    let message = SignedEnvelope.message(digest, binding, version: version, in: store)
    guard let signature = key.sign(message), signature.count == SignedEnvelope.signatureLength
    else {
      throw .explained(
        .failed(
          Explanation(
            what: "\(binding.content.subject) was not stored", why: "it could not be signed")))
    }
    self.file = file
    self.digest = digest
    self.version = version
    self.signature = signature
    writer = key.publicKey
  }

  /// Nil when it is none.
  init?(_ stored: [UInt8]) {
    guard stored.count >= SignedEnvelope.frontLength, stored.starts(with: SignedEnvelope.magic)
    else { return nil }
    var start = SignedEnvelope.magic.count
    func take(_ count: Int) -> ArraySlice<UInt8> {
      defer { start += count }
      return stored[start..<start + count]
    }
    writer = Array(take(KnownWriter.keyLength))
    version = Int64(bitPattern: take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    signature = Array(take(SignedEnvelope.signatureLength))
    file = Array(stored[start...])
    digest = file.sha256
  }

  /// As it lies in a store.
  var bytes: [UInt8] {
    SignedEnvelope.magic + writer + SignedEnvelope.bytes(of: version) + signature + file
  }

  /// Whether its writer has signed it as what it is taken for.
  func isSigned(as binding: SealBinding, in store: String) -> Bool {
    let message = SignedEnvelope.message(digest, binding, version: version, in: store)
    return WriterKey.isValid(signature, of: message, by: writer)
  }

  /// Texts begin with their length, so that no two contents have the same message.
  private static func message(
    _ digest: [UInt8], _ binding: SealBinding, version: Int64, in store: String
  ) -> [UInt8] {
    var message = context
    for text in [binding.kind, store, binding.id] {
      message += bytes(of: Int64(text.utf8.count))
      message += text.utf8
    }
    return message + bytes(of: version) + digest
  }

  private static func bytes(of number: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> Int64(56 - 8 * $0)) }
  }
}
