internal import Basics

/// Marks what a guide says of Nango, the program that most guides in this format were written for: its callback addresses,
/// what to paste into it, what it keeps and sends. A reader would take it for words about Usher.
package enum OtherProgram {
  /// What is said of it.
  private enum Mention {
    case address, entering, other

    var mark: String {
      switch self {
      case .address: "(an address of Nango, not of Usher)"
      case .entering: "(not in Nango: Usher asks for it)"
      case .other: "(about Nango, not Usher)"
      }
    }
  }

  /// A text with the mark behind it where it speaks of Nango: a field's description, for instance.
  package static func marked(_ text: String) -> String {
    mention(in: text).map { "\(text) \($0.mark)" } ?? text
  }

  static func marked(_ inlines: [Inline]) -> [Inline] {
    guard let mention = mention(in: inlines.everyWord) else { return inlines }
    return inlines + [.text(" "), .emphasis([.text(mention.mark)])]
  }

  /// A line below a block that cannot hold the mark itself.
  static func mark(below text: String) -> [Block] {
    mention(in: text).map { [.paragraph([.emphasis([.text($0.mark)])])] } ?? []
  }

  private static func mention(in text: String) -> Mention? {
    let text = text.lowercased()
    guard names(text) else { return nil }
    if text.holds("nango.dev") { return .address }
    // A name that is proposed for a key or an app says nothing of the program.
    let bare = withoutQuotes(text)
    guard names(bare) else { return nil }
    let places = [
      "in nango", "into nango", "to nango", "nango connect", "nango dashboard", "nango ui",
    ]
    let verbs = [
      "enter", "paste", "use ", "provide", "add ", "copy", "fill", "input", "submit", "set ",
    ]
    let isEntering =
      places.contains { bare.contains($0) } && verbs.contains { bare.contains($0) }
    return isEntering ? .entering : .other
  }

  /// Whether the name stands in it as a word of its own.
  private static func names(_ text: String) -> Bool {
    // Few texts speak of it, and a look at the bytes costs a hundredth of the library's search.
    guard text.withBytes({ $0.firstOffset(of: "nango".utf8) != nil }) else { return false }
    return text.ranges(of: "nango").contains { range in
      let before = text[..<range.lowerBound].last
      let after = text[range.upperBound...].first
      return before?.isLetter != true && after?.isLetter != true
    }
  }

  private static func withoutQuotes(_ text: String) -> String {
    var kept = ""
    var closing: Character?
    for character in text {
      if let end = closing {
        if character == end { closing = nil }
      } else if let end = quotes[character] {
        closing = end
      } else {
        kept.append(character)
      }
    }
    // A quote that is not closed is none.
    return closing == nil ? kept : text
  }

  private static let quotes: [Character: Character] = ["\"": "\"", "“": "”", "`": "`", "«": "»"]
}

extension Guide {
  /// The guide with everything that it says of Nango marked as such. For those who read it; the guide as it was written is
  /// what is checked and exported.
  package var markingOtherProgram: Guide {
    var guide = self
    guide.overview = overview.markingOtherProgram
    guide.prerequisites = prerequisites.markingOtherProgram
    guide.instructions = instructions.markingOtherProgram
    for index in guide.steps.indices {
      guide.steps[index].blocks = steps[index].blocks.markingOtherProgram
    }
    for index in guide.extras.indices {
      guide.extras[index].blocks = extras[index].blocks.markingOtherProgram
    }
    return guide
  }
}

extension [Block] {
  fileprivate var markingOtherProgram: [Block] {
    flatMap { block -> [Block] in
      switch block {
      case .paragraph(let inlines): [.paragraph(OtherProgram.marked(inlines))]
      case .heading(let level, let inlines):
        [.heading(level: level, OtherProgram.marked(inlines))]
      case .list(let items):
        [
          .list(
            items.map {
              ListItem(
                marker: $0.marker, blocks: $0.blocks.markingOtherProgram, indent: $0.indent)
            })
        ]
      case .code(_, let text): [block] + OtherProgram.mark(below: text)
      case .table(let table):
        [
          .table(
            Table(
              header: table.header.map(OtherProgram.marked),
              rows: table.rows.map { $0.map(OtherProgram.marked) }, alignments: table.alignments))
        ]
      case .callout(let kind, let blocks): [.callout(kind, blocks.markingOtherProgram)]
      case .quote(let blocks): [.quote(blocks.markingOtherProgram)]
      case .figure, .rule: [block]
      }
    }
  }
}

extension [Inline] {
  /// The words, code between backticks, and the addresses of links.
  fileprivate var everyWord: String {
    map { inline in
      switch inline {
      case .text(let text): text
      case .code(let text): "`\(text)`"
      case .strong(let inner), .emphasis(let inner): inner.everyWord
      case .link(let inner, let url): "\(inner.everyWord) \(url)"
      case .figure, .lineBreak: " "
      }
    }.joined()
  }
}
