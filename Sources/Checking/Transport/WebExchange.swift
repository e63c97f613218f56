internal import NIOCore

/// A request as it goes out. By now its values are ordinary memory, as the HTTP library needs them: this type exists
/// only in the checking process, whose memory ends with the check.
struct OutgoingRequest: Sendable {
  var method: String
  var address: WebAddress
  var headers: [(name: String, value: String)]
  var body: ByteBuffer?
  /// What the server is shown at the handshake. Stays with redirects: they never leave the origin.
  var identity: ClientIdentity?

  /// The request that a redirect asks for.
  func redirected(to next: WebAddress, status: Int) -> OutgoingRequest {
    var request = self
    request.address = next
    request.method = Redirect.method(after: method, status: status)
    if request.method != method {
      request.body = nil
      request.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
    }
    return request
  }
}

/// An answer within its bounds.
struct IncomingAnswer: Sendable {
  var status: Int
  var headers: [(name: String, value: String)]
  var body: ByteBuffer
  /// Why only the beginning of the body is there; nil when all of it is.
  var cut: TransportFailure?

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }
}
