internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Sends a request's body as it is read, and reads no further ahead than the network takes. Lives on the connection's
/// event loop.
final class BodySender {
  /// What becomes of it, told to whoever waits for the answer.
  struct Listener {
    /// Something was sent, or is there to be sent.
    let moved: () -> Void
    let failed: (TransportFailure) -> Void
  }

  /// In bytes: how much may be on its way at once. Four pieces keep the reader and the network busy.
  private static let window = 512 * 1024

  private let reader: BodyReader
  private let context: ChannelHandlerContext
  private let listener: Listener
  private let way = Way()
  private var inFlight = 0
  private var isReading = false
  private var isStopped = false
  /// Whether all of it is written, the end included.
  private(set) var isWhole = false

  init(_ reader: BodyReader, on context: ChannelHandlerContext, telling listener: Listener) {
    self.reader = reader
    self.context = context
    self.listener = listener
  }

  /// Whether all that was read has been sent, and the next piece is not there yet.
  var isStarved: Bool { isReading && inFlight == 0 }

  /// Reads and sends until the network or the end stops it.
  func pump() {
    guard !isReading, !isWhole, !isStopped, inFlight < Self.window else { return }
    isReading = true
    let (itself, loop) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.eventLoop)
    reader.next { [way] piece in
      way.whileOpen { loop.execute { itself.value.send(piece) } }
    }
  }

  /// Nothing more is sent. A piece that is being read is dropped.
  func stop() {
    isStopped = true
    way.close()
  }

  private func send(_ piece: BodyReader.Piece) {
    isReading = false
    guard !isStopped else { return }
    listener.moved()
    switch piece {
    case .bytes(let bytes): send(bytes)
    case .end:
      isWhole = true
      context.writeAndFlush(NIOAny(HTTPClientRequestPart.end(nil)), promise: nil)
    case .failure(let failure): listener.failed(failure)
    }
  }

  private func send(_ bytes: ByteBuffer) {
    let count = bytes.readableBytes
    inFlight += count
    let sent = context.eventLoop.makePromise(of: Void.self)
    sent.futureResult.assumeIsolated().whenSuccess {
      self.inFlight -= count
      guard !self.isStopped else { return }
      self.listener.moved()
      self.pump()
    }
    context.writeAndFlush(
      NIOAny(HTTPClientRequestPart.body(.byteBuffer(bytes))), promise: sent)
    pump()
  }
}

/// The way from the reader's thread to the event loop. What is read may come when the loop is long gone, which would complain
/// on standard error; once this is closed nothing comes any more.
private final class Way: Sendable {
  private let isOpen = Mutex(true)

  func whileOpen(_ body: () -> Void) {
    isOpen.withLock { if $0 { body() } }
  }

  func close() { isOpen.withLock { $0 = false } }
}
