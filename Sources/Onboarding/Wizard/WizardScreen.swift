internal import Secrets

/// One screen of the way through a provider: a small value that is told what the user does and says what to show. It does
/// not know what comes before or after it.
///
/// Most screens are told of input only; for the rest there are answers that do nothing, which is why a screen need not
/// have all that is asked for here.
protocol WizardScreen {
  /// The screen as a case of all of them.
  var screen: Screen { get }
  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request
  func page(_ visit: borrowing LinkSession) -> Page
  /// A text as a whole, for whatever has the focus.
  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request
  /// So many characters of a text that is not whole yet have come. It is received as a whole when it has ended.
  mutating func showArriving(_ characters: Int)
  /// Plain mode: a control of the page by its number.
  mutating func select(_ control: NumberedControl, _ visit: borrowing LinkSession)
  /// Whether keys go into a text.
  var isTyping: Bool { get }
  /// When the screen has to change without the user doing anything; `tick` is then due.
  var deadline: ContinuousClock.Instant? { get }
  mutating func tick(at now: ContinuousClock.Instant)
}

extension WizardScreen {
  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request { .stay }
  mutating func showArriving(_ characters: Int) {}
  mutating func select(_ control: NumberedControl, _ visit: borrowing LinkSession) {}
  var isTyping: Bool { false }
  var deadline: ContinuousClock.Instant? { nil }
  mutating func tick(at now: ContinuousClock.Instant) {}
}

/// How a text came that was not typed key by key.
enum TextOrigin {
  /// `isCut` when it was longer than any value may be; nothing of it is used then.
  case paste(isCut: Bool)
  /// Plain mode: a whole line, in place of what was there.
  case line
}

/// One of the actions of a page, or of the rows of its list, by its number from 0.
enum NumberedControl {
  case action(Int)
  case row(Int)
}
