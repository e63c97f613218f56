/// Foreign text made fit to be kept: what is shown is cleaned once more by the screen's own sanitizer.
enum PrintableText {
  /// One line without control, format, private and unassigned characters; blanks put together; cut with an ellipsis.
  static func oneLine(_ bytes: [UInt8], atMost limit: Int) -> String {
    var text = ""
    var count = 0
    var needsBlank = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar.properties.isWhitespace {
        needsBlank = count > 0
        continue
      }
      guard isPrintable(scalar) else { continue }
      guard count + (needsBlank ? 2 : 1) <= limit else {
        text.unicodeScalars.removeLast()
        return text + "…"
      }
      if needsBlank {
        text += " "
        count += 1
      }
      text.unicodeScalars.append(scalar)
      count += 1
      needsBlank = false
    }
    return text
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: scalar != "\u{FFFD}"
    }
  }
}
