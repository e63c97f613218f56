internal import Basics
internal import ProviderFormat

/// `export NAME=value` and `NAME=value`, as shells and `.env` files write it.
enum Assignment {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    guard !context.isMultiline || !text.contains(where: \.isLineEnd) else { return nil }
    var (found, lines) = (nil as Line?, 0)
    var start = 0
    while start < text.byteCount {
      let end = text.firstOffset(from: start, where: \.isLineEnd) ?? text.byteCount
      let range = Blanks.trimmed(text, start..<end)
      start = end + 1
      if range.isEmpty { continue }
      lines += 1
      guard let line = Line(text, range, in: context) else { continue }
      // Of several lines only one that is surely this field's may be taken.
      if lines > 1 || start < text.byteCount {
        guard line.isSure(in: text, context) else { continue }
        if found != nil { return nil }
      }
      found = line
    }
    guard let found else { return nil }
    return NormalizedText(text, found.value, found.repair)
  }

  /// One assignment.
  private struct Line {
    let value: Range<Int>
    let repair: Repair
    private let isNamedLikeField: Bool

    /// Nil when the line is no assignment. A value may hold `=` itself: the name has to be one of an environment
    /// variable, in capitals, or the field's own.
    init?(_ text: RawSpan, _ range: Range<Int>, in context: RepairContext) {
      let part = text.extracting(range)
      let export = "export "
      var start = part.has(export.utf8) ? export.utf8.count : 0
      while start < part.byteCount, part[start] == 0x20 { start += 1 }
      guard let equals = part.firstOffset(from: start, where: { !Line.isName($0) }),
        part[equals] == UInt8(ascii: "="), equals > start, equals - start <= 64,
        !part[start].isDigit
      else { return nil }
      let name = part.extracting(start..<equals)
      let words = Field.words(context.field.id.name).filter { $0 != " " }
      let title = Field.words(context.field.title).filter { $0 != " " }
      let spelled = Line.letters(of: name)
      isNamedLikeField = spelled == words || spelled == title
      guard start > 0 || isNamedLikeField || !name.contains(where: { !$0.isCapital }) else {
        return nil
      }
      let rest = range.lowerBound + equals + 1..<range.upperBound
      // Base64 ends with `=`: what is left then is padding, not a value.
      guard text.extracting(rest).contains(where: { $0 != UInt8(ascii: "=") }) else { return nil }
      value = Quotes.inside(text, rest) ?? rest
      // A name is not a secret, and short: `isName` has been checked.
      let shown = name.shownText
      repair = start > 0 ? .export(shown) : .assignment(shown)
    }

    func isSure(in text: RawSpan, _ context: RepairContext) -> Bool {
      isNamedLikeField || context.rules.isPositivelyValid(text.extracting(value))
    }

    private static func isName(_ byte: UInt8) -> Bool {
      byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")
    }

    private static func letters(of name: RawSpan) -> String {
      var letters = ""
      for offset in 0..<name.byteCount where name[offset] != UInt8(ascii: "_") {
        letters.unicodeScalars.append(Unicode.Scalar(name[offset].asciiLowercased))
      }
      return letters
    }
  }
}

extension UInt8 {
  /// What names of environment variables are made of.
  fileprivate var isCapital: Bool { isUppercase || isDigit || self == UInt8(ascii: "_") }
}
