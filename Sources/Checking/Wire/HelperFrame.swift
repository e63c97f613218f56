internal import Basics
internal import Secrets

/// How a message between the program and the checking process is told from the next: JSON, and before it its length in
/// four bytes, most significant first.
enum HelperFrame {
  /// Of the length.
  static let headerSize = 4

  /// One object, with its length before it. In locked memory, and the only copy of what is written; nil when it is longer
  /// than `limit`.
  static func write(
    limit: Int, _ members: (inout SecretJSONWriter) -> Void
  ) -> SecretBuffer? {
    var json = SecretJSONWriter(limit: limit)
    json.beginObject()
    members(&json)
    json.endObject()
    guard let text = json.finish() else { return nil }
    var frame = SecretBuffer(capacity: headerSize + text.count)
    for shift in [24, 16, 8, 0] { frame.append(UInt8(truncatingIfNeeded: text.count >> shift)) }
    text.withBytes { _ = frame.append($0) }
    return frame
  }

  /// The length that `bytes` begin with. Nil for one beyond `limit`, so that neither side can make the other allocate
  /// without bound, and where there are not enough of them.
  static func length(_ bytes: RawSpan, limit: Int) -> Int? {
    guard bytes.byteCount >= headerSize else { return nil }
    let length = (0..<headerSize).reduce(0) { $0 << 8 | Int(bytes[$1]) }
    return length <= limit ? length : nil
  }
}
