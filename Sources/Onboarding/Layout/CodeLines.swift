internal import TerminalUI

/// What a line of code needs to know of its block, to be shown in part.
struct CodeSpan: Equatable {
  /// The block's number on the page.
  var number: Int
  /// Columns of the block's widest line.
  var blockWidth: Int
  /// Runs and columns in front of the code: indentation, bars.
  var leadRuns = 0
  var lead = 0

  /// The columns for code in a line of a given width. A block that does not fit leaves two for the mark at its edge.
  func room(in width: Int) -> Int {
    let room = max(1, width - lead)
    return blockWidth <= room ? room : max(1, room - 2)
  }

  /// How far the block can be scrolled sideways.
  func reach(in width: Int) -> Int { max(0, blockWidth - room(in: width)) }
}

extension LayoutContext {
  /// Never wrapped: what is copied has to be what was written. The first row says the number that copies it.
  func code(_ text: String, language: String?, passage: Int) -> [Line] {
    let indent = 2
    let code = CodeText(text).lines
    var lines: [Line] = []
    let name = language.map(self.text) ?? ""
    if let number = references.number(ofCode: text) {
      let words = "[\(number)] " + (name.isEmpty ? "Code" : name)
      lines.append(Line(Width.truncate(words, columns: max(1, width - indent)), .muted))
    } else if !name.isEmpty {
      lines.append(Line(Width.truncate(name, columns: max(1, width - indent)), .muted))
    }
    let span = CodeSpan(
      number: references.number(ofCode: text) ?? 0, blockWidth: code.map { Width.of($0) }.max() ?? 0
    )
    var marking = SearchHighlighter(found, passage: passage)
    for line in code {
      var shown = Line(marking.runs(line, .code))
      shown.code = span
      shown.isWide = true
      lines.append(shown)
      marking.skip(1)
    }
    return lines.map { $0.indented(by: indent).part(of: passage) }
  }
}

extension Line {
  /// The part of a line of code that is in view, with marks at the edges beyond which it goes on.
  func windowed(from offset: Int, width: Int, glyphs: Glyphs) -> Line {
    guard let code = self.code, code.reach(in: width) > 0 else { return self }
    let room = code.room(in: width)
    let offset = min(max(0, offset), code.reach(in: width))
    let whole = Array(self.runs.dropFirst(code.leadRuns))
    let total = whole.reduce(0) { $0 + $1.width }
    var line = self
    line.runs = Array(self.runs.prefix(code.leadRuns))
    if offset > 0, total > 0 { line.markLead(glyphs.moreLeft) }
    let shown = whole.columns(offset..<offset + room)
    line.runs += shown
    if total > offset + room {
      let gap = max(0, room - shown.reduce(0) { $0 + $1.width }) + 1
      line.runs.append(StyledText(String(repeating: " ", count: gap) + glyphs.moreRight, .muted))
    }
    return line
  }

  /// Puts a mark into the last two blanks in front of the code.
  private mutating func markLead(_ mark: String) {
    guard let last = self.runs.last, last.text.hasSuffix("  ") else { return }
    let lead = StyledText(String(last.text.dropLast(2)), last.style)
    self.runs = self.runs.dropLast() + [lead, StyledText(mark + " ", .muted)]
  }
}

extension [StyledText] {
  /// What lies in a range of columns. A wide character of which only half does is a blank.
  func columns(_ range: Range<Int>) -> [StyledText] {
    var column = 0
    var shown: [StyledText] = []
    for run in self {
      var text = String.UnicodeScalarView()
      for scalar in run.text.unicodeScalars {
        let width = Width.of(scalar)
        if width == 0 {
          if !text.isEmpty { text.append(scalar) }
        } else if column >= range.lowerBound, column + width <= range.upperBound {
          text.append(scalar)
        } else if column < range.lowerBound, column + width > range.lowerBound {
          text.append(" ")
        }
        column += width
      }
      if !text.isEmpty { shown.append(StyledText(String(text), run.style)) }
    }
    return shown
  }
}
