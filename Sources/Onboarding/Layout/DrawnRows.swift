internal import TerminalUI

/// A line in its row of the window.
struct PlacedLine: Equatable {
  let line: Line
  /// Where it may be drawn.
  let columns: Range<Int>

  /// Where the cursor stands in it; nil where it does not.
  var caret: Int? { line.caret.map { columns.lowerBound + min($0, columns.count - 1) } }

  func draw(inRow row: Int, on canvas: inout Canvas) {
    let place = Point(column: columns.lowerBound, row: row)
    if let fill = line.fill {
      canvas.fill(Area(origin: place, size: Size(columns: columns.count, rows: 1)), style: fill)
    }
    canvas.write(line.runs, at: place, limit: columns.count)
    line.ends?.fill(columns, ofRow: row, on: &canvas)
  }
}

/// Keeps the rows that were drawn last. A row in which nothing has changed, as all but one or two at a typed key, is taken
/// from there: it is neither cleaned nor measured again, and whoever paints it sees at a glance that it is the same.
package final class DrawnRows {
  private var rows: [PlacedLine?] = []
  /// Shows no part of a secret: a canvas that does is never kept.
  private var canvas = Canvas(size: Size(columns: 0, rows: 0))
  private var keptHeader = Memo<BarSource<Page.Header>, Line>()
  private var keptKeyBar = Memo<BarSource<[KeyHint]>, Line>()
  private var keptRule = Memo<BarSource<Int>, Line>()
  private var keptScrollRule = Memo<BarSource<Range<Int>>, Line>()

  /// Empty: the first canvas is drawn whole.
  package init() {}

  /// `LayoutContext.header`, for the same one as the last time without any work.
  func header(_ header: Page.Header, in setting: LayoutContext) -> Line {
    keptHeader.value(for: BarSource(header, in: setting)) { setting.header(header) }
  }

  /// The same of `LayoutContext.keyBar`.
  func keyBar(_ hints: [KeyHint], in setting: LayoutContext) -> Line {
    keptKeyBar.value(for: BarSource(hints, in: setting)) { setting.keyBar(hints) }
  }

  /// The same of `LayoutContext.rule`, in the style of a border.
  func rule(_ columns: Int, in setting: LayoutContext) -> Line {
    keptRule.value(for: BarSource(columns, in: setting)) { Line(setting.rule(columns), .border) }
  }

  /// The same of `LayoutContext.scrollRule`.
  func scrollRule(above: Int, below: Int, in setting: LayoutContext) -> Line {
    let beyond = above..<above + below
    return keptScrollRule.value(for: BarSource(beyond, in: setting)) {
      setting.scrollRule(above: above, below: below)
    }
  }

  func canvas(of wanted: [PlacedLine?], in size: Size) -> Canvas {
    let isFresh = self.canvas.size != size
    var canvas = isFresh ? Canvas(size: size) : self.canvas
    canvas.cursor = nil
    for row in wanted.indices {
      if let caret = wanted[row]?.caret { canvas.cursor = Point(column: caret, row: row) }
      if !isFresh {
        if rows[row] == wanted[row] { continue }
        canvas.clear(row: row)
      }
      wanted[row]?.draw(inRow: row, on: &canvas)
    }
    if !canvas.isSensitive { (rows, self.canvas) = (wanted, canvas) }
    return canvas
  }
}

/// All that lines of a page are made from: what they say, and in which setting.
struct BarSource<Content: Equatable>: Equatable {
  let content: Content
  let width: Int
  let isRoomy: Bool
  let glyphs: Glyphs

  init(_ content: Content, in setting: LayoutContext) {
    self.content = content
    (width, isRoomy, glyphs) = (setting.width, setting.isRoomy, setting.glyphs)
  }
}

/// A value that is kept for as long as what it is made from stays the same.
struct Memo<Source: Equatable, Value> {
  private var source: Source?
  private var kept: Value?

  mutating func value(for source: Source, or make: () -> Value) -> Value {
    if let kept, self.source == source { return kept }
    let value = make()
    (self.source, kept) = (source, value)
    return value
  }
}
