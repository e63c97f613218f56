internal import Guides

/// The smallest pieces of a guide that have a place of their own: a paragraph, a heading, a table's cell, a block of
/// code, a figure. They are numbered from 0 in written order. The layout counts the same way, so that a number is a
/// place in the guide whatever the width of the window.
enum Passage {
  /// The text of every passage, as it is searched.
  static func texts(of blocks: [Block]) -> [String] { blocks.flatMap(texts) }

  private static func texts(of block: Block) -> [String] {
    switch block {
    case .paragraph(let inlines), .heading(_, let inlines): [text(of: inlines)]
    case .list(let items): items.flatMap { texts(of: $0.blocks) }
    case .code(_, let text): [CodeText(text).lines.joined(separator: "\n")]
    case .table(let table): (table.header + table.rows.joined()).map(text)
    case .callout(_, let blocks), .quote(let blocks): texts(of: blocks)
    case .figure(let figure): [figure.name]
    case .rule: []
    }
  }

  /// Character for character what `InlineRuns` goes through.
  private static func text(of inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .strong(let inner), .emphasis(let inner): text(of: inner)
      case .link(let inner, let url): inner.isEmpty ? url : text(of: inner)
      case .figure(let figure): figure.name
      case .lineBreak: "\n"
      }
    }.joined()
  }
}

/// A part of a passage, in characters.
package struct Excerpt: Hashable, Sendable {
  package var passage: Int
  package var range: Range<Int>
}

/// What of a page's guide was searched for and found.
package struct Found: Equatable, Sendable {
  /// In ascending order, by the number of the passage.
  package var ranges: [Int: [Range<Int>]]
  /// Where the search stands; nil when that is on another page.
  package var here: Excerpt?
}
