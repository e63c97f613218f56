internal import Basics

/// The words of an HTTP header before a value: `Bearer `, `Authorization: Bearer `, `X-Api-Key: `, and what the
/// provider's own requests put before it.
enum HeaderWords {
  static func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    // Of several headers it is not known which one is meant.
    guard !text.contains(where: \.isLineEnd) else { return nil }
    var start = 0
    for name in context.headers.map(\.name) + ["authorization"] {
      if text.hasIgnoringCase("\(name):".utf8) { start = name.utf8.count + 1 }
    }
    start = Blanks.trimmed(text, start..<text.byteCount).lowerBound
    for lead in context.headers.map(\.lead) + ["Bearer ", "token ", "ApiKey ", "Api-Key "] {
      guard lead.utf8.count > 1, !context.belongsToValue(lead) else { continue }
      guard text.hasIgnoringCase(lead.lowercased().utf8, at: start) else { continue }
      let rest = Blanks.trimmed(text, start + lead.utf8.count..<text.byteCount)
      // "token of the year" is a text, not a header.
      if text.extracting(rest).contains(where: \.isBlank) { continue }
      return NormalizedText(text, rest, .bearer)
    }
    return start > 0 ? NormalizedText(text, start..<text.byteCount, .bearer) : nil
  }
}
