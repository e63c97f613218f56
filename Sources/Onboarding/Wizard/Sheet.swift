internal import Secrets

/// Something that lies over a screen and goes again without changing it. Most sheets only show one thing.
protocol Sheet {
  /// The sheet as a case of all of them.
  var overlay: Overlay { get }
  mutating func handle(_ input: Input) -> Request
  /// - Parameter header: that of the page below.
  func page(header: Page.Header) -> Page
  /// Whether keys go into a text.
  var isTyping: Bool { get }
  /// A text as a whole, for what the sheet asks.
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin)
  /// Plain mode: one of the page's actions by its number from 0.
  mutating func select(action: Int)
}

extension Page.Header {
  /// The header of a sheet that is no step on the way: it names the same account, and counts nothing.
  func covered(by position: String) -> Page.Header {
    Page.Header(provider: provider, domain: domain, position: position)
  }
}

extension Sheet {
  var isTyping: Bool { false }
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) {}
  mutating func select(action: Int) {}
}
