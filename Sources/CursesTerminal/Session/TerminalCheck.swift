internal import Basics
internal import CNcurses
internal import Glibc

/// Whether there will be a full screen, without touching the terminal: for `usher doctor`.
package enum TerminalCheck {
  /// Why a terminal of this name cannot show one, in a clause without a period; nil when it can.
  package static func problem(with term: String) -> String? {
    guard let null = unsafe fopen("/dev/null", "r+") else { return nil }
    defer { unsafe fclose(null) }
    do throws(TerminalError) {
      let screen = try unsafe CursesScreen.open(term, null, null)
      endwin()
      unsafe delscreen(screen)
      return nil
    } catch {
      return error.explanation.why
    }
  }
}
