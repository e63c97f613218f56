internal import Basics
internal import NIOCore
internal import NIOHTTP1

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

  /// Methods whose requests need not say that they have no body.
  private static let bodyless = ["GET", "HEAD", "DELETE", "CONNECT", "TRACE"]

  /// What goes before the body. The length is that of what is sent, whatever an entry says.
  var head: HTTPRequestHead {
    var fields = HTTPHeaders(headers.map { ($0.name, $0.value) })
    if !fields.contains(name: "host") {
      fields.add(name: "host", value: address.origin.description)
    }
    if !fields.contains(name: "user-agent") { fields.add(name: "user-agent", value: "usher") }
    fields.remove(name: "transfer-encoding")
    fields.remove(name: "content-length")
    let length = body?.readableBytes ?? 0
    if body != nil || !Self.bodyless.contains(method) {
      fields.add(name: "content-length", value: String(length))
    }
    return HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: method), uri: address.encodedTarget,
      headers: fields)
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
