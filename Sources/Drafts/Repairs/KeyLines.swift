internal import Basics
internal import Secrets
internal import Signing

/// The lines of a PEM file: their ends as the pattern wants them, and the first or last of them where it was not copied.
enum KeyLines {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard context.isMultiline else { return nil }
    return otherSpelling(text, in: context) ?? missingMark(text, in: context)
  }

  /// Real line ends and those written as `\n` make the same key: the pattern says which it wants.
  private static func otherSpelling(
    _ text: RawSpan, in context: RepairContext
  ) -> NormalizedText? {
    guard text.has("-----BEGIN ".utf8), context.rules.accept(text) == false else { return nil }
    let lines = lines(of: text)
    for isClosed in [false, true] {
      for isSpelled in [true, false] {
        let other = lines.withBytes { spelled($0, isSpelled: isSpelled, isClosed: isClosed) }
        if other.withBytes({ context.rules.accept($0) }) == true {
          return NormalizedText(other, isSpelled ? .spelledLineEnds : .realLineEnds)
        }
      }
    }
    return nil
  }

  /// The text with real line ends, none behind its last line. Backslashes may stand there twice, and carriage returns.
  private static func lines(of text: RawSpan) -> SecretBuffer {
    var lines = SecretBuffer(capacity: text.byteCount)
    var offset = 0
    while offset < text.byteCount {
      var end = offset
      while end < text.byteCount, text[end] == UInt8(ascii: "\\") { end += 1 }
      if end == offset {
        if text[offset] != 0x0D { lines.append(text[offset]) }
        offset += 1
        continue
      }
      if end < text.byteCount, text[end] == UInt8(ascii: "n") { lines.append(0x0A as UInt8) }
      offset = end + 1
    }
    let end = lines.withBytes { $0.trimmed(0..<$0.byteCount, where: \.isBlank).upperBound }
    lines.remove(end..<lines.count)
    return lines
  }

  /// - Parameter isClosed: whether a line end follows the last line.
  private static func spelled(_ lines: RawSpan, isSpelled: Bool, isClosed: Bool) -> SecretBuffer {
    var text = SecretBuffer(capacity: 2 * lines.byteCount + 2)
    let lineEnd = isSpelled ? "\\n" : "\n"
    for offset in 0..<lines.byteCount {
      if lines[offset] == 0x0A { text.append(text: lineEnd) } else { text.append(lines[offset]) }
    }
    if isClosed { text.append(text: lineEnd) }
    return text
  }

  /// A key that is whole but for its first or last line, or some of the dashes there.
  private static func missingMark(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard case .damaged(_, .marks(_, isWhole: true))? = KeyFileKind.all(in: text).first,
      let marks = PEMMarks(of: text), let der = PEM.decode(marks.content, of: text)
    else { return nil }
    var pem = SecretWriter()
    PEM.write(der, label: marks.label, to: &pem)
    guard let whole = pem.finish() else { return nil }
    let end = whole.withBytes { $0.trimmed(0..<$0.byteCount, where: \.isBlank).upperBound }
    return NormalizedText(
      whole.withBytes { SecretBuffer(copying: $0.extracting(0..<end)) }, .keyMarks(marks.label))
  }
}
