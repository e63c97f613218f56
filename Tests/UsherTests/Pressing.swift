import TestSupport

extension PseudoTerminal {
  /// Presses Enter on one screen after the other until a text shows. False when it never does.
  func pressEnter(until text: String) -> Bool {
    for _ in 0..<12 where !screen.text.contains(text) {
      passQuietTime()
      let before = screen.text
      type("\r")
      guard wait(until: { $0.text != before }) else { return false }
    }
    return screen.text.contains(text)
  }

  /// Lets the moment pass in which Enter does nothing after a paste or on arrival at a screen that matters. Instead of
  /// sleeping it looks at the help and comes back, which is done in no time, until the clock says that it is over.
  func passQuietTime() {
    let end = ContinuousClock.now.advanced(by: .milliseconds(250))
    while ContinuousClock.now < end {
      type("\u{1B}OP")
      guard wait(for: "Typing a value") else { return }
      type("\u{1B}")
      guard wait(until: { !$0.text.contains("Typing a value") }) else { return }
    }
  }
}
