internal import CLinux
internal import Glibc
internal import NIOCore

/// Cuts a connection under the TLS layer, without that layer's farewell.
final class ConnectionCutter: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  struct Cut: Sendable {}
  struct Reset: Sendable {}

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    switch event {
    case is Cut: context.close(mode: .all, promise: promise)
    case is Reset:
      let held = NIOLoopBound(context, eventLoop: context.eventLoop)
      (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        .whenComplete { _ in held.value.close(mode: .all, promise: promise) }
    default: context.triggerUserOutboundEvent(event, promise: promise)
    }
  }
}
