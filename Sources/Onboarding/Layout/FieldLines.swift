internal import Credentials
internal import TerminalUI

/// A field as lines: label, help, input, what is known of the value, and what is said about it.
///
/// While a masked value is typed, one key changes one cell of the input, the count, and the cursor; nothing moves. The
/// count is right-aligned, and what follows it appears once and stays.
struct FieldLines {
  /// How much of a field is drawn.
  enum Detail { case full, withoutHelp, label }

  let field: FieldView
  let setting: Setting
  /// Says where the field stands when the others are not drawn: `2 of 3`.
  var position: String?
  /// Columns of the longest label, so that one-line fields line up.
  var labelWidth: Int

  init(_ field: FieldView, in setting: Setting, position: String? = nil, labelWidth: Int = 0) {
    self.field = field
    self.setting = setting
    self.position = position
    self.labelWidth = min(labelWidth, setting.width / 2)
  }

  func lines(_ detail: Detail) -> [Line] {
    switch detail {
    case .label: [summary]
    case .withoutHelp: [label] + inputLines + status + notices
    case .full: [label] + help + inputLines + status + notices
    }
  }

  private var label: Line {
    var line = Line(setting.text(field.label), field.isFocused ? .strong : .plain)
    if field.isOptional { line.runs.append(StyledText("  optional", .muted)) }
    if let position { line.runs.append(StyledText("  \(position)", .muted)) }
    return line
  }

  private var help: [Line] {
    field.isFocused && !field.help.isEmpty ? setting.lines(field.help, .muted) : []
  }

  /// One line for a field without the focus where there is no room for more.
  private var summary: Line {
    let label = Width.truncate(setting.text(field.label), columns: setting.width / 2)
    let gap = String(repeating: " ", count: max(0, labelWidth - Width.of(label)) + 2)
    var line = Line([StyledText(label), StyledText(gap)])
    let value: String =
      switch field.input {
      case .text(let text, _): text.isEmpty ? "empty" : setting.text(text)
      case .masked(let count, _): count == 0 ? "empty" : Sentences.count(count, "character")
      case .choices(let choices, let selected):
        selected.map { setting.text(choices[$0]) } ?? "none"
      }
    if let worst = field.notices.first {
      line.runs.append(StyledText(setting.glyphs.sign(worst.sign) + " ", worst.sign.style))
    }
    let room = max(0, setting.width - line.width)
    line.runs.append(StyledText(Width.truncate(value, columns: room), .muted))
    return line
  }

  // MARK: Input

  private var inputLines: [Line] {
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

  private var prefixRuns: [StyledText] {
    field.prefix.map { [StyledText(setting.text($0), .muted)] } ?? []
  }

  private var suffixRuns: [StyledText] {
    field.suffix.map { [StyledText(setting.text($0), .muted)] } ?? []
  }

  /// The columns between prefix and suffix. Very long decoration gives way: the value needs room.
  private var inputWidth: Int {
    let decoration = (prefixRuns + suffixRuns).reduce(0) { $0 + $1.width }
    return max(8, setting.width - 2 - decoration)
  }

  /// A full row keeps still: only the count below goes on.
  private func maskedInput(_ characters: Int, _ caret: Int) -> Line {
    if characters == 0, let placeholder { return placeholder }
    let capacity = inputWidth - 1
    let dots = String(repeating: Character(setting.glyphs.mask), count: min(characters, capacity))
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
    guard let placeholder = field.placeholder else { return nil }
    // In words, because a paler colour alone would not tell an example from a value.
    let words = field.id == nil ? placeholder : "e.g. \(placeholder)"
    let text = Width.truncate(setting.text(words), columns: inputWidth - 1)
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

  private func choiceLines(_ choices: [String], _ selected: Int?) -> [Line] {
    let lines = openChoices(choices, selected)
    return lines.count <= 2 ? lines : [closedChoice(choices, selected)]
  }

  /// All choices side by side.
  private func openChoices(_ choices: [String], _ selected: Int?) -> [Line] {
    var lines = [Line([barRun])]
    for (index, choice) in choices.enumerated() {
      let mark = index == selected ? "(\(setting.glyphs.bullet)) " : "( ) "
      let run = StyledText(mark + setting.text(choice), index == selected ? style : .plain)
      let gap = lines[lines.count - 1].runs.count > 1 ? 3 : 0
      if lines[lines.count - 1].width + gap + run.width > setting.width, gap > 0 {
        lines.append(Line([barRun]))
      } else if gap > 0 {
        lines[lines.count - 1].runs.append(StyledText("   "))
      }
      lines[lines.count - 1].runs.append(run)
    }
    return lines
  }

  /// Only the chosen one, for more than two rows of them.
  private func closedChoice(_ choices: [String], _ selected: Int?) -> Line {
    let place = selected.map { "\($0 + 1) of \(choices.count)" } ?? "one of \(choices.count)"
    let room = setting.width - 2 - 4 - 2 - Width.of(place)
    let text = selected.map { Width.truncate(setting.text(choices[$0]), columns: room) } ?? "none"
    return Line([
      barRun, StyledText("< ", .muted), StyledText(text, style), StyledText(" >", .muted),
      StyledText("  \(place)", .muted),
    ])
  }

  // MARK: Below the input

  /// What is known of the value. The row is there before there is anything to say, so that nothing moves while a value
  /// is typed; until then it holds what can be taken instead of typing.
  private var status: [Line] {
    var parts = field.status
    switch field.input {
    case .masked(let characters, _):
      guard characters > 0 else { return statusBeforeTyping }
      let number = String(characters)
      let pad = String(repeating: " ", count: max(0, 4 - number.count))
      parts.insert("\(pad)\(number) character\(characters == 1 ? " " : "s")", at: 0)
    case .text, .choices:
      guard !parts.isEmpty else { return statusBeforeTyping }
      parts[0] = "  " + parts[0]
    }
    // In a narrow window the count and the verdict say more than what lies between.
    while parts.count > 2, Width.of(setting.text(parts.joined(separator: " · "))) > setting.width {
      parts.remove(at: 1)
    }
    let text = setting.text(parts.joined(separator: " · "))
    return [Line(Width.truncate(text, columns: setting.width), .muted)]
  }

  private var statusBeforeTyping: [Line] {
    guard field.isFocused, field.takesText, field.id != nil else { return [] }
    if let offer { return [offer] }
    let file = field.takesFile ? "; Ctrl-T reads a file" : ""
    return [field.isMasked ? Line("  hidden while you type or paste\(file)", .muted) : .blank]
  }

  private var notices: [Line] {
    var lines = field.notices.flatMap { notice in
      setting.narrowed(by: 2).lines(notice).map { $0.indented(by: 2) }
    }
    // Where there is no room, the key bar has to do.
    guard field.isFocused, setting.isRoomy else { return lines }
    if field.canInsist { lines.append(key("Ctrl-O", "use it anyway")) }
    if let offer, !field.isEmpty { lines.append(offer) }
    return lines
  }

  private var offer: Line? {
    field.offer.map { offer in
      key("Ctrl-Y", "use “\(offer.text)”" + (offer.because.map { ": \($0)" } ?? ""))
    }
  }

  private func key(_ key: String, _ meaning: String) -> Line {
    let room = setting.width - 4 - Width.of(key)
    return Line([
      StyledText("  " + key, .keyName), StyledText("  "),
      StyledText(Width.truncate(setting.text(meaning), columns: room), .keyText),
    ])
  }
}
