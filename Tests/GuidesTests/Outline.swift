import GuideText

/// A guide's blocks as lines, so that a test shows a structure at a glance: paragraphs bare, items by their mark and
/// indented by their depth, everything else by its name.
enum Outline {
  static func of(_ blocks: [Block]) -> [String] { blocks.flatMap { lines($0) } }

  private static func lines(_ block: Block) -> [String] {
    switch block {
    case .paragraph(let inlines): [text(inlines)]
    case .heading(let level, let inlines):
      [String(repeating: "#", count: level) + " " + text(inlines)]
    case .list(let items): items.flatMap(lines)
    case .code(let language, let text):
      ["```" + (language ?? "")]
        + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["```"]
    case .table(let table):
      ([table.header] + table.rows).map { "| " + $0.map(text).joined(separator: " | ") + " |" }
    case .callout(let kind, let inner): [kind.rawValue + ":"] + of(inner).map { "  " + $0 }
    case .figure(let figure):
      ["figure " + figure.source + (figure.alternative.map { " (\($0))" } ?? "")]
    case .quote(let inner): of(inner).map { "> " + $0 }
    case .rule: ["---"]
    }
  }

  private static func lines(_ item: ListItem) -> [String] {
    let mark =
      switch item.marker {
      case .bullet: "- "
      case .number(let number): "\(number). "
      case .task(let isDone): isDone ? "[x] " : "[ ] "
      }
    let inner = of(item.blocks)
    return [mark + (inner.first ?? "")] + inner.dropFirst().map { "   " + $0 }
  }

  static func text(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text
      case .strong(let inner): "**" + text(inner) + "**"
      case .emphasis(let inner): "_" + text(inner) + "_"
      case .code(let text): "`" + text + "`"
      case .link(let inner, let url): "[" + text(inner) + "](" + url + ")"
      case .figure(let figure): "{" + figure.source + "}"
      case .lineBreak: "⏎"
      }
    }.joined()
  }
}

/// Reads a guide's text.
func readGuide(_ text: String) -> Guide {
  Guide(slug: "sample", markdown: Array(text.utf8), file: "guide.md")
}

/// The outline of a text that stands in a step.
func outline(_ text: String) -> [String] {
  Outline.of(readGuide("## Step 1: Test\n\n" + text).steps[0].blocks)
}
