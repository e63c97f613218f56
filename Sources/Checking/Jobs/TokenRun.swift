internal import Basics
internal import Drafts
internal import Requests

/// Gets one token: carries requests from the session to the network and answers back, within the bounds of a check. Lives
/// in the helper process.
final class TokenRun {
  private let transport: WebTransport
  private var fetch: HelperFetch?

  init(_ fetch: consuming HelperFetch, _ network: JobNetwork, _ reports: ReportWriter) {
    transport = network.transport(NetworkRules(fetch.submission), reports)
    self.fetch = .some(fetch)
  }

  /// Gets it. A second call finds nothing to get one with.
  func token() async -> TokenOutcome {
    guard let fetch = fetch.take() else {
      return .refused(HelperFailure.takenTwice.diagnosis(isCheck: false))
    }
    var session = TokenSession(fetch.submission, known: fetch.known)
    while true {
      switch session.next() {
      case .done(let outcome): return outcome
      case .send(let request): await transport.exchange(request, with: &session)
      }
    }
  }

  func close() async { await transport.close() }
}
