internal import Basics
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Requests
internal import Signing

/// One connection to one origin, over which requests are asked one after the other. Nothing of a request leaves before the
/// server's certificate has been verified and held to the origin's name.
final class WebConnection: Sendable {
  /// Where it leads, and what it keeps to.
  struct Target: Sendable {
    let origin: Origin
    /// Where the origin is; nil where the proxy looks it up.
    let address: IPAddress?
    let proxy: ProxyServer?
    /// Nil for plain http.
    let tls: NIOSSLContext?
    let limits: CheckLimits
    /// Whether bodies may be of any length, unpacked ones too: whoever takes them bounds them.
    let isEndless: Bool
    /// When it has to be there, its TLS handshake included.
    let end: NIODeadline
    let reading: FailureReading
  }

  /// In bytes: what is read from the network at once.
  private static let pieceSize = 128 * 1024

  /// What the server has shown; nil for plain http.
  let certificate: CertificateOutline?
  private let channel: any Channel
  private let answers: NIOLoopBound<AnswerHandler>

  private init(_ channel: any Channel, _ setup: ConnectionSetup.Result) {
    self.channel = channel
    certificate = setup.certificate
    answers = setup.answers
  }

  /// Connects, through the proxy where there is one, and shakes hands.
  static func open(
    _ target: Target, on group: any EventLoopGroup
  ) async throws -> WebConnection {
    let loop = group.next()
    let ready = loop.makePromise(of: ConnectionSetup.Result.self)
    var channel: (any Channel)?
    do {
      let opened = try await connect(target, on: loop, ready)
      channel = opened
      return WebConnection(opened, try await ready.futureResult.get())
    } catch {
      // Where it was given up before the promise came into other hands.
      ready.fail(error)
      channel?.close(promise: nil)
      throw error
    }
  }

  private static func connect(
    _ target: Target, on loop: any EventLoop, _ ready: EventLoopPromise<ConnectionSetup.Result>
  ) async throws -> any Channel {
    // As much at once as a long body needs to flow, and no more, so that its first bytes do not wait for the next.
    let bootstrap = ClientBootstrap(group: loop).connectTimeout(target.end - .now())
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: pieceSize))
      .channelOption(.maxMessagesPerRead, value: 1)
    if let proxy = target.proxy {
      let channel = try await bootstrap.connect(host: proxy.host, port: proxy.port).get()
      do {
        try await ProxyTunnel.open(on: channel, to: target, through: proxy).get()
        try await loop.submit { try ConnectionSetup.begin(channel, target, ready) }.get()
      } catch {
        channel.close(promise: nil)
        throw error
      }
      return channel
    }
    guard let address = target.address else { throw TransportFailure(.noName) }
    // Set up before it connects: nothing that a server says at once is missed.
    return try await bootstrap.channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try ConnectionSetup.begin(channel, target, ready)
      }
    }
    .connect(to: SocketAddress(ipAddress: address.description, port: target.origin.port)).get()
  }

  /// Whether it still stands, as far as is known here.
  var isOpen: Bool { channel.isActive }

  /// Asks, and puts into the exchange's answer what comes.
  /// - Returns: whether another request may follow on this connection.
  /// - Throws: `NothingSent` when it had ended before; else what ended the exchange.
  func ask(_ exchange: Exchange) async throws -> Bool {
    let (answers, loop) = (answers, channel.eventLoop)
    return try await loop.flatSubmit {
      let done = loop.makePromise(of: Bool.self)
      answers.value.ask(exchange, done)
      return done.futureResult
    }.get()
  }

  /// Also in the middle of an answer.
  func close() { channel.close(promise: nil) }
}
