internal import Glibc
internal import Synchronization

/// How far a fetch is, on one line of a terminal's standard error that is written over; nothing anywhere else.
final class FetchProgress: Sendable {
  private let isShown: Bool
  private let last = Mutex(-1)

  init(isSilent: Bool) { isShown = !isSilent && isatty(STDERR_FILENO) == 1 }

  /// A whole percentage is written once.
  @Sendable func show(_ finished: Int, _ all: Int) {
    guard isShown, all > 0 else { return }
    let percent = finished * 100 / all
    let isNew = last.withLock { last in
      defer { last = max(last, percent) }
      return percent > last
    }
    if isNew { Console.status("usher: \(finished) of \(all) pages") }
  }

  /// Takes the line away.
  func end() {
    if isShown, last.withLock({ $0 }) >= 0 { Console.status("") }
  }
}
