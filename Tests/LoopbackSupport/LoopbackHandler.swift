internal import NIOCore
internal import NIOHTTP1

/// Reads requests and carries the replies out.
final class LoopbackHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let log: LoopbackLog
  private let early: @Sendable (LoopbackRequest) -> LoopbackReply?
  private let reply: @Sendable (LoopbackRequest) -> LoopbackReply
  private var current: LoopbackRequest?

  init(
    log: LoopbackLog, early: @escaping @Sendable (LoopbackRequest) -> LoopbackReply?,
    reply: @escaping @Sendable (LoopbackRequest) -> LoopbackReply
  ) {
    self.log = log
    self.early = early
    self.reply = reply
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      current = LoopbackRequest(
        method: head.method.rawValue, target: head.uri,
        headers: head.headers.map { ($0.name, $0.value) }, body: [])
      answerEarly(context)
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

  /// What comes of the request behind its head is thrown away then.
  private func answerEarly(_ context: ChannelHandlerContext) {
    guard let request = current, let reply = early(request) else { return }
    current = nil
    log.add(request)
    perform(reply, context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func perform(_ reply: LoopbackReply, _ context: ChannelHandlerContext) {
    switch reply {
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
    case .deafness: _ = context.channel.setOption(.autoRead, value: false)
    case .answer(let status, let headers, let body):
      whole(status, headers, Array(body.utf8), context)
    case .bytes(let bytes, let headers): whole(200, headers, bytes, context)
    case .hangUp(let text):
      whole(200, [:], Array(text.utf8), context)
      context.triggerUserOutboundEvent(ConnectionCutter.Cut(), promise: nil)
    case .gzipped(let text):
      whole(
        200, ["content-encoding": "gzip", "transfer-encoding": "chunked"],
        Gzip.stored(Array(text.utf8)), context)
    case .longHeaders(let count):
      whole(200, ["x-long": String(repeating: "x", count: count)], [], context)
    case .pieces, .drip, .endless, .long, .gzipBomb, .resetMidBody, .closeMidBody, .noise:
      performInPart(reply, context)
    }
  }

  /// Replies whose end comes late, or never, or that have none.
  private func performInPart(_ reply: LoopbackReply, _ context: ChannelHandlerContext) {
    switch reply {
    case .pieces(let pieces, let gate):
      head(200, ["transfer-encoding": "chunked"], context)
      send(pieces[...], gate, context)
    case .drip:
      head(200, [:], context)
      drip(context)
    case .endless:
      head(200, [:], context)
      pour(Array(repeating: UInt8(ascii: "x"), count: 16 * 1024), context)
    case .long(let count):
      head(200, ["content-length": String(count)], context)
      pour(count, of: LoopbackHandler.piece, context)
    case .gzipBomb:
      head(200, ["content-encoding": "gzip"], context)
      write(Gzip.bombStart, context)
      pour(Gzip.bombBlock, context)
    case .resetMidBody:
      half(context)
      context.triggerUserOutboundEvent(ConnectionCutter.Reset(), promise: nil)
    case .closeMidBody:
      half(context)
      context.triggerUserOutboundEvent(ConnectionCutter.Cut(), promise: nil)
    case .noise(let text):
      let bytes = context.channel.allocator.buffer(string: text)
      let encoder = try? context.pipeline.syncOperations.context(
        handlerType: HTTPResponseEncoder.self)
      encoder?.writeAndFlush(NIOAny(bytes), promise: nil)
    case .after, .late, .silence, .deafness, .answer, .bytes, .hangUp, .gzipped, .longHeaders:
      break
    }
  }

  private func whole(
    _ status: Int, _ headers: [String: String], _ body: [UInt8], _ context: ChannelHandlerContext
  ) {
    var all = headers
    if all["transfer-encoding"] == nil, all["content-length"] == nil {
      all["content-length"] = String(body.count)
    }
    head(status, all, context)
    write(body, context)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  /// Sends a piece, and each that follows when the gate is opened once more.
  private func send(
    _ pieces: ArraySlice<String>, _ gate: LoopbackGate, _ context: ChannelHandlerContext
  ) {
    guard let piece = pieces.first else {
      return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
    write(Array(piece.utf8), context)
    context.flush()
    let held = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let loop = context.eventLoop
    Task {
      await gate.passage()
      loop.execute { held.value.0.send(pieces.dropFirst(), gate, held.value.1) }
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

  private static let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 256 * 1024)

  /// Sends so many bytes, a piece whenever the last one has left.
  private func pour(_ count: Int, of piece: ByteBuffer, _ context: ChannelHandlerContext) {
    guard count > 0 else {
      return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
    let next = piece.getSlice(at: 0, length: min(count, piece.readableBytes)) ?? piece
    let left = count - next.readableBytes
    let held = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(next)))).whenSuccess {
      held.value.0.pour(left, of: piece, held.value.1)
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
