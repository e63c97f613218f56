internal import NIOCore
internal import NIOHTTP1

/// Leads each answer to the handler that unpacks it, or past it: a caller who did not ask for compression gets the bytes
/// as they are, whatever the server did to them.
final class CompressionGate: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let answers: AnswerHandler
  private var isOpen = false

  init(_ answers: AnswerHandler) { self.answers = answers }

  func handlerAdded(context: ChannelHandlerContext) { answers.sendPlainly(on: context) }
  func handlerRemoved(context: ChannelHandlerContext) { answers.sendPlainly(on: nil) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = Self.unwrapInboundIn(data)
    if case .head(let head) = part { isOpen = answers.begin(head) }
    if isOpen { context.fireChannelRead(data) } else { answers.receive(part) }
  }
}
