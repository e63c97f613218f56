internal import Basics
internal import Secrets

/// Line breaks that do not belong to the value.
enum LineEnds {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard !context.isMultiline else { return unify(text) }
    guard let whole = JoinedLines.proven(text, in: context) else { return nil }
    return NormalizedText(whole, .lineEnds)
  }

  /// CR LF and CR become LF, the only line end that key files are written with here.
  private static func unify(_ text: RawSpan) -> NormalizedText? {
    guard text.contains(where: { $0 == 0x0D }) else { return nil }
    var normalized = SecretBuffer(capacity: text.byteCount)
    for offset in 0..<text.byteCount {
      let byte = text[offset]
      if byte == 0x0A, offset > 0, text[offset - 1] == 0x0D { continue }
      normalized.append(byte == 0x0D ? 0x0A : byte)
    }
    return NormalizedText(normalized, .lineEnds)
  }
}
