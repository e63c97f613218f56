internal import Basics
internal import CLinux
internal import Glibc
internal import TerminalUI

/// The controlling terminal, opened twice: reading must never block (the poll waits), writing must never fail half way.
struct Tty: ~Copyable {
  private let inputFile: FileDescriptor
  private let outputFile: FileDescriptor

  /// Does not block.
  var input: Int32 { inputFile.number }
  /// Blocks.
  var output: Int32 { outputFile.number }

  /// Opens `/dev/tty`; never standard input or output, which may be pipes.
  init() throws(TerminalError) {
    let input = try Tty.open(O_NONBLOCK)
    let output = try Tty.open(0)
    inputFile = input
    outputFile = output
  }

  private static func open(_ flag: Int32) throws(TerminalError) -> FileDescriptor {
    do {
      return try FileDescriptor.open("/dev/tty", O_RDWR | O_NOCTTY | flag)
    } catch {
      throw error.isOpenFileLimit ? .tooManyFiles : .noTerminal
    }
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

  /// Whether another group has the terminal. A terminal that is gone belongs to nobody.
  var isInBackground: Bool {
    let group = tcgetpgrp(output)
    return group > 0 && group != getpgrp()
  }

  /// Whether its keys send no signals. No shell leaves it so: then the settings are ours.
  var isOurs: Bool {
    var settings = termios()
    return unsafe tcgetattr(output, &settings) == 0 && settings.c_lflag & tcflag_t(ISIG) == 0
  }

  func write(_ bytes: [UInt8]) { unsafe Tty.write(bytes.span.bytes, to: output) }

  /// Writes all of a text, unless the terminal is gone.
  func write(_ text: String) { text.withBytes { Tty.write($0, to: output) } }

  /// Writes all bytes, unless the terminal is gone.
  static func write(_ bytes: RawSpan, to descriptor: Int32) {
    try? FileDescriptor.write(bytes, to: descriptor)
  }
}
