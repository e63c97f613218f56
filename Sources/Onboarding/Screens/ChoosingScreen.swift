internal import Secrets

/// A screen on which it is chosen what to link. It comes before all screens of the way and knows no provider yet.
protocol ChoosingScreen {
  mutating func handle(_ input: Input) -> Request
  /// A paste, or a line of plain mode.
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) -> Request
  /// Plain mode: a control of the page by its number.
  mutating func select(_ control: NumberedControl)
  /// Why what was chosen could not be opened.
  mutating func report(_ notice: Notice)
  func page() -> Page
  /// Whether keys go into a text.
  var isTyping: Bool { get }
}
