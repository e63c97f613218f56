internal import Basics
internal import TerminalUI

/// The input of a field: a text, dots in place of a secret, or choices.
extension FieldLines {
  /// What is shown in place of a choice that has not been made.
  static let none = "none"

  var inputLines: [Line] {
    switch field.input {
    case .text(let text, let caret): [textInput(text, caret)]
    case .masked(let characters, let caret): [maskedInput(characters, caret)]
    case .choices(let choices, let selected): choiceLines(choices, selected)
    }
  }

  private var style: Style { field.isFocused ? .fieldFocused : .field }

  private var barRun: StyledText {
    let bar = field.isFocused ? setting.glyphs.focusedBar : setting.glyphs.bar
    return StyledText(bar + " ", field.isFocused ? .strong : .border)
  }

  private var prefix: String { setting.text(field.prefix ?? "") }

  private var suffix: String { setting.text(field.suffix ?? "") }

  /// Whether prefix and suffix leave enough room for a value between them.
  private var isDecoratedBeside: Bool {
    Width.of(prefix) + Width.of(suffix) <= setting.width - 2 - 16
  }

  private var prefixRuns: [StyledText] {
    prefix.isEmpty || !isDecoratedBeside ? [] : [StyledText(prefix, .muted)]
  }

  private var suffixRuns: [StyledText] {
    suffix.isEmpty || !isDecoratedBeside ? [] : [StyledText(suffix, .muted)]
  }

  /// Prefix and suffix on a row of their own, where there is no room beside the value.
  var decoration: [Line] {
    guard !isDecoratedBeside else { return [] }
    let whole = "  " + prefix + setting.glyphs.spell("…") + suffix
    guard setting.isRoomy else {
      return [Line(Width.truncate(whole, columns: setting.width), .muted)]
    }
    return setting.lines([StyledText(whole, .muted)], hangingIndent: 2)
  }

  /// An example would be taken for a value between a prefix and a suffix: it stands below then.
  var exampleBelow: Line? {
    guard !prefixRuns.isEmpty || !suffixRuns.isEmpty, let example else { return nil }
    return Line(Width.truncate("  " + example, columns: setting.width), .muted)
  }

  /// In words, because a paler colour alone would not tell an example from a value.
  private var example: String? {
    field.placeholder.map { setting.text(field.id == nil ? $0 : "e.g. \($0.firstLine)") }
  }

  /// The columns between prefix and suffix.
  private var inputWidth: Int {
    setting.width - 2 - (prefixRuns + suffixRuns).reduce(0) { $0 + $1.width }
  }

  /// A full row keeps still: only the count below goes on.
  private func maskedInput(_ characters: Int, _ caret: Int) -> Line {
    if characters == 0, let placeholder { return placeholder }
    let capacity = inputWidth - 1
    let dots = String(setting.glyphs.mask, times: min(characters, capacity))
    let atEnd = caret >= characters
    let column = atEnd ? min(characters, capacity) : min(caret, capacity - 1)
    return input(dots, caret: column)
  }

  private func textInput(_ text: String, _ caret: Int) -> Line {
    if text.isEmpty, let placeholder { return placeholder }
    let before = setting.text(String(String.UnicodeScalarView(text.unicodeScalars.prefix(caret))))
    let window = TextWindow(setting.text(text), caret: Width.of(before), columns: inputWidth - 1)
    return input(window.text, caret: window.caret)
  }

  private var placeholder: Line? {
    guard let example, exampleBelow == nil else { return nil }
    let text = Width.truncate(example, columns: inputWidth - 1)
    return input(text, style: .placeholder, caret: 0)
  }

  private func input(_ text: String, style: Style? = nil, caret: Int) -> Line {
    let used = Width.of(text)
    var line = Line([barRun] + prefixRuns)
    if field.isFocused { line.caret = line.width + caret }
    line.runs.append(StyledText(text, style ?? self.style))
    // The suffix follows the value; without one the input reaches to the margin.
    if suffixRuns.isEmpty {
      line.fill = self.style
    } else {
      line.runs.append(StyledText(used < inputWidth ? " " : "", self.style))
      line.runs += suffixRuns
    }
    return line
  }

  /// What can be chosen; where nothing may be, that stands first.
  private func choiceLines(_ choices: [String], _ selected: Int?) -> [Line] {
    let none = field.isOptional ? [FieldLines.none] : []
    let all = none + choices.map(setting.text)
    let here = selected.map { $0 + none.count } ?? (none.isEmpty ? nil : 0)
    let lines = openChoices(all, here)
    return lines.count <= 2 ? lines : [closedChoice(all, here)]
  }

  /// All choices side by side; in columns where one row is not enough.
  private func openChoices(_ choices: [String], _ selected: Int?) -> [Line] {
    let gap = 3
    let runs = choices.enumerated().map { index, choice in
      let mark = index == selected ? "(\(setting.glyphs.bullet)) " : "( ) "
      return StyledText(mark + choice, index == selected ? style : .plain)
    }
    let room = setting.width - 2
    let widest = runs.map(\.width).max() ?? 0
    let isOneRow = runs.reduce(0) { $0 + $1.width } + gap * (runs.count - 1) <= room
    let perRow = isOneRow ? runs.count : max(1, (room + gap) / (widest + gap))
    return stride(from: 0, to: runs.count, by: max(1, perRow)).map { start in
      let row = runs[start..<min(start + perRow, runs.count)]
      var line = Line([barRun])
      for (column, run) in row.enumerated() {
        line.runs.append(run)
        guard column + 1 < row.count else { continue }
        let pad = isOneRow ? 0 : widest - run.width
        line.runs.append(StyledText(String(repeating: " ", count: pad + gap)))
      }
      return line
    }
  }

  /// Only the chosen one, for more than two rows of them.
  private func closedChoice(_ choices: [String], _ selected: Int?) -> Line {
    let place = selected.map { "\($0 + 1) of \(choices.count)" } ?? "one of \(choices.count)"
    let room = setting.width - 2 - 4 - 2 - Width.of(place)
    let text = selected.map { Width.truncate(choices[$0], columns: room) } ?? FieldLines.none
    return Line([
      barRun, StyledText("< ", .muted), StyledText(text, style), StyledText(" >", .muted),
      StyledText("  \(place)", .muted),
    ])
  }
}

extension String {
  /// The first line of an example that has several, with a mark; some entries spell their line ends out.
  var firstLine: String {
    let plain = replacing("\\r\\n", with: "\n").replacing("\\n", with: "\n")
    let lines = plain.split(whereSeparator: \.isNewline)
    guard let first = lines.first else { return "" }
    return lines.count > 1 ? "\(first) …" : String(first)
  }
}
