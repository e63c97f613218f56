internal import Drafts
internal import TerminalUI

/// One row of a page before it has a place.
///
/// What it says lies behind a reference, and is copied when it changes: a page's rows are handed from the layout to the window
/// and compared with those of the page before at each key, where nearly all of them are the same ones.
@dynamicMemberLookup
struct Line: Equatable {
  /// What a line says, and how it wants to be placed.
  struct Content: Equatable {
    var runs: [StyledText]
    /// Starts at the window's left edge and may use its whole width.
    var isFlush = false
    /// May be wider than the text, up to the window's margin.
    var isWide = false
    /// Belongs to the row that is selected: kept in view.
    var isSelected = false
    /// Where the cursor stands in it, in columns.
    var caret: Int?
    /// Filled to the right margin in this style.
    var fill: Style?
    /// The passage of the page that it belongs to, or ends.
    var passage: Int?
    /// What fills the holes in it.
    var ends: RevealedEnds?
    /// Code may be wider than the window: it is shown in part.
    var code: CodeSpan?
  }

  private final class Shared: Sendable {
    let content: Content

    init(_ content: Content) { self.content = content }
  }

  private var shared: Shared

  subscript<Value>(dynamicMember member: WritableKeyPath<Content, Value>) -> Value {
    get { shared.content[keyPath: member] }
    set {
      var content = shared.content
      content[keyPath: member] = newValue
      shared = Shared(content)
    }
  }

  static func == (one: Line, other: Line) -> Bool {
    one.shared === other.shared || one.shared.content == other.shared.content
  }

  static let blank = Line()

  init(_ runs: [StyledText] = []) { shared = Shared(Content(runs: runs)) }

  init(_ text: String, _ style: Style = .plain) { self.init([StyledText(text, style)]) }

  var isBlank: Bool { self.runs.allSatisfy { $0.text.isEmpty } && self.fill == nil }

  var width: Int { self.runs.reduce(0) { $0 + $1.width } }

  /// The columns that it takes to show all of it, and of the block of code that it belongs to.
  var wholeWidth: Int { self.code.map { $0.lead + $0.blockWidth } ?? width }

  /// The same line behind something.
  func indented(by runs: [StyledText]) -> Line {
    var line = self
    line.runs = runs + self.runs
    let indent = runs.reduce(0) { $0 + $1.width }
    if let caret = self.caret { line.caret = caret + indent }
    if let code = self.code {
      line.code?.leadRuns = code.leadRuns + runs.count
      line.code?.lead = code.lead + indent
    }
    return line
  }

  var withoutCaret: Line {
    var line = self
    line.caret = nil
    return line
  }

  /// The same with a mark at its end, which says that it goes on elsewhere.
  func marked(_ mark: String, in width: Int) -> Line {
    var line = self
    let room = max(0, width - Width.of(mark) - 1)
    while line.width > room, let last = line.runs.popLast() {
      let rest = Width.prefix(last.text[...], columns: max(0, room - line.width))
      if !rest.isEmpty { line.runs.append(StyledText(String(rest), last.style)) }
    }
    line.runs.append(StyledText(" " + mark, .muted))
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
