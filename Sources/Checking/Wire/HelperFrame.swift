internal import Basics
internal import Secrets

/// How a message between the program and the helper process is told from the next: JSON, and before it its length in
/// four bytes, most significant first.
enum HelperFrame {
  /// Of the length.
  static let headerSize = 4

  /// Bytes that are no message: what speaks there is not ours.
  struct Unreadable: Error {}

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

  /// The first message of `bytes`, read where it lies, which is then taken out of them and wiped; nil while there is not
  /// all of one.
  /// - Parameter read: makes something of what stands in a frame; nil where it is no message.
  static func takeFirst<Message: ~Copyable>(
    of bytes: inout SecretBuffer, limit: Int, _ read: (RawSpan) -> Message?
  ) throws(Unreadable) -> Message? {
    guard bytes.count >= headerSize else { return nil }
    guard let length = bytes.withBytes({ length($0, limit: limit) }) else { throw Unreadable() }
    let end = headerSize + length
    guard bytes.count >= end else { return nil }
    let message = bytes.withBytes { read($0.extracting(headerSize..<end)) }
    bytes.remove(0..<end)
    guard let message else { throw Unreadable() }
    return message
  }
}
