internal import Basics
internal import CLinux
internal import Glibc

/// What a poll found: bytes from the terminal, a signal, or news on a descriptor of somebody else.
struct PollResult {
  private(set) var signal = false
  private(set) var input = false
  private(set) var other = false

  /// Sleeps until one of them is ready, or until `end`; without an end it never wakes up in between.
  ///
  /// - Parameter hearsInput: not while another process group has the terminal, for its input is not ours.
  static func wait(
    _ tty: borrowing Tty, _ signals: borrowing SignalSource, other: Int32?,
    until end: ContinuousClock.Instant?, hearsInput: Bool = true
  ) -> PollResult {
    var descriptors = [
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      // Ignored by poll when negative.
      pollfd(fd: hearsInput ? tty.input : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: other ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    guard unsafe poll(&descriptors, 3, milliseconds(until: end)) > 0 else { return PollResult() }
    return PollResult(
      signal: descriptors[0].revents != 0, input: descriptors[1].revents != 0,
      other: descriptors[2].revents != 0)
  }

  /// -1 waits for ever.
  private static func milliseconds(until end: ContinuousClock.Instant?) -> Int32 {
    end.map { ($0 - .now).pollMilliseconds } ?? -1
  }
}
