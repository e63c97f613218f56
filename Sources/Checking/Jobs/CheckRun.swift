internal import Basics
internal import Drafts
internal import Requests

/// One check from the first request to the diagnosis: carries requests from the session to the network and answers
/// back. Lives in the helper process.
final class CheckRun {
  private let transport: WebTransport
  private var submission: Submission?

  init(_ submission: consuming Submission, _ network: JobNetwork, _ reports: ReportWriter) {
    transport = network.transport(NetworkRules(submission), reports)
    self.submission = consume submission
  }

  /// Makes the check. A second call finds nothing to check.
  func diagnose() async -> Diagnosis {
    guard let submission = submission.take() else { return HelperFailure.takenTwice.diagnosis() }
    var session = CheckSession(submission)
    while true {
      switch session.next() {
      case .done(let diagnosis): return diagnosis
      case .send(let request): await transport.exchange(request, with: &session)
      }
    }
  }

  func close() async { await transport.close() }
}
