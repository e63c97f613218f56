internal import Basics
internal import NIOCore
internal import Requests
internal import Secrets

/// Asks for pages that anybody may read, one after the other over one connection, under the network rules and bounds of
/// the check: https, one origin, addresses that were looked at before anything is sent. Carries no secret.
package final class PageTransport {
  /// What came back.
  package struct Answer: Sendable {
    /// The HTTP status; never that of a redirect within the origin, which is followed.
    package let status: Int
    private let headers: [(name: String, value: String)]
    /// At most as long as `CheckLimits.body`.
    package let body: [UInt8]
    /// Why the body is not all of it, as a sentence with a period; nil for a whole one.
    package let cut: String?

    init(_ answer: IncomingAnswer) {
      status = answer.status
      headers = answer.headers
      body = Array(answer.body.readableBytesView)
      cut = answer.cut.map { failure in
        Diagnosis.unreachable(failure.cause, host: nil, detail: failure.detail).sentence
      }
    }

    /// The first header of a name in lower case.
    package func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name }?.value
    }

    /// How long the site wants not to be asked, in seconds; nil when it does not say.
    package var retryTime: Int64? { RetryTime(now: .now(), header: header)?.seconds }

    /// What the body calls itself, read as a web page; nil when it has no title and no heading.
    package var pageTitle: String? {
      unsafe WebPage.title(of: body.span.bytes)?.withBytes { bytes in
        let words = bytes.shownText.split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? nil : words.joined(separator: " ")
      }
    }
  }

  /// Why there is no answer.
  package struct Failure: Error, Equatable, Sendable {
    /// A sentence, with a period.
    package let sentence: String
  }

  private let transport: WebTransport

  /// - Parameters:
  ///   - host: the host that the user named; it may stand on this machine or in a private network.
  ///   - options: limits are those of one page.
  package init(host: String, options: CheckOptions) {
    transport = WebTransport(
      rules: NetworkRules(ownHosts: [host]), options: options,
      environment: NetworkEnvironment(Environment.value))
  }

  /// Asks for one page. Redirects are followed within the origin.
  package func get(
    _ address: WebAddress, headers: [(name: String, value: String)]
  ) async throws(Failure) -> Answer {
    transport.renewLimits()
    do throws(TransportFailure) {
      return Answer(
        try await transport.answer(
          to: OutgoingRequest(method: "GET", address: address, headers: headers)))
    } catch {
      let diagnosis = Diagnosis.unreachable(
        error.cause, host: address.origin.description, detail: error.detail)
      // What the check says of such an address is about credentials.
      let isForbidden = error.cause == .forbiddenAddress
      throw Failure(
        sentence: isForbidden
          ? "\(address.origin) is not asked: \(error.detail ?? "the address is not allowed")."
          : diagnosis.sentence)
    }
  }

  /// Ends the connection and its thread. Every transport must be closed.
  package func close() async { await transport.close() }
}
