internal import Basics
internal import Secrets

/// Line breaks that do not belong to the value.
enum LineEnds {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    context.isMultiline ? unify(text) : join(text)
  }

  /// CR LF and CR become LF, the only line end that key files are written with here.
  private static func unify(_ text: RawSpan) -> NormalizedText? {
    guard text.contains(where: { $0 == 0x0D }) else { return nil }
    var mended = SecretBuffer(capacity: text.byteCount)
    for offset in 0..<text.byteCount {
      let byte = text[offset]
      if byte == 0x0A, offset > 0, text[offset - 1] == 0x0D { continue }
      mended.append(byte == 0x0D ? 0x0A : byte)
    }
    return NormalizedText(mended, .lineEnds)
  }

  /// A value that a terminal or a mail program wrapped is put together again. Lines with blanks between words are
  /// several values or a text, not one value; they stay as they are and are refused with a reason.
  private static func join(_ text: RawSpan) -> NormalizedText? {
    guard text.contains(where: \.isLineEnd) else { return nil }
    var mended = SecretBuffer(capacity: text.byteCount)
    var start = 0
    while start < text.byteCount {
      let end = text.firstOffset(from: start, where: \.isLineEnd) ?? text.byteCount
      let line = Blanks.trimmed(text, start..<end)
      let piece = text.extracting(line)
      if piece.contains(where: \.isBlank) || piece.has("-----".utf8) { return nil }
      mended.append(piece)
      start = end + 1
    }
    return NormalizedText(mended, .lineEnds)
  }
}
