internal import Basics
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOSSL
internal import NIOTLS
internal import Requests
internal import Signing

/// What stands on a connection between the network and its requests.
enum ConnectionSetup {
  /// A connection that may be asked.
  struct Result: Sendable {
    let answers: NIOLoopBound<AnswerHandler>
    /// What the server has shown; nil for plain http.
    let certificate: CertificateOutline?
  }

  /// Sets a channel up, on its event loop: at once for plain http, else after the handshake, when the certificate has been
  /// verified and is for the origin's name. `ready` says when, or why not; the channel is closed by whoever waits for it.
  static func begin(
    _ channel: any Channel, _ target: WebConnection.Target, _ ready: EventLoopPromise<Result>
  ) throws {
    guard let tls = target.tls else {
      ready.succeed(try addReaders(channel, target, certificate: nil))
      return
    }
    let origin = target.origin
    let client = try NIOSSLClientHandler(
      context: tls, serverHostname: origin.literal == nil ? origin.host : nil)
    let handshake = channel.eventLoop.makePromise(of: Void.self)
    handshake.futureResult.flatMapThrowing {
      let certificate = try CertificateName.check(channel, for: origin)
      return try addReaders(channel, target, certificate: certificate)
    }.cascade(to: ready)
    do {
      try channel.pipeline.syncOperations.addHandlers(
        client, HandshakeWatch(until: target.end, handshake))
    } catch {
      handshake.fail(error)
      throw error
    }
  }

  private static func addReaders(
    _ channel: any Channel, _ target: WebConnection.Target, certificate: CertificateOutline?
  ) throws -> Result {
    let limits = target.limits
    // The library's own bounds are 256 lines of 80 kB each.
    var bounds = NIOHTTPDecoderLimitConfiguration()
    bounds.maxHeaderFieldSize = limits.headers
    bounds.maxHeaderListSize = limits.headers
    bounds.maxHeaderFieldCount = limits.headerLines
    let decoder = ByteToMessageHandler(
      HTTPResponseDecoder(
        leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .forward,
        limitConfiguration: bounds))
    var plain = HTTPRequestEncoder.Configuration()
    plain.automaticallySetFramingHeaders = false
    let answers = AnswerHandler()
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandlers(
      HTTPRequestEncoder(configuration: plain), decoder, NIOHTTPRequestHeadersValidator(),
      StatusGuard(), CompressionGate(answers),
      NIOHTTPResponseDecompressor(limit: target.isEndless ? .none : .size(limits.body)), answers)
    return Result(
      answers: NIOLoopBound(answers, eventLoop: channel.eventLoop), certificate: certificate)
  }
}

/// Says when the handshake is done, or what came in between.
private final class HandshakeWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let end: NIODeadline
  private let handshake: EventLoopPromise<Void>
  private var timer: Scheduled<Void>?

  init(until end: NIODeadline, _ handshake: EventLoopPromise<Void>) {
    self.end = end
    self.handshake = handshake
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { setTimer(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    setTimer(context)
    context.fireChannelActive()
  }

  private func setTimer(_ context: ChannelHandlerContext) {
    let handshake = handshake
    timer = context.eventLoop.scheduleTask(deadline: end) {
      handshake.fail(TransportFailure(.timeout, "the TLS handshake did not end"))
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
      timer?.cancel()
      handshake.succeed()
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    handshake.fail(error)
    context.fireErrorCaught(error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    handshake.fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    handshake.fail(ChannelError.ioOnClosedChannel)
  }
}

/// Stops answers whose status is below 100: HTTP has none (RFC 9110, section 15), and the library takes them for a message
/// before the answer, and fails on what follows.
private final class StatusGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private var hasStopped = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if hasStopped { return }
    if case .head(let head) = Self.unwrapInboundIn(data), head.status.code < 100 {
      hasStopped = true
      context.fireErrorCaught(FailureReading.badStatus(Int(head.status.code)))
      context.close(promise: nil)
      return
    }
    context.fireChannelRead(data)
  }
}
