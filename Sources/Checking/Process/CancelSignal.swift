internal import CLinux

/// Wakes a thread that waits in `poll`. Stays set once it is.
final class CancelSignal: Sendable {
  /// Readable as soon as `set` was called. Minus one when the system gave none: the wait then ends at its deadline.
  let file: Int32

  init() { file = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK)) }

  deinit { close(file) }

  func set() {
    var one: UInt64 = 1
    _ = unsafe write(file, &one, MemoryLayout<UInt64>.size)
  }
}
