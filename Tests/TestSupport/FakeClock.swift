internal import Glibc

/// The machine's clock, set forward or back for the programs that are started with it: a year passes between two commands.
///
/// It is `faketime`, of Debian's package of that name, which stands before the C library: only programs that are linked
/// dynamically believe it, so a debug build does and the release does not. Time spans are measured as ever, since the
/// monotonic clock is left alone. A program's helper process does not inherit it: it is told the program's time, and
/// verifies certificates by the machine's.
package struct FakeClock: Sendable {
  /// Nil where it is not installed: tests are skipped by name then.
  package static let tool = Tool.path("faketime")

  /// How far it is before the machine's; negative where it is behind.
  package private(set) var secondsAhead = 0

  /// One that is right.
  package init() {}

  package mutating func advance(days: Int, hours: Int = 0) {
    secondsAhead += days * 86_400 + hours * 3600
  }

  /// In seconds since 1970.
  package var now: Int64 { Int64(time(nil)) + Int64(secondsAhead) }

  /// What stands before a command line that is to believe it.
  ///
  /// The tool is needed, and not its library alone: that changes the environment where the tool has not prepared it, and a
  /// program in Swift finds its arguments by the place of its environment.
  package var command: [String] {
    let offset = "\(secondsAhead < 0 ? "" : "+")\(secondsAhead)s"
    return [FakeClock.tool ?? "faketime", "-m", "--exclude-monotonic", "-f", offset]
  }
}
