internal import Drafts
internal import TerminalUI

/// What a page asks for, as a prompt.
extension PlainPage {
  /// `API key, hidden. Paste it and press Enter: `
  func prompt(for field: FieldView) -> String {
    let label = setting.text(field.label)
    if page.goesOnWhenEmpty { return "\(label), a number, or Enter to go on: " }
    if page.fieldsComeFirst { return "\(label), or a number: " }
    let words = [label, field.isMasked ? "hidden" : "", field.isOptional ? "optional" : ""]
    let name = words.filter { !$0.isEmpty }.joined(separator: ", ")
    let others = page.actionsStandBesideField ? ", or enter a number" : ""
    return setting.glyphs.spell("\(name). \(wish(for: field))\(others): ")
  }

  private func wish(for field: FieldView) -> String {
    if field.awaitsConfirmation { return "Enter once more uses it" }
    switch field.input {
    case .masked(0, _):
      return field.isOptional ? "Paste it, or press Enter" : "Paste it and press Enter"
    case .masked(let count, _):
      return
        "Enter keeps the \(Sentences.count(count, "character")) that \(count == 1 ? "is" : "are") there"
    case .text("", _):
      return field.isOptional ? "Type it, or press Enter" : "Type it and press Enter"
    case .text(let text, _): return "Enter keeps “\(setting.text(text))”"
    case .choices(let choices, let selected?):
      return "A number, or Enter keeps “\(setting.text(choices[selected]))”"
    case .choices(_, nil):
      return field.isOptional ? "A number, or press Enter" : "Type a number and press Enter"
    }
  }

  /// What to enter where no value is asked for.
  var prompt: String {
    let hasRows = page.items.contains { if case .list = $0 { true } else { false } }
    let first = page.actions.first.map { setting.text($0.label) } ?? ""
    if page.actions.count > 1 {
      let answer = page.takesAnswer ? "A number or the whole address" : "A number"
      let hidden = page.hidesAnswers ? ", hidden" : ""
      return "\(answer)\(hidden), or Enter for “\(first)”: ".spelled(setting.glyphs)
    }
    let number = hasRows ? ", or a number to \(page.rowDeed)" : ""
    return "Enter for “\(first)”\(number): ".spelled(setting.glyphs)
  }
}

extension String {
  fileprivate func spelled(_ glyphs: Glyphs) -> String { glyphs.spell(self) }
}
