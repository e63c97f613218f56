internal import Basics
internal import CLinux
internal import Glibc
internal import TerminalUI

/// Writes to the standard streams. Everything that was not written by us passes the sanitizer on its way; a closed
/// pipe ends the output without a word, as it does for every tool in a pipeline.
enum Console {
  /// Whether a person is there to answer: input and a terminal of our own.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// One or more lines to standard output, cleaned of anything that could move a terminal.
  static func line(_ text: String = "") {
    write(Sanitizer.clean(text, keepingLineBreaks: true) + "\n", to: STDOUT_FILENO)
  }

  /// One or more lines to standard error, cleaned likewise.
  static func error(_ text: String) {
    write(Sanitizer.clean(text, keepingLineBreaks: true) + "\n", to: STDERR_FILENO)
  }

  /// JSON for scripts: one document and a line end. JSON escapes control characters itself.
  static func json(_ value: Value) {
    write((isOutputTerminal ? value.prettyJSON : value.json) + "\n", to: STDOUT_FILENO)
  }

  /// A question, with the cursor left behind it.
  static func prompt(_ text: String) { write(Sanitizer.clean(text), to: STDOUT_FILENO) }

  /// Text of our own that is longer than the sanitizer lets through.
  static func document(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Exact bytes that hold no secret (a sealed record).
  static func bytes(_ bytes: [UInt8]) { unsafe write(bytes.span.bytes, to: STDOUT_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    unsafe write(text.utf8.span.bytes, to: descriptor)
  }

  private static func write(_ bytes: RawSpan, to descriptor: Int32) {
    try? FileDescriptor.write(bytes, to: descriptor)
  }
}
