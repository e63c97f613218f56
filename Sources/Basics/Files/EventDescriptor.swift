internal import CLinux

/// Wakes a thread that waits in `poll`: an eventfd. Stays readable from `set` until `clear`.
package final class EventDescriptor: Sendable {
  private let file: FileDescriptor

  /// For polling only. Negative when the system gave none, which `poll` passes over: the wait then ends at its deadline.
  package var number: Int32 { file.number }

  /// Not readable at first. Never fails: without a descriptor `number` is negative.
  package init() { file = FileDescriptor(eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))) }

  /// Makes it readable. May be called from any thread.
  package func set() { eventfd_write(number, 1) }

  /// Makes it wait again.
  package func clear() {
    var count: eventfd_t = 0
    _ = unsafe eventfd_read(number, &count)
  }
}
