internal import Basics

/// The latest that this machine has seen of one content: its version, and the beginning of its digest, which tells two
/// things of one version apart.
struct RememberedHead: Equatable {
  static let digestLength = 8

  let version: Int64
  let digest: [UInt8]

  init(version: Int64, digest: [UInt8]) {
    self.version = version
    self.digest = Array(digest.prefix(RememberedHead.digestLength))
  }

  init(_ envelope: SignedEnvelope) {
    self.init(version: envelope.version, digest: envelope.digest)
  }

  /// Of what was removed here: whatever comes back is older.
  static let removed = RememberedHead(
    version: .max, digest: [UInt8](repeating: 0, count: digestLength))
}

extension SealBinding {
  /// In bytes.
  static let headKeyLength = 16

  /// What a head is remembered under. Nil of what has none: tokens are got again, and count anew after they were removed;
  /// a former record is held below its connection's version; of the row key the file is remembered.
  var headKey: [UInt8]? {
    switch content {
    case .record, .application:
      Array("\(kind)\n\(id)".sha256.prefix(SealBinding.headKeyLength))
    case .token, .formerRecord, .formerToken, .draft, .rowKey: nil
    }
  }
}
