internal import Basics
internal import CLinux
internal import Glibc
internal import Onboarding
internal import TerminalUI

/// When the wizard asks line by line although there is a terminal.
enum PlainMode {
  /// By a setting, or by a terminal that says it is dumb.
  static func isPrompted(by settings: Settings) -> Bool {
    settings.plain == true || settings.terminal == nil || settings.terminal == "dumb"
  }

  /// Where a page does not fit. A terminal that does not tell its size (a serial line) has room enough.
  static var suitsWindow: Bool { windowSize.map { !PageLayout.fits($0) } ?? false }

  /// The terminal's size; nil when it does not tell.
  static var windowSize: Size? {
    var size = winsize()
    guard unsafe linux_ioctl_winsize(STDOUT_FILENO, &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Why lines were chosen although nobody asked for them, as a clause; nil where somebody did.
  static func reason(by settings: Settings) -> String? {
    if settings.plain == true { return nil }
    if settings.terminal == nil { return "TERM is not set" }
    return suitsWindow ? "the window is smaller than a page needs" : nil
  }
}
