internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Requests

/// Sends the requests of one connection and takes the parts of their answers, one exchange at a time. Lives on the
/// connection's event loop.
final class AnswerHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private struct Exchange {
    let answer: PartialAnswer
    /// Told whether another request may follow.
    let done: EventLoopPromise<Bool>
    /// Whether the answer says itself where it ends; nil before it has begun.
    var isFramed: Bool?
    var mayFollow = false
  }

  private var exchange: Exchange?
  private var context: ChannelHandlerContext?
  /// What ended the connection.
  private var failure: (any Error)?

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    fail(ChannelError.ioOnClosedChannel)
  }

  /// Sends a request whole and waits for its answer.
  func ask(
    _ head: HTTPRequestHead, _ body: ByteBuffer?, into answer: PartialAnswer,
    _ done: EventLoopPromise<Bool>
  ) {
    if let failure { return done.fail(failure) }
    guard let context, exchange == nil else { return done.fail(ChannelError.ioOnClosedChannel) }
    exchange = Exchange(answer: answer, done: done)
    let sent = context.eventLoop.makePromise(of: Void.self)
    sent.futureResult.assumeIsolated().whenFailure { self.refuse($0) }
    context.write(Self.wrapOutboundOut(.head(head)), promise: sent)
    if let body { context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
    context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
  }

  /// What becomes of the connection is said where it is read from; only what must not be sent is said here.
  private func refuse(_ error: any Error) {
    guard error is HTTPParserError else { return }
    fail(TransportFailure(.internalFailure, "the request could not be made"))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head): begin(head)
    case .body(let bytes):
      guard let exchange, !exchange.answer.add(bytes) else { return }
      fail(AnswerTooLong())
    case .end: finish()
    }
  }

  private func begin(_ head: HTTPResponseHead) {
    // What is said before the answer, as 100 and 103.
    guard exchange != nil, head.status.code >= 200 || head.status.code == 101 else { return }
    exchange?.isFramed =
      head.headers.contains(name: "content-length")
      || head.headers.contains(name: "transfer-encoding")
    exchange?.mayFollow = head.isKeepAlive && head.status.code != 101
    exchange?.answer.begin(Int(head.status.code), head.headers.map { ($0.name, $0.value) })
  }

  private func finish() {
    guard let ended = exchange, ended.isFramed != nil else { return }
    exchange = nil
    ended.done.succeed(ended.mayFollow)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A server that hangs up without a farewell has said all that it wanted where the answer's end is known without it;
    // what is missing then is found out by the reader.
    let isRude = error as? NIOSSLError == .uncleanShutdown
    if isRude, exchange.map({ $0.isFramed == true }) ?? true { return }
    fail(error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  private func fail(_ error: any Error) {
    if failure == nil { failure = error }
    let failed = exchange
    exchange = nil
    failed?.done.fail(error)
    context?.close(promise: nil)
  }
}

/// A body beyond its limit.
struct AnswerTooLong: Error {}
