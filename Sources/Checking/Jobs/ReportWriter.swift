internal import Basics
internal import Secrets
internal import Synchronization

/// Tells the program what a job does and comes to, from any thread, one report after the other.
final class ReportWriter: Sendable {
  private let output: Int32
  private let turn = Mutex<Void>(())

  init(_ output: Int32) { self.output = output }

  /// A program that does not listen any more is no error: it has ended the job. What is longer than it would take is left
  /// out.
  func write(_ report: consuming HelperReport) {
    guard let message = report.framed() else { return }
    turn.withLock { _ in try? message.write(to: output) }
  }
}
