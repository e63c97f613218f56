internal import Basics
internal import CLinux
internal import Dispatch
internal import Glibc

/// Ctrl-C, or the end of the session, while long work goes on: what is under way is given up, what is done stays, and the
/// command itself says how to go on. To be made before there is a second thread, for the signals do nothing else from then
/// on.
final class Interruption: Sendable {
  /// Somebody has interrupted what waited.
  struct Interrupted: Error {}

  /// What interrupts. A command that has to do more with it than to die ends with `ExitCode.interrupted` after any of them.
  static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Becomes readable, and stays so.
  let descriptor: EventDescriptor
  private let stop = StopSignal()

  init() {
    descriptor = EventDescriptor(signals: Self.signals)
    Threads.silencePool()
    let (descriptor, stop) = (descriptor, stop)
    // A thread of its own, which ends with the process.
    DispatchQueue(label: "interruption").async {
      var watched = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
      while unsafe poll(&watched, 1, -1) < 0, linux_errno() == EINTR {}
      if watched.revents != 0 { stop.set() }
    }
  }

  /// Whether it has come.
  var isSet: Bool {
    var watched = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&watched, 1, 0) == 1
  }

  /// Calls `listener` when it comes, on another thread, or at once where it has.
  /// - Returns: what `forget` takes.
  func listen(_ listener: @escaping @Sendable () -> Void) -> Int { stop.listen(listener) }

  /// Calls it no more.
  func forget(_ number: Int) { stop.forget(number) }

  /// Waits until there is something to read, the end included.
  /// - Throws: where it comes before.
  func wait(for file: Int32) throws(Interrupted) {
    var files = [
      pollfd(fd: file, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0),
    ]
    while unsafe poll(&files, 2, -1) < 0, linux_errno() == EINTR {}
    if files[1].revents != 0 { throw Interrupted() }
  }
}
