internal import Basics

/// Where the first block of a PEM file begins and ends, also when its marks were not copied whole.
package struct PEMMarks {
  /// What is wrong with the two lines around a block.
  package enum Fault: Equatable, Sendable {
    case noBegin, noEnd
    /// Some of the dashes are missing, or the END line names something else.
    case broken
  }

  /// `RSA PRIVATE KEY`
  package let label: String
  /// What stands between the marks, or up to the end of the text where one of them is missing.
  package let content: Range<Int>
  /// Nil when both lines are whole.
  package let fault: Fault?

  /// Nil when the text has neither mark.
  package init?(of text: RawSpan) {
    let begin = Self.mark("BEGIN ", in: text, from: 0)
    let end = Self.mark("END ", in: text, from: begin?.whole.upperBound ?? 0)
    guard let found = begin ?? end else { return nil }
    label = found.label
    content =
      (begin?.whole.upperBound ?? 0)..<(end?.whole.lowerBound ?? text.byteCount)
    if begin == nil {
      fault = .noBegin
    } else if let end {
      fault = found.isWhole && end.isWhole && end.label == label ? nil : .broken
    } else {
      fault = .noEnd
    }
  }

  private struct Mark {
    let label: String
    let whole: Range<Int>
    let isWhole: Bool
  }

  /// A longer word in capitals is no label of a key file.
  private static let longestLabel = 40

  /// The next line of the kind: its word between dashes, at least one on either side, and a label that names a key or a
  /// certificate.
  private static func mark(_ word: String, in text: RawSpan, from start: Int) -> Mark? {
    var offset = start
    while let found = text.firstOffset(of: word.utf8, from: offset) {
      offset = found + 1
      let labelStart = found + word.utf8.count
      var labelEnd = labelStart
      while labelEnd < text.byteCount, labelEnd - labelStart <= longestLabel,
        text[labelEnd].isUppercase || text[labelEnd].isDigit || text[labelEnd] == 0x20
      {
        labelEnd += 1
      }
      let before = dashes(in: text, before: found, from: start)
      let after = dashes(in: text, after: labelEnd)
      let label = text.shownText(text.trimmed(labelStart..<labelEnd, where: \.isBlank))
      guard before + after > 0, names.contains(where: label.hasSuffix) else { continue }
      return Mark(
        label: label, whole: found - before..<labelEnd + after,
        isWhole: before == 5 && after == 5)
    }
    return nil
  }

  private static let names = [
    "KEY", "CERTIFICATE", "REQUEST", "PKCS7", "PKCS12", "CMS", "PARAMETERS", "CRL", "KEY BLOCK",
  ]

  private static func dashes(in text: RawSpan, before end: Int, from start: Int) -> Int {
    var count = 0
    while count < 5, end - count > start, text[end - count - 1] == UInt8(ascii: "-") { count += 1 }
    return count
  }

  private static func dashes(in text: RawSpan, after start: Int) -> Int {
    var count = 0
    while count < 5, start + count < text.byteCount, text[start + count] == UInt8(ascii: "-") {
      count += 1
    }
    return count
  }
}
