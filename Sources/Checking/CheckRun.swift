internal import Basics
internal import Drafts
internal import NIOCore
internal import Requests

/// One check from the first request to the diagnosis: carries requests from the session to the network and answers
/// back. Lives in the checking process.
final class CheckRun {
  private let transport: WebTransport
  private var submission: Submission?

  init(
    _ submission: consuming Submission, options: CheckOptions, environment: NetworkEnvironment,
    tls: TLSContexts, report: @escaping @Sendable (CheckProgress) -> Void
  ) {
    transport = WebTransport(
      rules: NetworkRules(submission), options: options, environment: environment, tls: tls,
      report: report)
    self.submission = consume submission
  }

  /// Makes the check. A second call finds nothing to check.
  func diagnose() async -> Diagnosis {
    guard let submission = submission.take() else {
      return .unreachable(.internalFailure, host: nil, detail: "the values were taken twice")
    }
    var session = CheckSession(submission)
    while true {
      switch session.next() {
      case .done(let diagnosis): return diagnosis
      case .send(let request):
        do throws(TransportFailure) {
          let answer = try await transport.answer(to: OutgoingRequest(request))
          session.receive(CheckAnswer(answer))
        } catch {
          session.fail(error.cause, detail: error.detail)
        }
      }
    }
  }

  func close() async { await transport.close() }
}
