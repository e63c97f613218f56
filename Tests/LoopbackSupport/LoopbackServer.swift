internal import CLinux
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// A real HTTP server on 127.0.0.1, with or without TLS, that answers as a test tells it and remembers what it saw.
package final class LoopbackServer: Sendable {
  package let port: Int
  private let listener: any Channel
  private let log: LoopbackLog

  /// Listens as soon as it returns.
  package init(
    _ greeting: LoopbackGreeting = .tls(.right),
    reply: @escaping @Sendable (LoopbackRequest) -> LoopbackReply = { _ in .answer(200) }
  ) async throws {
    let log = LoopbackLog()
    let context = try LoopbackServer.context(greeting)
    listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        log.opened(channel)
        switch greeting {
        case .closeAtOnce:
          channel.close(promise: nil)
          return channel.eventLoop.makeSucceededVoidFuture()
        case .mute:
          return channel.eventLoop.makeSucceededVoidFuture()
        case .resetAtOnce:
          return LoopbackServer.reset(channel)
        case .plain, .tls, .mutualTLS, .oldTLS:
          return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(Cutter())
            if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
            try pipeline.configureHTTPServerPipeline(withErrorHandling: false)
            try pipeline.addHandler(LoopbackHandler(log: log, reply: reply))
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    self.log = log
    port = listener.localAddress?.port ?? 0
  }

  /// Every request so far, in order of arrival.
  package var requests: [LoopbackRequest] { log.requests }

  /// How many connections were opened to it, TLS or not.
  package var connections: Int { log.connections }

  /// Returns as soon as `count` requests have arrived.
  package func requests(atLeast count: Int) async -> [LoopbackRequest] {
    await log.requests(atLeast: count)
  }

  /// Returns as soon as every connection has been closed by the other side.
  package func allConnectionsClosed() async {
    for channel in log.channels { try? await channel.closeFuture.get() }
  }

  package func stop() async {
    try? await listener.close().get()
    for channel in log.channels { channel.triggerUserOutboundEvent(Cutter.Cut(), promise: nil) }
  }

  fileprivate static func reset(_ channel: any Channel) -> EventLoopFuture<Void> {
    guard let socket = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeSucceededVoidFuture()
    }
    return socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).map { channel.close(promise: nil) }
  }

  private static func context(_ greeting: LoopbackGreeting) throws -> NIOSSLContext? {
    let kind: LoopbackCertificates.Kind
    switch greeting {
    case .plain, .closeAtOnce, .resetAtOnce, .mute: return nil
    case .tls(let wanted): kind = wanted
    case .oldTLS, .mutualTLS: kind = .right
    }
    let (certificate, key) = LoopbackCertificates.withShared {
      ($0.certificate(kind), $0.key(kind))
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    if case .oldTLS = greeting {
      configuration.minimumTLSVersion = .tlsv1
      configuration.maximumTLSVersion = .tlsv11
    }
    if case .mutualTLS(let version) = greeting {
      configuration.certificateVerification = .noHostnameVerification
      configuration.trustRoots = .file(LoopbackCertificates.trusted)
      configuration.maximumTLSVersion = version == .tls12 ? .tlsv12 : .tlsv13
    }
    return try NIOSSLContext(configuration: configuration)
  }
}

/// Cuts a connection under the TLS layer, without that layer's farewell.
private final class Cutter: ChannelOutboundHandler {
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

/// What a server saw, for the test to ask.
private final class LoopbackLog: Sendable {
  private struct State {
    var requests: [LoopbackRequest] = []
    var channels: [any Channel] = []
    var waiting: [(count: Int, continuation: CheckedContinuation<[LoopbackRequest], Never>)] = []
  }

  private let state = Mutex(State())

  var requests: [LoopbackRequest] { state.withLock { $0.requests } }
  var channels: [any Channel] { state.withLock { $0.channels } }
  var connections: Int { state.withLock { $0.channels.count } }

  func opened(_ channel: any Channel) { state.withLock { $0.channels.append(channel) } }

