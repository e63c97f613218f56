internal import NIOCore
internal import NIOHTTP1

/// What one exchange takes to a connection.
struct Exchange: Sendable {
  /// A request's body, ready to be sent.
  enum Body: Sendable {
    case bytes(ByteBuffer)
    case stream(BodyReader)
  }

  let head: HTTPRequestHead
  let body: Body?
  let compression: Compression
  /// After how long without a piece in either direction it is given up; nil where somebody else keeps the time.
  let idle: TimeAmount?
  /// Takes what comes.
  let answer: PartialAnswer

  /// - Throws: where the body cannot be sent once more.
  init(
    _ request: OutgoingRequest, idle: Duration?, into answer: PartialAnswer
  ) throws(TransportFailure) {
    head = request.head
    switch request.body {
    case .bytes(let bytes): body = .bytes(bytes)
    case .stream(let source): body = .stream(try source.begin())
    case nil: body = nil
    }
    compression = request.compression
    self.idle = idle.map { TimeAmount($0) }
    self.answer = answer
  }
}

/// The connection had ended before anything of the request was sent on it.
struct NothingSent: Error {
  /// What had ended it.
  let cause: any Error
}

/// Nothing has moved for too long.
struct IdleTimeout: Error {}
