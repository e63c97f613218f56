internal import Basics
internal import Requests

/// Takes values back: carries requests from the session to the network and answers back. Lives in the helper process.
final class RevokeRun {
  private let transport: WebTransport
  private var order: RevocationOrder?

  init(_ order: consuming RevocationOrder, _ network: JobNetwork, _ reports: ReportWriter) {
    transport = network.transport(NetworkRules(order.submission), reports)
    self.order = .some(order)
  }

  /// Does it. A second call finds nothing to take back.
  func outcome() async -> RevocationOutcome {
    guard let order = order.take() else {
      return .failed(HelperFailure.takenTwice.diagnosis(isCheck: false))
    }
    var session = RevocationSession(order)
    while true {
      switch session.next() {
      case .send(let request):
        // A slow check before or behind it takes nothing of its time. All together are bounded by whoever waits.
        transport.renewLimits()
        await transport.exchange(request, with: &session)
      case .done(let outcome): return outcome
      }
    }
  }

  func close() async { await transport.close() }
}
