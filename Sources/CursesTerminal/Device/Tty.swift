internal import CLinux
internal import Glibc
internal import TerminalUI

/// The controlling terminal, opened twice: reading must never block (the poll waits), writing must never fail half way.
struct Tty: ~Copyable {
  /// Does not block.
  let input: Int32
  /// Blocks.
  let output: Int32

  /// Opens `/dev/tty`; never standard input or output, which may be pipes.
  init() throws(TerminalError) {
    let flags = O_RDWR | O_NOCTTY | O_CLOEXEC
    let input = unsafe linux_open("/dev/tty", flags | O_NONBLOCK, 0)
    let output = unsafe linux_open("/dev/tty", flags, 0)
    guard input >= 0, output >= 0 else {
      if input >= 0 { close(input) }
      if output >= 0 { close(output) }
      throw .noTerminal
    }
    self.input = input
    self.output = output
  }

  deinit {
    close(input)
    close(output)
  }

  /// What the terminal says of its size; nil where it does not know (a serial line).
  func windowSize() -> Size? {
    var window = winsize()
    guard unsafe linux_ioctl_winsize(output, &window) == 0, window.ws_col > 0, window.ws_row > 0
    else { return nil }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }

  /// Whether this process's group has the terminal.
  var isForeground: Bool { tcgetpgrp(output) == getpgrp() }

  func write(_ bytes: [UInt8]) { unsafe Tty.write(bytes.span.bytes, to: output) }

  /// Writes all of a text, unless the terminal is gone.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { unsafe Tty.write($0.span.bytes, to: output) }
  }

  /// Writes all bytes to a descriptor that blocks.
  static func write(_ bytes: RawSpan, to descriptor: Int32) {
    unsafe bytes.withUnsafeBytes { all in
      var rest = unsafe all[...]
      while unsafe !rest.isEmpty {
        let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
        let written = unsafe Glibc.write(descriptor, part.baseAddress, part.count)
        if written < 0 && linux_errno() != EINTR { return }
        unsafe rest = rest.dropFirst(max(0, written))
      }
    }
  }
}
