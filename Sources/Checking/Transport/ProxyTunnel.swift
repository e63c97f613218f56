internal import Basics
internal import NIOCore
internal import NIOHTTP1
internal import Requests

/// Asks a proxy for a connection to an origin (RFC 9110, section 9.3.6), and gets out of its way.
enum ProxyTunnel {
  /// The channel carries the origin's bytes, and nothing else, when the future succeeds.
  static func open(
    on channel: any Channel, to target: WebConnection.Target, through proxy: ProxyServer
  ) -> EventLoopFuture<Void> {
    channel.eventLoop.flatSubmit {
      let done = channel.eventLoop.makePromise(of: Void.self)
      do {
        let pipeline = channel.pipeline.syncOperations
        var plain = HTTPRequestEncoder.Configuration()
        plain.automaticallySetFramingHeaders = false
        let encoder = HTTPRequestEncoder(configuration: plain)
        let decoder = ByteToMessageHandler(
          HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes))
        try pipeline.addHandlers(encoder, decoder)
        try pipeline.addHandler(
          TunnelHandler(target, proxy, passing: [encoder, decoder], done))
      } catch {
        done.fail(error)
      }
      return done.futureResult
    }
  }
}

private final class TunnelHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let target: WebConnection.Target
  private let proxy: ProxyServer
  /// What goes with this handler when the tunnel stands.
  private let others: [any RemovableChannelHandler]
  private let done: EventLoopPromise<Void>
  private var timer: Scheduled<Void>?
  /// Whether the proxy has answered, and this is on its way out.
  private var isLeaving = false

  init(
    _ target: WebConnection.Target, _ proxy: ProxyServer,
    passing others: [any RemovableChannelHandler], _ done: EventLoopPromise<Void>
  ) {
    self.target = target
    self.proxy = proxy
    self.others = others
    self.done = done
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let (done, late) = (done, target.reading.unconnected)
    timer = context.eventLoop.scheduleTask(deadline: target.end) { done.fail(late) }
    let place = "\(target.origin.bracketedHost):\(target.origin.port)"
    var head = HTTPRequestHead(version: .http1_1, method: .CONNECT, uri: place)
    head.headers.add(name: "host", value: place)
    if let authorization = proxy.authorization {
      head.headers.add(name: "proxy-authorization", value: authorization)
    }
    context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    if !isLeaving { done.fail(ChannelError.ioOnClosedChannel) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head):
      let status = Int(head.status.code)
      if status >= 300 { done.fail(target.reading.tunnelRefusal(status)) }
    case .body: break
    case .end:
      isLeaving = true
      let pipeline = context.pipeline.syncOperations
      let gone = others.map { pipeline.removeHandler($0) }
      let itself = pipeline.removeHandler(context: context)
      EventLoopFuture.andAllSucceed(gone + [itself], on: context.eventLoop).cascade(to: done)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { done.fail(error) }

  func channelInactive(context: ChannelHandlerContext) {
    done.fail(ChannelError.eof)
    context.fireChannelInactive()
  }
}
