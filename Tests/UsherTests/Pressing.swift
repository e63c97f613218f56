import TestSupport

extension PseudoTerminal {
  /// Presses Enter, once it is taken, and waits for what has to come of it. False when that never shows.
  func pressEnter(until text: String) -> Bool {
    passQuietTime()
    type("\r")
    return wait(for: text)
  }

  /// The same right after a paste.
  func pressEnterAfterPaste(until text: String) -> Bool {
    watchQuietTime()
    type("\r")
    return wait(for: text)
  }

  /// The same as `passQuietTime` where a key that types nothing would only make the moment longer, and where there is no help:
  /// there is nothing to be done meanwhile but to look.
  func watchQuietTime() {
    let end = ContinuousClock.now.advanced(by: .milliseconds(250))
    while ContinuousClock.now < end { _ = screen.text }
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

  /// Presses Ctrl-C until the program has left its screen, or its line: once, or again where it asks or says that a draft is
  /// lost. Pressed later, it would be an interruption; so anything else that changes meanwhile is no answer to it.
  func leave() {
    let mode = screen.isOn("?1049") ? "?1049" : "?2004"
    func reasons(_ screen: ScreenEmulator) -> Int {
      ["Leave without storing?", "could not be kept"].count(where: screen.text.contains)
    }
    for _ in 0..<4 where screen.isOn(mode) {
      let before = reasons(screen)
      type("\u{3}")
      _ = wait { !$0.isOn(mode) || reasons($0) > before }
    }
  }
}
