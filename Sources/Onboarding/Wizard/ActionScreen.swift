internal import Basics

/// A screen whose only controls are its actions.
protocol ActionScreen: WizardScreen {
  var choice: Choice { get set }
  /// At least one, the best first.
  func actions(_ visit: borrowing LinkSession) -> [ScreenAction]
}

/// Something to do next, and what it asks for.
struct ScreenAction {
  let label: String
  let request: Request
  /// What the key bar says of it.
  let hint: String

  init(_ label: String, _ request: Request, hint: String? = nil) {
    self.label = label
    self.request = request
    // In the middle of a line; names in it keep their letters.
    self.hint = hint ?? label.withoutCapital
  }
}

extension ActionScreen {
  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    choice.handle(input, among: actions(visit).map(\.request))
  }

  mutating func select(_ control: NumberedControl, _ visit: borrowing LinkSession) {
    if case .action(let number) = control { choice.select(number, count: actions(visit).count) }
  }
}

extension Page {
  /// Puts actions on the page, and the key that does the selected one in front of the others.
  mutating func show(_ actions: [ScreenAction], selected: Int) {
    self.actions = actions.map { Action($0.label) }
    selectedAction = selected
    keys.insert(KeyHint(.activate, actions[selected].hint, brief: "select", weight: 9), at: 0)
  }
}
