internal import Basics
internal import GuideText
internal import ProviderFormat

/// Looks for the notations of other documentation tools, which are text here and would be shown as they stand.
enum DialectLint {
  static func check(_ line: GuideTextLine, _ report: inout LintReport) {
    guard let (found, advice) = notation(line.text.trimmed) else { return }
    report.warning(
      "\(found) is the notation of another tool, and shown as it stands", line: line.number,
      advice: advice)
  }

  private static let asCallout =
    "write a call-out as <Note>…</Note>, or as a quote that begins with > [!NOTE]"

  /// What is found in a line, as it is written, and what to write in its place.
  private static func notation(_ text: String) -> (found: String, advice: String)? {
    if text.hasPrefix(":::") {
      // The line that closes one says nothing.
      let word = text.drop { $0 == ":" }.drop { $0 == " " }.prefix { $0 != " " && $0 != "[" }
      guard !word.isEmpty else { return nil }
      return (":::\(word)", asCallout)
    }
    for mark in ["!!!", "???+", "???"] where text.hasPrefix("\(mark) ") {
      let word = text.dropFirst(mark.count + 1).prefix { $0.isLetter || $0 == "-" }
      guard !word.isEmpty else { continue }
      return ("\(mark) \(word)", asCallout)
    }
    if text.hasPrefix("=== \"") || text.hasPrefix("===! \"") {
      return ("=== \"…\"", "give each tab a heading of its own")
    }
    for (open, close) in [("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}")] {
      guard let start = text.firstRange(of: open) else { continue }
      let inside = text[start.upperBound...].firstRange(of: close)
      let word = text[start.upperBound...].drop { $0 == " " || $0 == "-" || $0 == "/" }
        .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      guard inside != nil, !word.isEmpty, !word.hasPrefix("end") else { continue }
      let isCallout = ["hint", "note", "notice", "alert", "callout", "warning", "tip"].contains(
        word.lowercased())
      return (
        "\(open) \(word) … \(close)",
        isCallout ? asCallout : "write out what the tool would put there, or remove it"
      )
    }
    return nil
  }
}
