package import Secrets

/// A terminal that only prints lines and reads lines: for screen readers, serial consoles and session logs.
package protocol LineDevice: ~Copyable {
  /// Prints one line. The text has been cleaned.
  mutating func print(_ line: String)
  /// Prints a prompt and reads one line, without its line end. What is not to be seen is not echoed.
  /// - Parameter descriptor: where news may come that are waited for as well; what has been typed by then is forgotten.
  mutating func readLine(_ prompt: String, echo: LineEcho, orNewsAt descriptor: Int32?) -> LineInput
  /// Waits until a descriptor becomes readable. Nil when it did; else what came instead.
  mutating func wait(for descriptor: Int32) -> LineInterruption?
}

extension LineDevice where Self: ~Copyable {
  /// The same where nothing else is waited for.
  package mutating func readLine(_ prompt: String, echo: LineEcho) -> LineInput {
    readLine(prompt, echo: echo, orNewsAt: nil)
  }
}

/// What of a line can be seen while it is entered.
package enum LineEcho: Equatable, Sendable {
  /// All of it: the value of a field that is no secret.
  case all
  /// What is typed, and of what is pasted only that it was: where no value is asked for, it may be one that came too early.
  case typed
  /// Nothing: a secret.
  case nothing
}

/// What came of reading a line.
package enum LineInput: ~Copyable {
  /// What was entered, without its line end, in locked memory whether it was hidden or not.
  case line(SecretBuffer)
  case interrupted(LineInterruption)
  /// The descriptor that was waited for besides is readable.
  case news
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
