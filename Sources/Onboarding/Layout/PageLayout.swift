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
    package var total: Int
    package var visible: Int

    /// How far a page is turned. One row of the page before stays in view, so that the eye finds its place; where only
    /// a few are shown the eye needs no help, and each of them counts.
    var page: Int { visible > 6 ? visible - 1 : max(1, visible) }
  }

  private let page: Page
  private let frame: Frame
  private let setting: LayoutContext
  private let arrangement: PageRegions

  /// - Parameter bodies: where the laid-out body is kept for the next time.
  package init(
    _ page: Page, in size: Size, glyphs: Glyphs = .unicode, bodies: BodyCache = BodyCache()
  ) {
    self.page = page
    let centred = Frame(size)
    setting = LayoutContext(
      windowWidth: size.columns, width: centred.width,
      wideWidth: size.columns - 2 * centred.margin, glyphs: glyphs, references: page.references,
      found: page.found, isRoomy: centred.isRoomy)
    // Where rows are few the commitment has to be seen, and the header says already whom it is about.
    let isCrowded = page.commitment != nil && !centred.isRoomy
    let source = Body.Source(
      title: page.title, items: page.items, found: page.found,
      size: Size(columns: size.columns, rows: centred.isRoomy ? 1 : 0), glyphs: glyphs,
      hasTitle: !page.fieldsComeFirst && !isCrowded)
    let body = bodies.body(source, in: setting)
    frame = centred.fitting(body.widest)
    arrangement = PageRegions(page, body: body, in: frame, setting: setting)
  }

  /// The page as it looks in a window.
  package static func canvas(
    _ page: Page, in size: Size, glyphs: Glyphs = .unicode, bodies: BodyCache = BodyCache()
  ) -> Canvas {
    var canvas = Canvas(size: size)
    guard fits(size) else {
      drawTooSmall(page, on: &canvas)
      return canvas
    }
    PageLayout(page, in: size, glyphs: glyphs, bodies: bodies).draw(on: &canvas)
    return canvas
  }

  package static func fits(_ size: Size) -> Bool {
    size.columns >= minimum.columns && size.rows >= minimum.rows
  }

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

  private func draw(on canvas: inout Canvas) {
    put(setting.header(page.header), atRow: frame.headerRow, on: &canvas)
    if let row = frame.ruleRow {
      put(Line(setting.rule(frame.width), .border), atRow: row, on: &canvas)
    }
    var row = frame.bodyRow
    for line in arrangement.top {
      put(line, atRow: row, on: &canvas)
      row += 1
    }
    for line in arrangement.shown {
      let part = line.windowed(
        from: offset(of: line), width: frame.wideWidth, glyphs: setting.glyphs)
      put(part, atRow: row, on: &canvas)
      row += 1
    }
    if arrangement.overflows {
      let start = arrangement.start
      let below = arrangement.body.count - start - arrangement.shown.count
      put(
        setting.scrollRule(
          above: start + page.rowsBeyond.above, below: below + page.rowsBeyond.below),
        atRow: row, on: &canvas)
    }
    row += 1
    for line in arrangement.dock {
      put(line, atRow: row, on: &canvas)
      row += 1
    }
    put(setting.keyBar(keys), atRow: frame.keyRow, on: &canvas)
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

  private func put(_ line: Line, atRow row: Int, on canvas: inout Canvas) {
    guard row >= 0, row < canvas.size.rows else { return }
    let left = line.isFlush ? 0 : frame.left
    let width =
      line.isFlush ? canvas.size.columns : line.isWide ? frame.wideWidth : frame.width
    let place = Point(column: left, row: row)
    if let fill = line.fill {
      canvas.fill(Area(origin: place, size: Size(columns: width, rows: 1)), style: fill)
    }
    canvas.write(line.runs, at: place, limit: width)
    line.ends?.fill(left..<left + width, ofRow: row, on: &canvas)
    if let caret = line.caret {
      canvas.cursor = Point(column: left + min(caret, width - 1), row: row)
    }
  }

  /// The page's title stays, because it may be a question.
  private static func drawTooSmall(_ page: Page, on canvas: inout Canvas) {
    let size = canvas.size
    let text =
      "\(Sanitizer.clean(page.title))\n"
      + "Usher needs \(minimum.columns) × \(minimum.rows). This window is \(size.columns) × \(size.rows). "
      + "Make it larger to go on, or press Ctrl-C to leave."
    let lines = Wrapping.lines(of: text, columns: max(1, size.columns))
    for (row, line) in lines.prefix(size.rows).enumerated() {
      canvas.write(line, at: Point(column: 0, row: row))
    }
  }
}
