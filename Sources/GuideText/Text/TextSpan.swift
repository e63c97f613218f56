/// The smallest pieces of a guide that have a place of their own: a paragraph, a heading, a table's cell, a block of
/// code, a figure. They are numbered in written order, so that a number is a place in the guide whatever the width of
/// the window.
package struct TextSpan {
  /// What a span is.
  package enum Content {
    case paragraph([Inline])
    /// Of level 1 to 6.
    case heading(level: Int, [Inline])
    case cell([Inline])
    case figure(Figure)
    /// As it was written, with its line breaks; the language as the fence names it.
    case code(language: String?, text: String)
  }

  /// From 0 on, in written order.
  package let number: Int
  /// What stands there.
  package let content: Content

  /// What the span says; nothing of code, which is shown as it was written.
  package var inlines: [Inline] {
    switch content {
    case .paragraph(let inlines), .heading(_, let inlines), .cell(let inlines): inlines
    case .figure(let figure): [.figure(figure)]
    case .code: []
    }
  }
}

/// What a walk over a guide comes by, in written order.
package enum GuideEvent {
  case span(TextSpan)
  /// What the item holds follows, further lists included.
  case itemBegins(ListItem)
  case itemEnds
  case tableBegins(Table)
  /// With all that stands in the box; its spans follow as events of their own.
  case calloutBegins(Callout, [Block])
  case calloutEnds
  case quoteBegins
  case quoteEnds
}

extension [Block] {
  /// The one walk over a guide. Layout, search, references, plain text and export all number and read its pieces by it.
  package func walk(_ visit: (GuideEvent) -> Void) {
    var number = 0
    walk(&number, visit)
  }

  /// All pieces, numbered from a given number on.
  package func spans(from number: Int = 0) -> [TextSpan] {
    var number = number
    var spans: [TextSpan] = []
    walk(&number) { if case .span(let span) = $0 { spans.append(span) } }
    return spans
  }

  private func walk(_ number: inout Int, _ visit: (GuideEvent) -> Void) {
    func span(_ content: TextSpan.Content) {
      visit(.span(TextSpan(number: number, content: content)))
      number += 1
    }
    for block in self {
      switch block {
      case .paragraph(let inlines): span(.paragraph(inlines))
      case .heading(let level, let inlines): span(.heading(level: level, inlines))
      case .code(let language, let text): span(.code(language: language, text: text))
      case .figure(let figure): span(.figure(figure))
      case .table(let table):
        visit(.tableBegins(table))
        for cell in table.header { span(.cell(cell)) }
        for cell in table.rows.joined() { span(.cell(cell)) }
      case .list(let items):
        for item in items {
          visit(.itemBegins(item))
          item.blocks.walk(&number, visit)
          visit(.itemEnds)
        }
      case .callout(let kind, let blocks):
        visit(.calloutBegins(kind, blocks))
        blocks.walk(&number, visit)
        visit(.calloutEnds)
      case .quote(let blocks):
        visit(.quoteBegins)
        blocks.walk(&number, visit)
        visit(.quoteEnds)
      case .rule: break
      }
    }
  }
}
