internal import Basics
internal import Drafts
internal import TerminalUI

/// A field as lines: label, help, input, what is known of the value, and what is said about it.
///
/// While a masked value is typed, one key changes one cell of the input, the count, and the cursor; what follows the
/// count appears once and stays.
struct FieldLines {
  /// How much of a field is drawn.
  enum Detail { case full, withoutHelp, least, label }

  let field: FieldView
  let setting: LayoutContext
  /// Says where the field stands when the others are not drawn: `2 of 3`.
  var position: String?
  /// Columns of the longest label, so that one-line fields line up.
  var labelWidth: Int

  init(_ field: FieldView, in setting: LayoutContext, position: String? = nil, labelWidth: Int = 0)
  {
    self.field = field
    self.setting = setting
    self.position = position
    self.labelWidth = min(labelWidth, setting.width / 2)
  }

  func lines(_ detail: Detail) -> [Line] {
    switch detail {
    case .label: [summary]
    // What is wrong with a value is worth more than what stands around it.
    case .least where !notices.isEmpty: [label] + inputLines + remarks
    case .withoutHelp, .least: [label] + inputLines + decoration + remarks
    case .full: [label] + help + inputLines + decoration + remarks
    }
  }

  /// A status row with nothing in it gives its place to what is said about the value.
  private var remarks: [Line] {
    notices.isEmpty ? status : status.filter { !$0.isBlank } + notices
  }

  private var label: Line {
    var line = Line(setting.text(field.label), field.isFocused ? .strong : .plain)
    if field.isOptional { line.runs.append(StyledText("  optional", .muted)) }
    if let position { line.runs.append(StyledText("  \(position)", .muted)) }
    return line
  }

  private var help: [Line] {
    guard field.isFocused, !field.help.isEmpty else { return [] }
    return setting.help(field.help)
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
        selected.map { setting.text(choices[$0]) } ?? FieldLines.none
      }
    if let worst = field.notices.first {
      line.runs.append(StyledText(setting.glyphs.sign(worst.sign) + " ", worst.sign.style))
    }
    let room = max(0, setting.width - line.width)
    line.runs.append(StyledText(Width.truncate(value, columns: room), .muted))
    return line
  }

  // MARK: Below the input

  /// What is known of the value. The row is there before there is anything to say, so that nothing moves while a value
  /// is typed; until then it holds what can be taken instead of typing.
  private var status: [Line] {
    var parts = field.status + [field.ends?.holes].compactMap { $0 }
    if let number = field.copies.flatMap({ setting.references.number(ofCode: $0) }) {
      parts.insert("[\(number)] copies it", at: 0)
    }
    switch field.input {
    case .masked(let characters, _):
      guard characters > 0 else { return statusBeforeTyping }
      parts.insert("  " + Sentences.count(characters, "character"), at: 0)
    case .text, .choices:
      guard !parts.isEmpty else { return statusBeforeTyping }
      parts[0] = "  " + parts[0]
    }
    // In a narrow window the count and the verdict say more than what lies between.
    while parts.count > 2, Width.of(setting.text(parts.joined(separator: " · "))) > setting.width {
      parts.remove(at: 1)
    }
    let text = setting.text(parts.joined(separator: " · "))
    var line = Line(Width.truncate(text, columns: setting.width), .muted)
    if field.isMasked { line = line.counting }
    line.ends = field.ends
    return [line]
  }

  private var statusBeforeTyping: [Line] {
    if field.isFocused, case .choices(let choices, _) = field.input, choices.count > 3 {
      return [Line("  type to choose", .muted)]
    }
    guard field.isFocused, field.takesText, field.id != nil else { return [] }
    if let offer { return [offer] }
    if field.isEmpty, let exampleBelow { return [exampleBelow] }
    let file = field.takesFile ? "; \(KeyMap.name(of: .readFile, isTyping: true)) reads a file" : ""
    return [field.isMasked ? Line("  hidden while you type or paste\(file)", .muted) : .blank]
  }

  private var notices: [Line] {
    var lines = field.notices.flatMap { notice in
      setting.narrowed(by: 2).lines(notice).map { $0.indented(by: 2) }
    }
    // Where there is no room, the key bar has to do.
    if field.awaitsConfirmation, setting.isRoomy {
      let enter = StyledText("  " + KeyMap.name(of: .activate, isTyping: true), .keyName)
      lines.append(Line([enter, StyledText(" once more to use it", .keyText)]))
    }
    guard field.isFocused, setting.isRoomy else { return lines }
    if field.canOverride { lines.append(key(.insist, "use it anyway")) }
    if let offer, !field.isEmpty { lines.append(offer) }
    return lines
  }

  private var offer: Line? {
    field.offer.map { offer in
      key(.acceptOffer, "use “\(offer.text)”" + (offer.because.map { ": \($0)" } ?? ""))
    }
  }

  private func key(_ command: Command, _ meaning: String) -> Line {
    let key = KeyMap.name(of: command, isTyping: true)
    let room = setting.width - 4 - Width.of(key)
    return Line([
      StyledText("  " + key, .keyName), StyledText("  "),
      StyledText(Width.truncate(setting.text(meaning), columns: room), .keyText),
    ])
  }
}

extension Line {
  /// How many there are in the style of the input: it counts what is typed there. A key then changes no colour on its way
  /// from the dot to the figure and back, which over a slow line is half of what it costs.
  fileprivate var counting: Line {
    guard let run = self.runs.first else { return self }
    // The figure and its word are ASCII, whatever follows.
    let bytes = run.text.utf8
    let word = bytes.firstIndex { $0 != UInt8(ascii: " ") && !$0.isDigit } ?? bytes.endIndex
    let end = bytes[word...].firstIndex { !$0.isLetter } ?? bytes.endIndex
    var line = self
    line.runs = [
      StyledText(String(run.text[..<end]), .field),
      StyledText(String(run.text[end...]), run.style),
    ]
    return line
  }
}
