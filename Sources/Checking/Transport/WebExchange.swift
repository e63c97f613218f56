internal import Basics
internal import NIOCore
internal import NIOHTTP1

/// What a request carries behind its head.
enum RequestBody: Sendable {
  case bytes(ByteBuffer)
  /// Read from a descriptor while it is sent.
  case stream(BodySource)
}

/// Whether a server is asked to compress the bodies of its answers.
enum Compression: Sendable {
  /// It is, and every body is unpacked.
  case asked
  /// It is not, or by the caller himself, who gets bodies as they come. What is kept is unpacked all the same: it is read
  /// here.
  case unasked
}

/// A request as it goes out. By now its values are ordinary memory, as the HTTP library needs them: this type exists
/// only in the helper process, whose memory ends with its job.
struct OutgoingRequest: Sendable {
  var method: String
  var address: WebAddress
  var headers: [(name: String, value: String)]
  var body: RequestBody?
  /// What the server is shown at the handshake. Stays with redirects: they never leave the origin.
  var identity: ClientIdentity?
  var compression = Compression.asked
  /// Whether an answer that leads elsewhere is followed.
  var followsRedirects = true

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

  /// Whether it changes nothing, however often it arrives.
  var isSafe: Bool { method == "GET" || method == "HEAD" }

  /// Methods whose requests need not say that they have no body.
  private static let bodyless = ["GET", "HEAD", "DELETE", "CONNECT", "TRACE"]

  /// What goes before the body. The length is that of what is sent, whatever an entry says; a body whose length nobody
  /// knows goes in chunks.
  var head: HTTPRequestHead {
    var fields = HTTPHeaders(headers.map { ($0.name, $0.value) })
    if !fields.contains(name: "host") {
      fields.add(name: "host", value: address.origin.description)
    }
    if !fields.contains(name: "user-agent") { fields.add(name: "user-agent", value: "usher") }
    fields.remove(name: "transfer-encoding")
    fields.remove(name: "content-length")
    switch body {
    case .bytes(let bytes): fields.add(name: "content-length", value: "\(bytes.readableBytes)")
    case .stream(let source):
      if let length = source.length {
        fields.add(name: "content-length", value: "\(length)")
      } else {
        fields.add(name: "transfer-encoding", value: "chunked")
      }
    case nil: if !Self.bodyless.contains(method) { fields.add(name: "content-length", value: "0") }
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
  /// Empty where it has gone to an output.
  var body: ByteBuffer
  /// Whether the body has gone to an output, piece by piece.
  var isWritten = false
  /// Why only the beginning of the body is there; nil when all of it is.
  var cut: TransportFailure?

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }
}
