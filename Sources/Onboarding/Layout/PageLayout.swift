package import TerminalUI

/// Draws a page on a canvas of any size.
///
/// From top to bottom: the header, the body, the dock (fields, notice, actions) and the key bar. The dock follows the
/// body where all of it fits; where not, it stays in view above the key bar and the body scrolls behind a rule that says
/// how much is out of sight. Text is never wider than `textWidth`; in wider windows it stands in the middle, or as far
/// left as code and tables need it. Code is never wrapped: what is too wide is shown in part and scrolls sideways.
package struct PageLayout {
  /// The smallest window in which every page can be used.
  package static let minimum = Size(columns: 40, rows: 10)
  /// Longer lines are hard to read.
  package static let textWidth = 76

  /// How much of a page's body a window shows, in rows.
  package struct Extent: Equatable, Sendable {
    /// All rows of the body, the title among them where it is shown.
    package var total: Int
    /// Those that have room at once; may be more than `total`.
    package var visible: Int

    /// How far a page is turned. One row of the page before stays in view, so that the eye finds its place; where only
    /// a few are shown the eye needs no help, and each of them counts.
    var page: Int { visible > 6 ? visible - 1 : max(1, visible) }
  }

  private let page: Page
  private let frame: Frame
  private let setting: LayoutContext
  private let arrangement: PageRegions

  /// - Parameter cache: where what is laid out is kept for the next time.
  package init(
    _ page: Page, in size: Size, glyphs: Glyphs = .unicode, cache: LayoutCache = LayoutCache()
  ) {
    self.page = page
    let centred = Frame(size)
    setting = LayoutContext(
      windowWidth: size.columns, width: centred.width,
      wideWidth: size.columns - 2 * centred.margin, glyphs: glyphs,
      references: cache.references(of: page), found: page.found, isRoomy: centred.isRoomy,
      paragraphs: cache.paragraphs)
    cache.paragraphs.beginPage()
    // Where rows are few the commitment has to be seen, and the header says already whom it is about.
    let isCrowded = page.commitment != nil && !centred.isRoomy
    let source = Body.Source(
      title: page.title, items: page.items, found: page.found,
      size: Size(columns: size.columns, rows: centred.isRoomy ? 1 : 0), glyphs: glyphs,
      hasTitle: !page.fieldsComeFirst && !isCrowded)
    let body = cache.body(source, in: setting)
    frame = centred.fitting(body.widest)
    arrangement = PageRegions(page, body: body, in: frame, setting: setting)
  }

  /// The page as it looks in a window.
  ///
  /// - Parameters:
  ///   - cache: where what is laid out is kept for the next time.
  ///   - drawn: where the rows are kept that were drawn.
  package static func canvas(
    _ page: Page, in size: Size, glyphs: Glyphs = .unicode, cache: LayoutCache = LayoutCache(),
    drawn: DrawnRows = DrawnRows()
  ) -> Canvas {
    guard fits(size) else {
      var canvas = Canvas(size: size)
      drawTooSmall(page, on: &canvas)
      return canvas
    }
    let layout = PageLayout(page, in: size, glyphs: glyphs, cache: cache)
    return drawn.canvas(of: layout.rows(with: drawn), in: size)
  }

  /// Whether a page can be used in a window of this size; in a smaller one only that is said.
  package static func fits(_ size: Size) -> Bool {
    size.columns >= minimum.columns && size.rows >= minimum.rows
  }

  /// The most fields that a window has room for at once. Of more only the one with the focus is shown.
  static func mostFields(in size: Size) -> Int { Frame(size).fieldRows }

  // MARK: What can be scrolled

  /// How far the page can be scrolled.
  package var extent: Extent {
    Extent(total: arrangement.body.count, visible: arrangement.visible)
  }

  /// Where the page would stand with each wide block of code in view moved by half of what is seen of it.
  func sideways(to direction: Command.Direction) -> [Int: Int] {
    var sideways = page.sideways
    let step = direction == .left ? -frame.width / 2 : frame.width / 2
    for (number, reach) in arrangement.reaches {
      sideways[number] = min(max(0, min(reach, sideways[number] ?? 0) + step), reach)
    }
    return sideways
  }

  /// What stands in the first row of the body.
  var place: Place? { arrangement.body.place(ofRow: arrangement.start) }

  func row(of place: Place) -> Int { arrangement.body.row(of: place) }

  /// How far to scroll for what a search stands at to be in view, with a third of the window above it. Nil where
  /// nothing was found on this page.
  var scrollToFound: Int? {
    guard let row = arrangement.foundHere?.row else { return nil }
    let shown = arrangement.start..<arrangement.start + arrangement.visible
    if shown.contains(row) { return arrangement.start }
    let most = max(0, arrangement.body.count - arrangement.visible)
    return min(max(0, row - arrangement.visible / 3), most)
  }

  // MARK: Drawing

  /// All rows of the window; nil where nothing is drawn.
  private func rows(with drawn: DrawnRows) -> [PlacedLine?] {
    var rows: [PlacedLine?] = Array(repeating: nil, count: frame.size.rows)
    put(drawn.header(page.header, in: setting), atRow: frame.headerRow, of: &rows)
    if let row = frame.ruleRow {
      put(drawn.rule(frame.width, in: setting), atRow: row, of: &rows)
    }
    var row = frame.bodyRow
    for line in arrangement.top {
      put(line, atRow: row, of: &rows)
      row += 1
    }
    for line in arrangement.shown {
      let part = line.windowed(
        from: offset(of: line), width: frame.wideWidth, glyphs: setting.glyphs)
      put(part, atRow: row, of: &rows)
      row += 1
    }
    if arrangement.overflows {
      let start = arrangement.start
      let below = arrangement.body.count - start - arrangement.shown.count
      put(
        drawn.scrollRule(
          above: start + page.rowsBeyond.above, below: below + page.rowsBeyond.below, in: setting),
        atRow: row, of: &rows)
    }
    row += 1
    for line in arrangement.dock {
      put(line, atRow: row, of: &rows)
      row += 1
    }
    put(drawn.keyBar(keys, in: setting), atRow: frame.keyRow, of: &rows)
    return rows
  }

  /// The page's keys, with those that depend on what fits into the window.
  private var keys: [KeyHint] {
    var keys = page.keys.filter { !($0.standsBesideField && frame.isRoomy) }
    if !arrangement.reaches.isEmpty {
      let isTaken = page.fields.contains(where: \.isFocused) || page.actions.count > 1
      keys.insert(
        isTaken
          ? KeyHint(.scroll(.left), .scroll(.right), "code", weight: 6)
          : KeyHint(.move(.left), .move(.right), "code", weight: 6),
        at: min(1, keys.count))
    }
    if arrangement.overflows, !page.fieldsComeFirst {
      let isAtEnd = arrangement.start + arrangement.shown.count >= arrangement.body.count
      // In a narrow window the way on through a long text is worth more than the way back; a search has its own.
      let weight = page.found == nil ? 8 : 4
      let hint =
        isAtEnd
        ? KeyHint(.scroll(.pageUp), "up", weight: 4)
        : KeyHint(.scroll(.pageDown), "more", weight: weight)
      keys.insert(hint, at: min(1, keys.count))
    }
    return keys
  }

  /// How far a line of code is scrolled: as the user did, or so that what a search stands at can be seen.
  private func offset(of line: Line) -> Int {
    guard let code = line.code else { return 0 }
    let offset = page.sideways[code.number] ?? 0
    guard page.found?.here != nil, let here = arrangement.foundHere,
      arrangement.body[here.row].code?.number == code.number
    else { return offset }
    let seen = offset..<offset + code.room(in: frame.wideWidth) * 3 / 4
    return seen.contains(here.column) ? offset : max(0, here.column - 8)
  }

  private func put(_ line: Line, atRow row: Int, of rows: inout [PlacedLine?]) {
    guard rows.indices.contains(row) else { return }
    let left = line.isFlush ? 0 : frame.left
    let width =
      line.isFlush ? frame.size.columns : line.isWide ? frame.wideWidth : frame.width
    rows[row] = PlacedLine(line: line, columns: left..<left + width)
  }

  /// The page's title stays while there is room, because it may be a question; the way out stays longest.
  private static func drawTooSmall(_ page: Page, on canvas: inout Canvas) {
    let size = canvas.size
    let need =
      "Usher needs \(minimum.columns) × \(minimum.rows). This window is \(size.columns) × \(size.rows)."
    let wayOut = "Make it larger to go on, or press Ctrl-C to leave."
    let texts = [
      "\(Sanitizer.clean(page.title))\n\(need) \(wayOut)", "\(need) \(wayOut)", wayOut,
      "Ctrl-C leaves.", "Ctrl-C",
    ].map { Wrapping.lines(of: $0, columns: max(1, size.columns)) }
    let lines = texts.first { $0.count <= size.rows } ?? texts[texts.count - 1]
    for (row, line) in lines.prefix(size.rows).enumerated() {
      canvas.write(line, at: Point(column: 0, row: row))
    }
  }
}
