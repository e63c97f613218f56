internal import CLinux

/// Wakes a thread that waits in `poll`: an eventfd, which stays readable from `set` until `clear`, or signals.
package final class EventDescriptor: Sendable {
  private let file: FileDescriptor

  /// For polling only. Negative when the system gave none, which `poll` passes over: the wait then ends at its deadline.
  package var number: Int32 { file.number }

  /// Not readable at first. Never fails: without a descriptor `number` is negative.
  package init() { file = FileDescriptor(eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))) }

  /// Readable as soon as one of these signals comes, which from now on do nothing else: to be made before there is a
  /// second thread, which would take them with their usual action. They stay blocked for this thread, and for those that
  /// are started later. Those that are ignored, as nohup has it, stay so.
  package init(signals: [Int32]) {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for number in signals where linux_signal_ignored(number) == 0 {
      unsafe sigaddset(&mask, number)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    file = FileDescriptor(unsafe signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK)))
  }

  /// Makes it readable. May be called from any thread.
  package func set() { eventfd_write(number, 1) }

  /// Makes it wait again.
  package func clear() {
    var count: eventfd_t = 0
    _ = unsafe eventfd_read(number, &count)
  }
}
