internal import Guides
package import TerminalUI

/// Draws a page on a canvas of any size.
///
/// From top to bottom: the header, the body, the dock (fields, notice, actions) and the key bar. The dock follows the
/// body where all of it fits; where not, it stays in view above the key bar and the body scrolls behind a rule that says
/// how much is out of sight. Text is never wider than `textWidth`; in wider windows it stands in the middle.
package struct PageLayout {
  /// The smallest window in which every page can be used.
  package static let minimum = Size(columns: 40, rows: 10)
  /// Longer lines are hard to read.
  package static let textWidth = 76

  /// How much of a page's body a window shows, in rows.
  package struct Extent: Equatable, Sendable {
    package var total: Int
    package var visible: Int
  }

  private let page: Page
  private let frame: Frame
  private let setting: Setting

  package init(_ page: Page, in size: Size, glyphs: Glyphs = .unicode) {
    self.page = page
    frame = Frame(size)
    setting = Setting(
      windowWidth: size.columns, width: frame.width, glyphs: glyphs, links: page.links,
      isRoomy: frame.isRoomy)
  }

  /// The page as it looks in a window.
  package static func canvas(_ page: Page, in size: Size, glyphs: Glyphs = .unicode) -> Canvas {
    var canvas = Canvas(size: size)
    guard fits(size) else {
      drawTooSmall(page, on: &canvas)
      return canvas
    }
    PageLayout(page, in: size, glyphs: glyphs).draw(on: &canvas)
    return canvas
  }

  package static func fits(_ size: Size) -> Bool {
    size.columns >= minimum.columns && size.rows >= minimum.rows
  }

  /// How far a page can be scrolled.
  package static func extent(of page: Page, in size: Size) -> Extent {
    guard fits(size) else { return Extent(total: 0, visible: 0) }
    let arrangement = PageLayout(page, in: size).arrangement
    return Extent(total: arrangement.body.count, visible: arrangement.visible)
  }

  // MARK: Arranging

  /// Which lines go where.
  private struct Arrangement {
    /// Above the body, and not scrolled with it.
    var top: [Line]
    var body: [Line]
    var dock: [Line]
    /// Rows of the window for the body.
    var visible: Int
    var overflows: Bool { body.count > visible }
  }

  private var arrangement: Arrangement {
    let isSearch = page.fieldsComeFirst
    let title = setting.lines(page.title, .heading) + (frame.isRoomy ? [.blank] : [])
    let items = setting.lines(page.items)
    let room = frame.bodyAndDockRows
    if isSearch {
      let top = title + fieldLines(beside: 0, of: room) + (frame.isRoomy ? [.blank] : [])
      let dock = actionLines
      let visible = max(1, room - top.count - (dock.isEmpty ? 0 : dock.count + 1))
      return Arrangement(
        top: top, body: items, dock: dock,
        visible: items.count > visible ? max(1, visible - (dock.isEmpty ? 1 : 0)) : visible)
    }
    let body = title + items
    let fields = fieldLines(beside: body.count, of: room - actionLines.count)
    let gap: [Line] = frame.isRoomy && !fields.isEmpty && !actionLines.isEmpty ? [.blank] : []
    // At least two rows of the body stay readable, however much is asked or said.
    let dock = Array((fields + gap + actionLines).prefix(max(0, room - 3)))
    let visible = max(1, room - dock.count - 1)
    return Arrangement(top: [], body: body, dock: dock, visible: visible)
  }

  /// The fields in as much detail as there is room for; the focused one always with its input. A body that does not
  /// fit anyway keeps two fifths of the room: the guide is worth more than details of fields that are not being typed.
  private func fieldLines(beside bodyRows: Int, of room: Int) -> [Line] {
    let focused = page.fields.firstIndex { $0.isFocused }
    let limit = max(3, room - 1 - min(bodyRows, room * 2 / 5))
    for (own, others) in FieldLines.levels {
      let lines = fieldLines(focused: focused, own: own, others: others)
      if lines.count <= limit { return lines }
    }
    guard let focused else { return [] }
    let position = page.fields.count > 1 ? "\(focused + 1) of \(page.fields.count)" : nil
    let lines = FieldLines(page.fields[focused], in: setting, position: position).lines(
      .withoutHelp)
    return Array(lines.prefix(max(3, room - 3)))
  }

  private func fieldLines(
    focused: Int?, own: FieldLines.Detail, others: FieldLines.Detail
  ) -> [Line] {
    let labelWidth = page.fields.map { Width.of(setting.text($0.label)) }.max() ?? 0
    var lines: [Line] = []
    var previous: FieldLines.Detail?
    for (index, field) in page.fields.enumerated() {
      let detail = index == focused ? own : others
      if let previous, frame.isRoomy, detail != .label || previous != .label {
        lines.append(.blank)
      }
      lines += FieldLines(field, in: setting, labelWidth: labelWidth).lines(detail)
      previous = detail
    }
    return lines
  }

  private var actionLines: [Line] {
    let notice = page.notice.map { setting.lines($0) } ?? []
    // While a field has the focus, Enter goes on from it: the key bar says so, and the action needs no row.
    let needsActions = page.selectedAction != nil || page.fields.isEmpty
    return notice
      + (needsActions ? setting.actions(page.actions, selected: page.selectedAction) : [])
  }

  // MARK: Drawing

  private func draw(on canvas: inout Canvas) {
    let arrangement = arrangement
    put(setting.header(page.header), atRow: frame.headerRow, on: &canvas)
    if let row = frame.ruleRow {
      put(Line(setting.rule(frame.width), .border), atRow: row, on: &canvas)
    }
    var row = frame.bodyRow
    for line in arrangement.top {
      put(line, atRow: row, on: &canvas)
      row += 1
    }
    let start = scroll(arrangement)
    let shown = arrangement.body.dropFirst(start).prefix(arrangement.visible)
    for line in shown {
      put(line, atRow: row, on: &canvas)
      row += 1
    }
    if arrangement.overflows {
      let below = arrangement.body.count - start - shown.count
      put(setting.scrollRule(above: start, below: below), atRow: row, on: &canvas)
    }
    row += 1
    for line in arrangement.dock {
      put(line, atRow: row, on: &canvas)
      row += 1
    }
    var keys = page.keys.filter { !($0.standsBesideField && frame.isRoomy) }
    if arrangement.overflows, !page.fieldsComeFirst {
      keys.insert(KeyHint("PgDn", "more", weight: 4), at: min(1, keys.count))
    }
    put(setting.keyBar(keys), atRow: frame.keyRow, on: &canvas)
  }

  /// The first row of the body that is shown: as far as the user scrolled, and such that the selected row is in view.
  private func scroll(_ arrangement: Arrangement) -> Int {
    let most = max(0, arrangement.body.count - arrangement.visible)
    var start = min(max(0, page.scroll), most)
    if let first = arrangement.body.firstIndex(where: \.isSelected),
      let last = arrangement.body.lastIndex(where: \.isSelected)
    {
      // A row beyond it stays in view where there is one, so that the way on can be seen.
      start = max(start, min(last + 2, arrangement.body.count) - arrangement.visible)
      start = min(start, max(0, first - 1))
    }
    return min(max(0, start), most)
  }

  private func put(_ line: Line, atRow row: Int, on canvas: inout Canvas) {
    guard row >= 0, row < canvas.size.rows else { return }
    let left = line.isFlush ? 0 : frame.left
    let width = line.isFlush ? canvas.size.columns : frame.width
    let place = Point(column: left, row: row)
    if let fill = line.fill {
      canvas.fill(Area(origin: place, size: Size(columns: width, rows: 1)), style: fill)
    }
    canvas.write(line.runs, at: place, limit: width)
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

extension FieldLines {
  /// From everything to the least, for the focused field and the others.
  static let levels: [(own: Detail, others: Detail)] = [
    (.full, .full), (.full, .withoutHelp), (.full, .label), (.withoutHelp, .label),
  ]
}
