internal import Basics

/// Foreign text made fit to be kept: what is shown is cleaned once more by the screen's own sanitizer.
enum PrintableText {
  /// One line without control, format, private and unassigned characters; blanks put together; cut with an ellipsis.
  static func oneLine(_ bytes: [UInt8], atMost limit: Int) -> String {
    var line: [UInt8] = []
    bytes.withBytes { writeLine($0, to: &line) }
    return cut(String(decoding: line, as: UTF8.self), atMost: limit)
  }

  /// The same as long as it is, into a sink: the text may hold a secret.
  static func writeLine<Sink: ByteSink & ~Copyable>(_ text: RawSpan, to sink: inout Sink) {
    var (hasText, needsBlank) = (false, false)
    text.forEachScalar { decoded, offset in
      guard let scalar = decoded.scalar else { return true }
      if scalar.properties.isWhitespace {
        needsBlank = hasText
      } else if isPrintable(scalar) {
        if needsBlank { sink.append(0x20) }
        (hasText, needsBlank) = (true, false)
        sink.append(text.extracting(offset..<offset + decoded.length))
      }
      return true
    }
  }

  /// The beginning of a text, with an ellipsis where something is missing.
  static func cut(_ text: String, atMost limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    var kept = String(text.unicodeScalars.prefix(limit - 1))
    if kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: scalar != "\u{FFFD}" && !scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
