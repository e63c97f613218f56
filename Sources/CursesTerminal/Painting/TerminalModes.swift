/// The modes of the terminal that are switched on for the session beyond what ncurses knows of, and the bytes that switch
/// everything off again.
enum TerminalModes {
  /// Bracketed paste: what is pasted arrives between marks.
  static let pasteOn = "\u{1B}[?2004h"
  static let pasteOff = "\u{1B}[?2004l"
  /// Synchronized update: the terminal shows what comes between the two at once.
  static let holdOn = "\u{1B}[?2026h"
  static let holdOff = "\u{1B}[?2026l"
  /// The keyboard protocols that a program which died may have left on: kitty's, and xterm's modifyOtherKeys. Their keys
  /// are understood, but for what Shift makes of a digit.
  static let plainKeys = "\u{1B}[=0;1u\u{1B}[>4;0m"
  /// Four kinds of mouse reports. We never ask for them; a program that was killed before us may have.
  private static let mouseOff = "\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1003l\u{1B}[?1006l"

  /// The same for the moment before the terminal's description is read: what nearly every terminal understands.
  static let undoUnknown = Array("\u{1B}[?1049l\u{1B}[?1l\u{1B}>\u{1B}[0m\u{1B}[?25h".utf8)

  /// What brings the terminal back from the full screen, whatever was being painted. For the supervisor.
  static var undoFullScreen: [UInt8] {
    var bytes: [UInt8] = []
    if CursesScreen.isANSI { bytes += Array((holdOff + pasteOff + mouseOff).utf8) }
    for name in ["rmacs", "sgr0", "op", "rmkx", "cnorm"] {
      bytes += CursesScreen.capability(name) ?? []
    }
    if let normalScreen = CursesScreen.capability("rmcup") {
      bytes += normalScreen
    } else if CursesScreen.isANSI {
      // There is only one screen: leave what is on it and go on below.
      bytes += Array("\u{1B}[999;1H\r\n".utf8)
    }
    return bytes
  }
}
