internal import Basics
internal import Secrets

/// Lines that are one value: a terminal or a mail program broke it, or Base64 was written in lines. They are joined where
/// the whole proves that it is one value; two values are never made one.
enum JoinedLines {
  /// The lines without what breaks them; nil when there is one line only, or when a line has blanks inside.
  static func joined(_ text: RawSpan) -> SecretBuffer? {
    guard text.contains(where: \.isLineEnd) else { return nil }
    var whole = SecretBuffer(capacity: text.byteCount)
    for line in lines(of: text) {
      let piece = text.extracting(line)
      if piece.contains(where: \.isBlank) || piece.has("-----".utf8) { return nil }
      whole.append(piece)
    }
    return whole
  }

  /// Nil unless the whole is proven: by the field's pattern or format, which no line alone has, or by its form.
  static func proven(_ text: RawSpan, in context: RepairContext) -> SecretBuffer? {
    guard let whole = joined(text) else { return nil }
    let lines = lines(of: text)
    let isProven = whole.withBytes { bytes in
      switch context.rules.matches(bytes) {
      case true?: !lines.contains { context.rules.matches(text.extracting($0)) == true }
      case false?: false
      case nil: isToken(bytes, lines, text) || isBase64(bytes, lines, text)
      }
    }
    if !isProven { return nil }
    return whole
  }

  private static func lines(of text: RawSpan) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < text.byteCount {
      let end = text.firstOffset(from: start, where: \.isLineEnd) ?? text.byteCount
      let line = Blanks.trimmed(text, start..<end)
      if !line.isEmpty { lines.append(line) }
      start = end + 1
    }
    return lines
  }

  /// A JSON Web Token: three parts of Base64, of which no line has all.
  private static func isToken(_ whole: RawSpan, _ lines: [Range<Int>], _ text: RawSpan) -> Bool {
    func isWhole(_ bytes: RawSpan) -> Bool {
      let dots = (0..<bytes.byteCount).count { bytes[$0] == UInt8(ascii: ".") }
      let isCode = !bytes.contains { !$0.isBase64 && $0 != UInt8(ascii: ".") }
      return bytes.has("eyJ".utf8) && dots == 2 && isCode
    }
    return isWhole(whole) && !lines.contains { isWhole(text.extracting($0)) }
  }

  /// Lines of one length, as every encoder writes them, the last one shorter or filled up with `=`; and an end or a
  /// beginning that Base64 of a file has. Two keys one below the other have neither.
  private static func isBase64(_ whole: RawSpan, _ lines: [Range<Int>], _ text: RawSpan) -> Bool {
    guard let first = lines.first, let last = lines.last, lines.count > 1, first.count >= 48,
      lines.dropLast().allSatisfy({ $0.count == first.count }), last.count <= first.count,
      whole.byteCount.isMultiple(of: 4)
    else { return false }
    let padding = (0..<2).prefix { whole[whole.byteCount - 1 - $0] == UInt8(ascii: "=") }.count
    let body = whole.extracting(0..<whole.byteCount - padding)
    guard !body.contains(where: { !$0.isBase64 }) else { return false }
    // The beginnings of DER, of JSON, of PEM, of a Java key store, of a ZIP file.
    let isFile = ["MII", "eyJ", "ewog", "LS0tLS1", "/u3+7Q", "UEsDB"].contains {
      whole.has($0.utf8)
    }
    return padding > 0 || isFile
  }
}

extension UInt8 {
  /// Of either alphabet.
  fileprivate var isBase64: Bool { isLetter || isDigit || "+/-_".utf8.contains(self) }
}
