internal import Basics
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// What is done to a new connection before a request is sent on it.
enum ConnectionSetup {
  /// The connection is dropped when the future fails.
  static func prepare(
    for origin: Origin, _ limits: CheckLimits
  ) -> @Sendable (any Channel) -> EventLoopFuture<Void> {
    { channel in
      channel.eventLoop.flatSubmit {
        do {
          if origin.scheme == .https { try CertificateName.check(channel, for: origin) }
          return try widen(channel, limits)
        } catch {
          channel.close(promise: nil)
          return channel.eventLoop.makeFailedFuture(error)
        }
      }
    }
  }

  /// Puts a reader in place of the library's own, whose bounds cannot be set: it takes 256 lines of 80 kB each.
  private static func widen(
    _ channel: any Channel, _ limits: CheckLimits
  ) throws -> EventLoopFuture<Void> {
    let pipeline = channel.pipeline.syncOperations
    let old = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
    var bounds = NIOHTTPDecoderLimitConfiguration()
    bounds.maxHeaderFieldSize = limits.headers
    bounds.maxHeaderListSize = limits.headers
    bounds.maxHeaderFieldCount = limits.headerLines
    let decoder = ByteToMessageHandler(
      HTTPResponseDecoder(
        leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .forward,
        limitConfiguration: bounds))
    try pipeline.addHandler(decoder, position: .after(old))
    try pipeline.addHandler(StatusGuard(), position: .after(decoder))
    return pipeline.removeHandler(old)
  }
}

/// Stops answers whose status is below 100: HTTP has none (RFC 9110, section 15), and the library takes them for a message
/// before the answer, and fails on what follows.
private final class StatusGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private var hasStopped = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if hasStopped { return }
    if case .head(let head) = unwrapInboundIn(data), head.status.code < 100 {
      hasStopped = true
      context.fireErrorCaught(FailureReading.badStatus(Int(head.status.code)))
      context.close(promise: nil)
      return
    }
    context.fireChannelRead(data)
  }
}
