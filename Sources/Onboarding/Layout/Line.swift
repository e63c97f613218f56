internal import TerminalUI

/// One row of a page before it has a place.
struct Line: Equatable {
  var runs: [StyledText] = []
  /// Starts at the window's left edge and may use its whole width.
  var isFlush = false
  /// Belongs to the row that is selected: kept in view.
  var isSelected = false
  /// Where the cursor stands in it, in columns.
  var caret: Int?
  /// Filled to the right margin in this style.
  var fill: Style?
  /// The passage of the page that it belongs to, or ends.
  var passage: Int?
  /// Code may be wider than the window: it is shown in part.
  var code: CodeSpan?

  static let blank = Line()

  init(_ runs: [StyledText] = []) { self.runs = runs }

  init(_ text: String, _ style: Style = .plain) { runs = [StyledText(text, style)] }

  var isBlank: Bool { runs.allSatisfy { $0.text.isEmpty } && fill == nil }

  var width: Int { runs.reduce(0) { $0 + $1.width } }

  /// The same line behind something.
  func indented(by runs: [StyledText]) -> Line {
    var line = self
    line.runs = runs + self.runs
    let indent = runs.reduce(0) { $0 + $1.width }
    if let caret { line.caret = caret + indent }
    if let code {
      line.code?.leadRuns = code.leadRuns + runs.count
      line.code?.lead = code.lead + indent
    }
    return line
  }

  /// Says which passage it shows. What stands inside of it already knows better.
  func part(of passage: Int) -> Line {
    var line = self
    line.passage = self.passage ?? passage
    return line
  }

  func indented(by columns: Int) -> Line {
    isBlank ? self : indented(by: [StyledText(String(repeating: " ", count: columns))])
  }
}

extension Notice.Sign {
  var style: Style {
    switch self {
    case .done: .success
    case .failed: .error
    case .warning: .warning
    case .note: .muted
    }
  }
}

/// What lines are made with: how wide, with which signs, and which numbers links have.
struct Setting {
  /// Columns of the whole window.
  var windowWidth: Int
  /// Columns between the margins.
  var width: Int
  var glyphs: Glyphs
  var references: References
  /// What is marked as found.
  var found: Found?
  /// Columns of the names that stand beside values, so that all of a page line up.
  var nameWidth = 0
  /// Whether there is room for blank rows.
  var isRoomy: Bool

  /// A text of ours or of others, in characters that are safe and can be shown.
  func text(_ text: String) -> String { glyphs.spell(Sanitizer.clean(text)) }

  /// A horizontal line.
  func rule(_ columns: Int) -> String {
    String(repeating: glyphs.rule, count: max(0, columns))
  }

  /// The same with the lines of a paragraph.
  func lines(_ runs: [StyledText], width: Int? = nil, hangingIndent: Int = 0) -> [Line] {
    Wrapping.lines(of: runs, columns: width ?? self.width, hangingIndent: hangingIndent)
      .map { line in Line(line.map { StyledText(Setting.untied($0.text), $0.style) }) }
  }

  /// A blank at which no line ends. It has done its work when the lines are broken: not every terminal can show it.
  static let tie: Character = "\u{A0}"

  private static func untied(_ text: String) -> String {
    guard text.utf8.contains(0xC2) else { return text }
    return String(text.map { $0 == tie ? " " : $0 })
  }

  func lines(_ text: String, _ style: Style = .plain, width: Int? = nil) -> [Line] {
    lines([StyledText(self.text(text), style)], width: width)
  }

  /// A sign and a sentence that lines up behind it.
  func lines(_ notice: Notice, width: Int? = nil) -> [Line] {
    let sign = glyphs.sign(notice.sign)
    let runs = [
      StyledText(sign + " ", notice.sign.style),
      StyledText(text(notice.sentence), notice.sign == .note ? .muted : .plain),
    ]
    return lines(runs, width: width, hangingIndent: Width.of(sign) + 1)
  }

  /// Narrower, for what is indented.
  func narrowed(by columns: Int) -> Setting {
    var setting = self
    setting.width = max(1, width - columns)
    return setting
  }
}
