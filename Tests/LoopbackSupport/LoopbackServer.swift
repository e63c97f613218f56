internal import CLinux
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// A real HTTP server on 127.0.0.1, with or without TLS, that answers as a test tells it and remembers what it saw.
package final class LoopbackServer: Sendable {
  package let port: Int
  private let listener: any Channel
  private let log: LoopbackLog

  /// Listens as soon as it returns.
  ///
  /// - Parameters:
  ///   - reply: what is said to a request.
  ///   - early: what is said as soon as the head of a request is there, in place of `reply`; nil to wait for all of it.
  package init(
    _ greeting: LoopbackGreeting = .tls(.right),
    reply: @escaping @Sendable (LoopbackRequest) -> LoopbackReply = { _ in .answer(200) },
    early: @escaping @Sendable (LoopbackRequest) -> LoopbackReply? = { _ in nil }
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
            try pipeline.addHandler(ConnectionCutter())
            if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
            try pipeline.configureHTTPServerPipeline(withErrorHandling: false)
            try pipeline.addHandler(LoopbackHandler(log: log, early: early, reply: reply))
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
    for channel in log.channels {
      channel.triggerUserOutboundEvent(ConnectionCutter.Cut(), promise: nil)
    }
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
