package import Secrets

/// A terminal that only prints lines and reads lines: for screen readers, serial consoles and session logs.
package protocol LineDevice: ~Copyable {
  /// Prints one line. The text has been cleaned.
  mutating func print(_ line: String)
  /// Prints a prompt and reads one line, without its line end. `isSecret` switches the echo off, and on again before
  /// it returns, whatever happens.
  mutating func readLine(_ prompt: String, isSecret: Bool) -> LineInput
  /// Waits until a descriptor becomes readable. Nil when it did; else what came instead.
  mutating func wait(for descriptor: Int32) -> LineInterruption?
}

/// What came of reading a line.
package enum LineInput: ~Copyable {
  case line(SecretBuffer)
  case interrupted(LineInterruption)
}

/// What can come in place of a line.
package enum LineInterruption: Equatable, Sendable {
  /// Ctrl-C.
  case interrupt
  /// The input has ended.
  case end
  /// SIGTERM or SIGHUP.
  case terminated(signal: Int32)
}
