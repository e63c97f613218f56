internal import TerminalUI

/// Which lines of a page go where in a window: what stands above the body, the body, and the dock below it.
struct PageRegions {
  /// Above the body, and not scrolled with it.
  private(set) var top: [Line] = []
  private(set) var body: BodyRows
  private(set) var dock: [Line] = []
  /// Rows of the window for the body.
  private(set) var visible = 0
  /// The first row of the body that is shown.
  private(set) var start = 0
  private(set) var shown: [Line] = []

  private let page: Page
  private let frame: Frame
  private let setting: LayoutContext

  var overflows: Bool { body.count > visible }

  init(_ page: Page, body: Body, in frame: Frame, setting: LayoutContext) {
    self.page = page
    self.frame = frame
    self.setting = setting
    self.body = BodyRows(body.lines)
    if page.fieldsComeFirst { arrangeSearch() } else { arrange(body.lines) }
    start = firstRow(showing: body.selected)
    shown = Array(self.body.dropFirst(start).prefix(visible))
  }

  private mutating func arrangeSearch() {
    let room = frame.bodyAndDockRows
    let air: [Line] = frame.isRoomy ? [.blank] : []
    let title = setting.lines(page.title, .heading) + air
    top = title + fieldLines(beside: 0, of: room).lines + air
    dock = actionLines
    visible = max(1, room - top.count - (dock.isEmpty ? 0 : dock.count + 1))
    if body.count > visible, dock.isEmpty { visible = max(1, visible - 1) }
  }

  private mutating func arrange(_ lines: [Line]) {
    let room = frame.bodyAndDockRows
    var actions = actionLines
    // What Enter does, and where the values will be: in view before anything is typed.
    if let commitment = page.commitment.map(setting.lines) {
      if frame.isRoomy {
        actions = commitment + (actions.isEmpty ? [] : [.blank]) + actions
      } else {
        let row = lines.firstIndex { $0.passage != nil } ?? lines.count
        body = BodyRows(lines, inserting: commitment, at: row)
      }
    }
    let (fields, leavesHelpOut) = fieldLines(beside: body.count, of: room - actions.count)
    if leavesHelpOut { body.append(helpLines) }
    let gap: [Line] = frame.isRoomy && !fields.isEmpty && !actions.isEmpty ? [.blank] : []
    dock = cut(fields, leaving: gap + actions) + gap + actions
    visible = max(1, room - dock.count - 1)
  }

  /// At least two rows of the body stay readable, however much is asked or said. What is cut then is marked, and stands
  /// whole at the end of the body.
  private mutating func cut(_ fields: [Line], leaving others: [Line]) -> [Line] {
    let limit = max(2, frame.bodyAndDockRows + frame.spareRows - 3 - others.count)
    guard fields.count > limit else { return fields }
    let passage = body.nextPassage
    body.append([.blank] + fields.map { $0.part(of: passage) }.map(\.withoutCaret))
    var shown = Array(fields.prefix(limit))
    shown[limit - 1] = shown[limit - 1].marked(setting.glyphs.spell("…"), in: setting.width)
    return shown
  }

  /// The fields in as much detail as there is room for; the focused one always with its input. A body that does not
  /// fit anyway keeps two fifths of the room: the guide is worth more than details of fields that are not being typed.
  private func fieldLines(beside bodyRows: Int, of room: Int) -> (
    lines: [Line], leavesHelpOut: Bool
  ) {
    let focused = page.fields.firstIndex { $0.isFocused }
    let limit = max(3, room - 1 - min(bodyRows, room * 2 / 5))
    // What Enter does has to be in view, and is the first of the body where rows are few.
    let isCrowded = page.commitment != nil && !frame.isRoomy
    let (above, below) = (page.fieldsBeyond.above, page.fieldsBeyond.below)
    let count = above + page.fields.count + below
    for (own, others) in FieldLines.levels where own != .full || !isCrowded {
      guard count <= limit, count == page.fields.count else { break }
      if let lines = fieldLines(focused: focused, own: own, others: others, limit: limit) {
        return (lines, own != .full)
      }
    }
    guard let focused else { return ([], false) }
    let position = count > 1 ? "\(above + focused + 1) of \(count)" : nil
    let lines = FieldLines(page.fields[focused], in: setting, position: position).lines(
      .least)
    return (lines, true)
  }

  /// Nil when they take more rows than there are: the rest is then not laid out.
  private func fieldLines(
    focused: Int?, own: FieldLines.Detail, others: FieldLines.Detail, limit: Int
  ) -> [Line]? {
    let labelWidth =
      others == .label ? page.fields.map { Width.of(setting.text($0.label)) }.max() ?? 0 : 0
    var lines: [Line] = []
    var previous: FieldLines.Detail?
    for (index, field) in page.fields.enumerated() {
      let detail = index == focused ? own : others
      if let previous, frame.isRoomy, detail != .label || previous != .label {
        lines.append(.blank)
      }
      lines += FieldLines(field, in: setting, labelWidth: labelWidth).lines(detail)
      if lines.count > limit { return nil }
      previous = detail
    }
    return lines
  }

  /// What is said of the field that is being typed, behind the guide's own words, where there is no room beside it.
  private var helpLines: [Line] {
    guard let field = page.fields.first(where: \.isFocused), !field.help.isEmpty else { return [] }
    let label = StyledText(setting.text(field.label) + ": ", .strong)
    let help = setting.runs(LinkedText.inlines(field.help), style: .muted)
    let passage = body.nextPassage
    return [.blank] + setting.lines([label] + help).map { $0.part(of: passage) }
  }

  private var actionLines: [Line] {
    let notice = page.notice.map { setting.lines($0) } ?? []
    // While a field has the focus, Enter goes on from it: the key bar says so, and the action needs no row.
    let needsActions = page.selectedAction != nil || page.fields.isEmpty
    return notice
      + (needsActions ? setting.actions(page.actions, selected: page.selectedAction) : [])
  }

  // MARK: What is in view

  /// As far as the user scrolled, and such that the selected row is in view.
  private func firstRow(showing selected: Range<Int>?) -> Int {
    let most = max(0, body.count - visible)
    var start = min(max(0, page.scroll), most)
    if let selected {
      // A row beyond it stays in view where there is one, so that the way on can be seen.
      start = max(start, min(selected.upperBound + 1, body.count) - visible)
      start = min(start, max(0, selected.lowerBound - 1))
    }
    return min(max(0, start), most)
  }

  /// How far each block of code that is in view, and wider than the window, can be scrolled sideways.
  var reaches: [Int: Int] {
    var reaches: [Int: Int] = [:]
    for line in shown {
      guard let code = line.code, code.reach(in: frame.wideWidth) > 0 else { continue }
      reaches[code.number] = max(reaches[code.number] ?? 0, code.reach(in: frame.wideWidth))
    }
    return reaches
  }

  /// The row and, in code, the column of what a search stands at.
  var foundHere: (row: Int, column: Int)? {
    guard page.found?.here != nil,
      let row = body.firstIndex(where: { $0.runs.contains { $0.style == .foundHere } })
    else { return nil }
    let line = body[row]
    let before = line.runs.prefix { $0.style != .foundHere }.reduce(0) { $0 + $1.width }
    return (row, max(0, before - (line.code?.lead ?? before)))
  }
}

extension FieldLines {
  /// From everything to the least, for the focused field and the others.
  static let levels: [(own: Detail, others: Detail)] = [
    (.full, .full), (.full, .withoutHelp), (.full, .label), (.withoutHelp, .label),
  ]
}
