internal import Basics
internal import Secrets

/// Marks of bracketed paste that a terminal, a multiplexer or a shell let through as text.
enum PasteMarks {
  /// With the escape character anywhere; without it, as some programs swallow it, only at the ends.
  static func normalize(_ text: RawSpan) -> NormalizedText? {
    guard firstMark(in: text, from: 0) != nil || bareRange(of: text).count < text.byteCount else {
      return nil
    }
    var normalized = SecretBuffer(capacity: max(1, text.byteCount))
    var offset = 0
    while let mark = firstMark(in: text, from: offset) {
      normalized.append(text, offset..<mark.lowerBound)
      offset = mark.upperBound
    }
    normalized.append(text, offset..<text.byteCount)
    let bare = normalized.withBytes { bareRange(of: $0) }
    normalized.remove(bare.upperBound..<normalized.count)
    normalized.remove(0..<bare.lowerBound)
    return NormalizedText(normalized, .pasteMarks)
  }

  private static func firstMark(in text: RawSpan, from start: Int) -> Range<Int>? {
    var offset = start
    while let next = text.firstOffset(from: offset, where: beginsMark) {
      if let length = markLength(in: text, at: next) { return next..<next + length }
      offset = next + 1
    }
    return nil
  }

  /// Hardly any byte of a text does: the others need not be looked at more closely.
  private static func beginsMark(_ byte: UInt8) -> Bool {
    byte == 0x1B || byte == 0xC2 || byte == UInt8(ascii: "^")
  }

  /// ESC or its caret notation or the one-character CSI, then `200~` or `201~`.
  private static func markLength(in text: RawSpan, at offset: Int) -> Int? {
    let starts: [[UInt8]] = [[0x1B, 0x5B], [0xC2, 0x9B], Array("^[[".utf8)]
    for start in starts where text.has(start, at: offset) {
      let end = offset + start.count
      if text.has("200~".utf8, at: end) || text.has("201~".utf8, at: end) {
        return start.count + 4
      }
    }
    return nil
  }

  private static func bareRange(of text: RawSpan) -> Range<Int> {
    let start = text.has("[200~".utf8) ? 5 : 0
    let end = text.byteCount
    return end - 5 >= start && text.has("[201~".utf8, at: end - 5) ? start..<end - 5 : start..<end
  }
}
