internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Requests

/// Sends the requests of one connection and takes the parts of their answers, one exchange at a time. Lives on the
/// connection's event loop.
final class AnswerHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  /// The exchange that is under way.
  private struct Ongoing {
    let exchange: Exchange
    /// Told whether another request may follow.
    let done: EventLoopPromise<Bool>
    /// Where the request's body is read while it is sent.
    var sender: BodySender?
    var idle: IdleTimer?
    /// Whether the answer says itself where it ends; nil before it has begun.
    var isFramed: Bool?
    var mayFollow = false
  }

  private var ongoing: Ongoing?
  private var context: ChannelHandlerContext?
  /// Where requests leave that do not ask for compression: below the handler that would.
  private var plainContext: ChannelHandlerContext?
  /// What ended the connection.
  private var failure: (any Error)?

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    fail(ChannelError.ioOnClosedChannel)
  }

  /// - Parameter context: of a handler that passes requests to the network as they are.
  func sendPlainly(on context: ChannelHandlerContext?) { plainContext = context }

  /// Sends a request and waits for its answer, which may come before all of the request has left.
  func ask(_ exchange: Exchange, _ done: EventLoopPromise<Bool>) {
    if let failure { return done.fail(NothingSent(cause: failure)) }
    guard let context = exchange.compression == .asked ? context : plainContext, ongoing == nil
    else { return done.fail(NothingSent(cause: ChannelError.ioOnClosedChannel)) }
    ongoing = Ongoing(exchange: exchange, done: done)
    let sent = context.eventLoop.makePromise(of: Void.self)
    sent.futureResult.assumeIsolated().whenFailure { self.refuse($0) }
    context.write(Self.wrapOutboundOut(.head(exchange.head)), promise: sent)
    switch exchange.body {
    case .bytes(let bytes):
      context.write(Self.wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
      context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    case nil: context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    case .stream(let reader):
      context.flush()
      ongoing?.sender = BodySender(
        reader, on: context,
        telling: BodySender.Listener(moved: { self.move() }, failed: { self.fail($0) }))
    }
    if let limit = exchange.idle { watch(limit, context.eventLoop) }
    ongoing?.sender?.pump()
  }

  private func watch(_ limit: TimeAmount, _ loop: any EventLoop) {
    ongoing?.idle = IdleTimer(
      limit, on: loop, unless: { self.ongoing?.sender?.isStarved ?? false },
      ended: { self.fail(IdleTimeout()) })
  }

  private func move() { ongoing?.idle?.move() }

  /// What becomes of the connection is said where it is read from; only what must not be sent is said here.
  private func refuse(_ error: any Error) {
    guard error is HTTPParserError else { return }
    fail(TransportFailure(.internalFailure, "the request could not be made"))
  }

  /// Takes status and headers, which have not been unpacked: nothing in them is packed.
  /// - Returns: whether the body, if it is compressed, has to be unpacked.
  func begin(_ head: HTTPResponseHead) -> Bool {
    move()
    // What is said before the answer, as 100 and 103.
    guard let exchange = ongoing?.exchange, head.status.code >= 200 || head.status.code == 101
    else { return false }
    ongoing?.isFramed =
      head.headers.contains(name: "content-length")
      || head.headers.contains(name: "transfer-encoding")
    ongoing?.mayFollow = head.isKeepAlive && head.status.code != 101
    let isKept = exchange.answer.begin(
      AnswerHead(
        status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) }))
    let isEmpty = exchange.head.method == .HEAD || [204, 304].contains(head.status.code)
    return !isEmpty && (isKept || exchange.compression == .asked)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    receive(Self.unwrapInboundIn(data))
  }

  /// Takes the parts of an answer behind its head.
  func receive(_ part: HTTPClientResponsePart) {
    switch part {
    case .head: break
    case .body(let bytes):
      guard let answer = ongoing?.exchange.answer else { return }
      do { try answer.add(bytes) } catch { fail(error) }
      move()
    case .end: finish()
    }
  }

  private func finish() {
    guard let ended = ongoing, ended.isFramed != nil else { return }
    let isAsked = ended.sender?.isWhole ?? true
    leave()
    ended.done.succeed(ended.mayFollow && isAsked)
  }

  /// Nothing more is sent or waited for.
  private func leave() {
    ongoing?.sender?.stop()
    ongoing?.idle?.stop()
    ongoing = nil
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A server that hangs up without a farewell has said all that it wanted where the answer's end is known without it;
    // what is missing then is found out by the reader.
    let isRude = error as? NIOSSLError == .uncleanShutdown
    if isRude, ongoing.map({ $0.isFramed == true }) ?? true { return }
    fail(error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  private func fail(_ error: any Error) {
    if failure == nil { failure = error }
    let failed = ongoing
    leave()
    failed?.done.fail(error)
    context?.close(promise: nil)
  }
}
