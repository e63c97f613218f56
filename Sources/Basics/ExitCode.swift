/// The exit codes of the program, fixed: scripts depend on them.
package enum ExitCode: Int32, Sendable, CaseIterable {
  case done = 0
  case failed = 1
  case usage = 2
  /// The user left the wizard.
  case left = 3
  /// A terminal is needed and there is none.
  case noTerminal = 4
  /// The provider refused the credentials.
  case refused = 5
  /// The provider could not be asked.
  case notAsked = 6
  case storeFailed = 7
  /// No such connection or provider.
  case notFound = 8
  /// `usher run`: the command is there and cannot be run.
  case notRunnable = 126
  /// `usher run`: there is no such command.
  case noCommand = 127
  case interrupted = 130
}
