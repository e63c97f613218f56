internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets
internal import Synchronization
internal import TerminalUI

/// Writes to the standard streams. Everything that was not written by us passes the sanitizer on its way.
///
/// Every write to standard output is looked at. After the first that fails nothing more is written, so that no hole is
/// left in what a script reads, and `finish` says so at the end.
enum Console {
  /// Why standard output is not whole.
  private static let failure = Mutex<SystemError?>(nil)

  /// Whether a person is there to answer: input and a terminal of our own.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// How wide the terminal of standard error is, in columns; the usual width where it does not tell.
  static var errorColumns: Int { columns(of: STDERR_FILENO) }

  private static func columns(of descriptor: Int32) -> Int {
    var size = winsize()
    guard unsafe linux_ioctl_winsize(descriptor, &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// How wide the terminal of standard output is, in columns; nil where it is none or does not tell.
  static var outputColumns: Int? {
    var size = winsize()
    guard unsafe linux_ioctl_winsize(STDOUT_FILENO, &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Rows in columns, as they fit the terminal; their cells are cleaned one by one.
  static func table(_ table: TextTable) { document(table.text(fitting: outputColumns)) }

  /// One or more lines to standard output, cleaned of anything that could move a terminal.
  static func line(_ text: String = "") {
    write(Sanitizer.clean(text, keepingLineBreaks: true) + "\n", to: STDOUT_FILENO)
  }

  /// Sentences of ours to standard output. On a terminal their lines end between words, and none is very long.
  static func paragraph(_ text: String) {
    guard isOutputTerminal else { return line(text) }
    let columns = min(columns(of: STDOUT_FILENO), 100)
    for text in text.split(separator: "\n", omittingEmptySubsequences: false) {
      for line in Wrapping.lines(of: String(text), columns: columns) {
        self.line(line.map(\.text).joined())
      }
    }
  }

  /// One or more lines to standard error, cleaned likewise.
  static func error(_ text: String) {
    write(Sanitizer.clean(text, keepingLineBreaks: true) + "\n", to: STDERR_FILENO)
  }

  /// One line on a terminal's standard error that stands in place of the one before; an empty one takes it away.
  static func status(_ text: String) {
    write("\r\u{1B}[K" + Sanitizer.clean(text), to: STDERR_FILENO)
  }

  /// JSON for scripts: one document and a line end. JSON escapes control characters itself.
  static func json(_ value: Value) {
    write((isOutputTerminal ? value.prettyJSON : value.json) + "\n", to: STDOUT_FILENO)
  }

  /// A question, with the cursor left behind it.
  static func prompt(_ text: String) { write(Sanitizer.clean(text), to: STDOUT_FILENO) }

  /// Text of our own that is longer than the sanitizer lets through.
  static func document(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// A part of a text that has been cleaned, as it comes.
  static func piece(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// What a provider says of a failure, to standard error: as it is, and cleaned on a terminal. Whatever follows begins on
  /// a line of its own.
  static func errorBody(_ body: [UInt8]) {
    guard !body.isEmpty else { return }
    let text = body.last == UInt8(ascii: "\n") ? body : body + [UInt8(ascii: "\n")]
    guard isatty(STDERR_FILENO) == 1 else {
      text.withBytes { write($0, to: STDERR_FILENO) }
      return
    }
    var sanitizer = StreamSanitizer()
    write(sanitizer.clean(text) + sanitizer.finish(), to: STDERR_FILENO)
  }

  /// Another process has written to standard output, and could not.
  static func lose(_ error: SystemError) { failure.withLock { $0 = $0 ?? error } }

  /// Exact bytes that hold no secret (a sealed record).
  static func bytes(_ bytes: [UInt8]) { unsafe write(bytes.span.bytes, to: STDOUT_FILENO) }

  /// Exact bytes of a secret.
  static func secret(_ bytes: borrowing SecretBuffer) {
    bytes.withBytes { write($0, to: STDOUT_FILENO) }
  }

  /// The program's exit status: what the command came to, unless its output could not be written. Where the reader
  /// went away the program ends without a word by the signal that says so, as every tool in a pipeline does.
  static func finish(_ code: ExitCode) -> Int32 {
    guard let failure = closed() else { return code.rawValue }
    if failure.code == EPIPE {
      _ = linux_signal_default(SIGPIPE)
      kill(getpid(), SIGPIPE)
    }
    ErrorPrinter.print(
      Explanation(
        what: "standard output could not be written", why: failure.reason,
        advice: "what stands there is not whole; what the command does besides is done"))
    return code == .done ? ExitCode.failed.rawValue : code.rawValue
  }

  /// What went wrong with standard output. Some file systems tell only when a file is closed.
  private static func closed() -> SystemError? {
    if let failure = failure.withLock({ $0 }) { return failure }
    guard close(STDOUT_FILENO) != 0 else { return nil }
    let error = SystemError.last
    return error.code == EBADF || error.code == EINTR ? nil : error
  }

  private static func write(_ text: String, to descriptor: Int32) {
    text.withBytes { write($0, to: descriptor) }
  }

  private static func write(_ bytes: RawSpan, to descriptor: Int32) {
    guard descriptor == STDOUT_FILENO else {
      try? FileDescriptor.write(bytes, to: descriptor)
      return
    }
    guard failure.withLock({ $0 == nil }) else { return }
    do throws(SystemError) {
      try FileDescriptor.write(bytes, to: descriptor)
    } catch {
      failure.withLock { $0 = error }
    }
  }
}
