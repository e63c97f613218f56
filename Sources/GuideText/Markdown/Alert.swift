internal import Basics

/// The first line of a quote that is an alert: `[!WARNING]`, with a title of its own behind it or not.
struct Alert {
  let callout: Callout
  /// In Markdown.
  let title: String?

  /// Nil for a line that is ordinary text.
  init?(_ line: SourceLine) {
    let text = line.content
    guard text.starts(with: "[!".utf8), let end = text.firstIndex(of: UInt8(ascii: "]")),
      let callout = Self.callouts[text[(text.startIndex + 2)..<end].string.lowercased()]
    else { return nil }
    self.callout = callout
    // A sign for whether it can be folded stands directly behind the bracket.
    var rest = text[(end + 1)...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      rest = rest.dropFirst()
    }
    let title = rest.trimmed.string
    self.title = title.isEmpty ? nil : "**\(title)**"
  }

  private static let callouts: [String: Callout] = [
    "note": .note, "info": .info, "important": .info, "tip": .tip, "hint": .tip,
    "warning": .warning, "caution": .warning, "attention": .warning, "danger": .warning,
    "error": .warning,
  ]
}
