internal import Secrets

/// Rows that are found by typing: what was typed, and which of those that fit is selected.
struct FilteredList: Equatable {
  private(set) var query = TextEntry()
  private var choice = Choice()
  /// Whether what was typed came as a whole line: nobody sees a selection then, and an empty line goes on.
  private(set) var cameAsLine = false

  var text: String { query.text }

  var index: Int { choice.index }

  /// The names that hold what was typed, those first that begin so.
  func fitting(_ names: [String]) -> [String] {
    let wanted = query.text.lowercased()
    guard !wanted.isEmpty else { return names }
    let fitting = names.filter { $0.lowercased().contains(wanted) }
    return fitting.filter { $0.lowercased().hasPrefix(wanted) }
      + fitting.filter { !$0.lowercased().hasPrefix(wanted) }
  }

  mutating func apply(_ edit: Edit) {
    cameAsLine = false
    query.apply(edit)
    choice = Choice()
  }

  /// A whole line, in place of what was typed.
  /// - Returns: false when it is too long to be searched for.
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) -> Bool {
    if case .line = origin {
      query.replace(with: "")
      cameAsLine = true
    }
    choice = Choice()
    return query.paste(text)
  }

  mutating func clear() {
    query.replace(with: "")
    choice = Choice()
    cameAsLine = false
  }

  mutating func select(_ index: Int, count: Int) { choice.select(index, count: count) }

  /// Whether the command moved the selection. A page is ten rows.
  mutating func move(_ command: Command, count: Int) -> Bool {
    guard count > 0 else { return false }
    let target: Int
    switch command {
    case .scroll(.up): target = choice.index - 1
    case .scroll(.down): target = choice.index + 1
    case .scroll(.pageUp): target = choice.index - 10
    case .scroll(.pageDown): target = choice.index + 10
    case .scroll(.top): target = 0
    case .scroll(.bottom): target = count - 1
    default: return choice.move(command, count: count)
    }
    choice = Choice(min(max(target, 0), count - 1))
    return true
  }

  /// As a page shows it.
  func field(_ label: String, placeholder: String) -> FieldView {
    var field = FieldView(label: label, input: query.input)
    field.isFocused = true
    field.placeholder = placeholder
    return field
  }
}
