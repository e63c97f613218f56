internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// An HTTP proxy on 127.0.0.1 that knows CONNECT, and leads every tunnel to one port of this machine whatever host is
/// asked for.
package final class LoopbackProxy: Sendable {
  package enum Behavior: Sendable {
    case tunnel(toPort: Int)
    /// Answers with a status and no tunnel: 407 wants a login, 403 refuses.
    case status(Int)
  }

  package let port: Int
  private let listener: any Channel
  private let heads: Heads

  package init(_ behavior: Behavior) async throws {
    let heads = Heads()
    listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ConnectHandler(behavior, heads))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    self.heads = heads
    port = listener.localAddress?.port ?? 0
  }

  /// The heads of all requests, as text.
  package var requests: [String] { heads.all }

  package func stop() async { try? await listener.close().get() }
}

private final class Heads: Sendable {
  private let list = Mutex<[String]>([])
  var all: [String] { list.withLock { $0 } }
  func add(_ head: String) { list.withLock { $0.append(head) } }
}

/// Reads the head of one CONNECT request, and hands the connection over to the tunnel.
private final class ConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let behavior: LoopbackProxy.Behavior
  private let heads: Heads
  private var received = ""

  init(_ behavior: LoopbackProxy.Behavior, _ heads: Heads) {
    self.behavior = behavior
    self.heads = heads
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += String(buffer: unwrapInboundIn(data))
    guard received.hasSuffix("\r\n\r\n") else { return }
    heads.add(received)
    switch behavior {
    case .status(let status):
      send("HTTP/1.1 \(status) No\r\ncontent-length: 0\r\n\r\n", context)
    case .tunnel(let port):
      tunnel(to: port, context)
    }
  }

  private func send(_ text: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(string: text)), promise: nil)
  }

  private func tunnel(to port: Int, _ context: ChannelHandlerContext) {
    let near = context.channel
    let held = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    ClientBootstrap(group: context.eventLoop)
      .channelInitializer { far in
        far.eventLoop.makeCompletedFuture {
          try far.pipeline.syncOperations.addHandler(Forwarder(to: near))
        }
      }
      .connect(host: "127.0.0.1", port: port)
      .whenComplete { result in
        let (handler, context) = held.value
        guard case .success(let far) = result else { return context.close(promise: nil) }
        try? near.pipeline.syncOperations.addHandler(Forwarder(to: far))
        handler.send("HTTP/1.1 200 OK\r\n\r\n", context)
        near.pipeline.syncOperations.removeHandler(handler, promise: nil)
      }
  }
}

/// Passes everything on to another channel, its end included.
private final class Forwarder: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let other: any Channel

  init(to other: any Channel) { self.other = other }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    other.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
