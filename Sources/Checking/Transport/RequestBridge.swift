internal import NIOCore
internal import Requests
internal import Secrets
internal import Signing

/// The way from the locked memory of a prepared request to the plain memory of the HTTP library, and back. Everything
/// that leaves locked memory for a check leaves it here.
extension OutgoingRequest {
  /// - Parameter stream: where a body is read from that is not held by the request.
  init(
    _ request: borrowing PreparedRequest, compression: Compression = .asked,
    stream: BodySource? = nil
  ) throws(TransportFailure) {
    guard let address = WebAddress(try request.url.withBytes(OutgoingRequest.text)) else {
      throw TransportFailure(
        .internalFailure, "the address of the request is not valid")
    }
    var headers: [(name: String, value: String)] = []
    for name in request.headers.names {
      headers.append((name, try request.headers.withValue(of: name, OutgoingRequest.text)))
    }
    // A body without a type would be taken for anything; the entry's silence means the usual one.
    if let type = request.format?.contentType, !request.headers.names.contains("content-type") {
      headers.append(("content-type", type))
    }
    var body: RequestBody?
    switch request.body {
    case .some(let bytes): body = .bytes(bytes.withBytes(OutgoingRequest.buffer))
    case nil: if request.streamsBody { body = try OutgoingRequest.body(of: stream) }
    }
    var identity: ClientIdentity?
    switch request.clientCertificate {
    case .some(let certificate): identity = try ClientIdentity(certificate)
    case nil: break
    }
    self.init(
      method: request.method, address: address, headers: headers, body: body, identity: identity,
      compression: compression, followsRedirects: request.followsRedirects)
  }

  private static func body(of stream: BodySource?) throws(TransportFailure) -> RequestBody {
    guard let stream else {
      throw TransportFailure(.internalFailure, "there is nothing to read the body from")
    }
    return .stream(stream)
  }

  /// Refuses what is not UTF-8: mending it would send another value than the one that was typed.
  private static func text(_ bytes: RawSpan) throws(TransportFailure) -> String {
    let text = unsafe bytes.withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) }
    guard let text else {
      throw TransportFailure(.internalFailure, "a value holds bytes that are not text")
    }
    return text
  }

  private static func buffer(_ bytes: RawSpan) -> ByteBuffer {
    unsafe bytes.withUnsafeBytes { unsafe ByteBuffer(bytes: $0) }
  }
}

extension WebTransport {
  /// Sends a request of a session, whose answer is kept within the limits.
  func answer(to request: borrowing PreparedRequest) async throws(TransportFailure) -> CheckAnswer {
    CheckAnswer(try await answer(to: try OutgoingRequest(request)))
  }

  /// Sends a request of a session, and tells it what came of it.
  func exchange<Session: AnswerReceiver & ~Copyable>(
    _ request: borrowing PreparedRequest, with session: inout Session
  ) async {
    do throws(TransportFailure) {
      session.receive(try await answer(to: request))
    } catch {
      session.fail(error.cause, detail: error.detail)
    }
  }

  /// Carries requests from a session to the network and answers back, until it is over.
  /// - Parameter next: what the session wants next.
  func outcome<Session: AnswerReceiver & ~Copyable, Outcome: ~Copyable>(
    of session: inout Session, _ next: (inout Session) -> SessionAction<Outcome>
  ) async -> Outcome {
    while true {
      switch next(&session) {
      case .send(let request): await exchange(request, with: &session)
      case .done(let outcome): return outcome
      }
    }
  }
}

extension CheckAnswer {
  init(_ answer: IncomingAnswer) {
    var body = SecretBuffer(capacity: max(1, answer.body.readableBytes))
    unsafe answer.body.withUnsafeReadableBytes { bytes in _ = unsafe body.append(bytes.bytes) }
    let cut = answer.cut.map { Cut($0.cause, $0.detail) }
    self.init(status: answer.status, headers: answer.headers, body: body, cut: cut)
  }
}