  func add(_ request: LoopbackRequest) {
    state.withLock { state in
      state.requests.append(request)
      let (ready, still) = (
        state.waiting.filter { $0.count <= state.requests.count },
        state.waiting.filter { $0.count > state.requests.count }
      )
      state.waiting = still
      for wait in ready { wait.continuation.resume(returning: state.requests) }
    }
  }

  func requests(atLeast count: Int) async -> [LoopbackRequest] {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        if state.requests.count >= count {
          continuation.resume(returning: state.requests)
        } else {
          state.waiting.append((count, continuation))
        }
      }
    }
  }
}

/// Reads requests and carries the replies out.
private final class LoopbackHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let log: LoopbackLog
  private let reply: @Sendable (LoopbackRequest) -> LoopbackReply
  private var current: LoopbackRequest?

  init(log: LoopbackLog, reply: @escaping @Sendable (LoopbackRequest) -> LoopbackReply) {
    self.log = log
    self.reply = reply
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      current = LoopbackRequest(
        method: head.method.rawValue, target: head.uri,
        headers: head.headers.map { ($0.name, $0.value) }, body: [])
    case .body(let bytes):
      current?.body += bytes.readableBytesView
    case .end:
      guard let request = current else { return }
      current = nil
      let reply = reply(request)
      log.add(request)
      perform(reply, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func perform(_ reply: LoopbackReply, _ context: ChannelHandlerContext) {
    switch reply {
    case .answer(let status, let headers, let body):
      var all = headers
      all["content-length"] = String(body.utf8.count)
      head(status, all, context)
      write(Array(body.utf8), context)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .after(let count, let reply):
      let (log, loop) = (log, context.eventLoop)
      let held = NIOLoopBound((self, context), eventLoop: loop)
      Task {
        _ = await log.requests(atLeast: count)
        loop.execute { held.value.0.perform(reply, held.value.1) }
      }
    case .late(let milliseconds, let reply):
      let held = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.eventLoop.scheduleTask(in: .milliseconds(Int64(milliseconds))) {
        held.value.0.perform(reply, held.value.1)
      }
    case .silence: break
    case .drip:
      head(200, [:], context)
      drip(context)
    case .endless:
      head(200, [:], context)
      pour(Array(repeating: UInt8(ascii: "x"), count: 16 * 1024), context)
    case .gzipped(let text):
      head(200, ["content-encoding": "gzip"], context)
      write(Gzip.stored(Array(text.utf8)), context)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .gzipBomb:
      head(200, ["content-encoding": "gzip"], context)
      write(Gzip.bombStart, context)
      pour(Gzip.bombBlock, context)
    case .longHeaders(let count):
      head(200, ["x-long": String(repeating: "x", count: count), "content-length": "0"], context)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .resetMidBody:
      half(context)
      context.triggerUserOutboundEvent(Cutter.Reset(), promise: nil)
    case .closeMidBody:
      half(context)
      context.triggerUserOutboundEvent(Cutter.Cut(), promise: nil)
    case .noise(let text):
      let bytes = context.channel.allocator.buffer(string: text)
      let encoder = try? context.pipeline.syncOperations.context(
        handlerType: HTTPResponseEncoder.self)
      encoder?.writeAndFlush(NIOAny(bytes), promise: nil)
    }
  }

  private func half(_ context: ChannelHandlerContext) {
    head(200, ["content-length": "1000"], context)
    write(Array("half of it".utf8), context)
    context.flush()
  }

  private func head(_ status: Int, _ headers: [String: String], _ context: ChannelHandlerContext) {
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: status),
      headers: HTTPHeaders(headers.map { ($0.key, $0.value) }))
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
  }

  /// Sends the same bytes again whenever the last ones have left.
  private func pour(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    let held = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(buffer)))).whenSuccess {
      held.value.0.pour(bytes, held.value.1)
    }
  }

  private func drip(_ context: ChannelHandlerContext) {
    let held = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(5)) { task in
      let (handler, context) = held.value
      guard context.channel.isActive else { return task.cancel() }
      handler.write([UInt8(ascii: ".")], context)
      context.flush()
    }
  }
}
