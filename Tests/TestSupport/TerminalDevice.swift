internal import CLinux
internal import Glibc

/// A pseudo terminal: the end that a terminal's user has, and the name of the one that a program opens.
package final class TerminalDevice {
  package enum Read {
    case bytes([UInt8])
    /// There is nothing to read now.
    case nothing
    /// The last process that had the terminal is gone.
    case end
  }

  /// The user's end; -1 once it is closed.
  package private(set) var file: Int32
  /// What a program opens.
  package let path: String

  /// Nil where there are no pseudo terminals.
  package init?(columns: Int, rows: Int) {
    let file = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    // Several threads may open terminals at once: not ptsname, which has one answer for all of them.
    var name = [CChar](repeating: 0, count: 64)
    guard grantpt(file) == 0, unlockpt(file) == 0, unsafe ptsname_r(file, &name, name.count) == 0
    else {
      Glibc.close(file)
      return nil
    }
    self.file = file
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    resize(columns: columns, rows: rows)
  }

  deinit { close() }

  package func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    unsafe linux_set_winsize(file, &size)
  }

  /// Reading and writing return at once from now on, with what can be had.
  package func doNotBlock() { _ = fcntl(file, F_SETFL, O_RDWR | O_NONBLOCK) }

  /// How much was typed that no program has read; -1 when that cannot be known.
  package var pendingInput: Int {
    let other = unsafe linux_open(path, O_RDWR | O_NOCTTY | O_CLOEXEC, 0)
    guard other >= 0 else { return -1 }
    defer { Glibc.close(other) }
    return Int(linux_pending_input(other))
  }

  package func read() -> Read {
    let capacity = 65_536
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      unsafe count = Glibc.read(file, buffer.baseAddress, capacity)
      filled = max(0, count)
    }
    if count > 0 { return .bytes(bytes) }
    return count < 0 && [EAGAIN, EINTR].contains(linux_errno()) ? .nothing : .end
  }

  /// How many of the bytes were typed.
  package func write(_ bytes: ArraySlice<UInt8>) -> Int {
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    return max(0, count)
  }

  /// Closes the window: programs lose their terminal.
  package func close() {
    guard file >= 0 else { return }
    Glibc.close(file)
    file = -1
  }
}
