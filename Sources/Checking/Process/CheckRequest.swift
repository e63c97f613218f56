internal import Drafts
internal import Requests
internal import Secrets

/// What goes to the checking process and comes back from it, as frames.
enum CheckRequest {
  /// Options and submission, ready to be sent: from here on the only copy of the values. Nil when the submission is
  /// longer than the process would take.
  static func framed(_ submission: consuming Submission, _ options: CheckOptions) -> SecretBuffer? {
    let options = options.encoded
    let encoded = submission.encoded()
    guard !encoded.isEmpty, encoded.count <= HelperFrame.Kind.submission.limit else { return nil }
    let head =
      HelperFrame.header(.options, length: options.count) + options
      + HelperFrame.header(.submission, length: encoded.count)
    var request = SecretBuffer(capacity: head.count + encoded.count)
    for byte in head { request.append(byte) }
    encoded.withBytes { bytes in _ = request.append(bytes) }
    return request
  }

  /// A diagnosis as it goes back. It holds nothing secret, and so needs no locked memory on the way.
  static func encoded(_ diagnosis: Diagnosis) -> [UInt8] {
    diagnosis.encoded().withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
  }

  /// Nil when the bytes are no diagnosis.
  static func diagnosis(_ bytes: [UInt8]) -> Diagnosis? {
    var buffer = SecretBuffer(capacity: bytes.count)
    for byte in bytes { buffer.append(byte) }
    return try? Diagnosis(decoding: buffer)
  }
}
