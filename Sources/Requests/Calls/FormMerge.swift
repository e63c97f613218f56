internal import Basics
internal import Secrets

/// Puts pairs into form data, from buffer to buffer: what stands there already stays as it is written.
enum FormMerge {
  /// - Parameter added: form data, whose pairs take the place of those of their names.
  static func merge(
    _ content: consuming SecretBuffer, with added: borrowing SecretBuffer
  ) throws(RequestError) -> SecretBuffer {
    var form = SecretWriter()
    added.withBytes { added in
      content.withBytes { content in
        forEachPair(of: content) { pair, name, _ in
          if !has(name, in: added) { append(pair, to: &form) }
        }
      }
      forEachPair(of: added) { pair, _, _ in append(pair, to: &form) }
    }
    guard let form = form.finish() else { throw .tooLong }
    return form
  }

  /// Calls `body` with each pair as it is written, its name, and its value, both as they are meant.
  static func forEachPair(of form: RawSpan, _ body: (RawSpan, RawSpan, RawSpan) -> Void) {
    var start = 0
    while start < form.byteCount {
      let end = form.firstOffset(from: start) { $0 == UInt8(ascii: "&") } ?? form.byteCount
      let pair = form.extracting(start..<end)
      start = end + 1
      if pair.isEmpty { continue }
      let mark = pair.firstOffset { $0 == UInt8(ascii: "=") } ?? pair.byteCount
      let name = SecretBuffer(formDecoding: pair.extracting(0..<mark))
      let value = SecretBuffer(
        formDecoding: pair.extracting(min(mark + 1, pair.byteCount)..<pair.byteCount))
      name.withBytes { name in value.withBytes { body(pair, name, $0) } }
    }
  }

  private static func has(_ name: RawSpan, in form: RawSpan) -> Bool {
    var isThere = false
    forEachPair(of: form) { _, other, _ in if other.equals(name) { isThere = true } }
    return isThere
  }

  private static func append(_ pair: RawSpan, to form: inout SecretWriter) {
    if form.count > 0 { form.append(UInt8(ascii: "&")) }
    form.append(pair)
  }
}
