package import Secrets

/// A full-screen terminal, as the wizard's loop sees it. `CursesTerminal` implements it on ncurses; tests run the same
/// loop on a scripted one.
package protocol Terminal: ~Copyable {
  /// Of the window as it was last seen; a new size is also an event.
  var size: Size { get }
  /// Waits for the next thing that happens; without a deadline it waits for ever and never wakes up in between.
  mutating func nextEvent(before deadline: ContinuousClock.Instant?) -> TerminalEvent
  /// Shows a canvas of the terminal's own size.
  mutating func present(_ canvas: borrowing Canvas)
  /// Gives the terminal back, stops the process group, and takes the terminal again after it is continued.
  mutating func suspend()
  /// Offers text to the clipboard of the user's terminal (OSC 52). Best effort: there is no answer.
  mutating func copy(_ text: String)
}

/// Something that a terminal has to tell.
package enum TerminalEvent: ~Copyable {
  case key(Key)
  /// A whole paste, marks removed, nothing else changed. `isCut` when it was longer than the buffer's capacity.
  case paste(SecretBuffer, isCut: Bool)
  /// The same where the terminal sets no marks: text that came faster than a person types. A key behind it is a person's.
  case unmarkedPaste(SecretBuffer, isCut: Bool)
  /// So many characters of such a text have come, and more may: its end is known only when nothing more comes. It
  /// follows as `.unmarkedPaste`, before anything else.
  case arriving(characters: Int)
  case resized(Size)
  /// The mailbox has news.
  case mail
  case deadline
  /// SIGTERM, SIGHUP or the end of the terminal: leave now, without a question.
  case terminated(signal: Int32)
}
