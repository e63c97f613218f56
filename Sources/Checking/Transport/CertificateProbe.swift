internal import Basics
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Requests
internal import Synchronization

/// Finds out why a certificate was not accepted, so that "expired" and "unknown authority" can be told apart.
///
/// It makes a second handshake and looks at the dates of what the server presents. It never accepts a certificate and
/// never sends a byte of a request.
struct CertificateProbe {
  let origin: Origin
  let address: IPAddress
  let group: any EventLoopGroup
  let configuration: TLSConfiguration

  /// What is wrong, as a clause; the general words when the probe learns nothing before `deadline`.
  func reason(by deadline: Deadline) async -> String {
    let general = "its certificate cannot be verified"
    do throws(TransportFailure) {
      return try await deadline.race(or: TransportFailure(.tls, general)) {
        () async throws(TransportFailure) in
        do { return try await look() ?? general } catch { return general }
      }
    } catch {
      return general
    }
  }

  private func look() async throws -> String? {
    let finding = Finding()
    let context = try NIOSSLContext(configuration: configuration)
    let serverName = origin.literal == nil ? origin.host : nil
    let channel = try await ClientBootstrap(group: group)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: context, serverHostname: serverName,
            customVerificationCallback: { certificates, verdict in
              finding.set(words(certificates))
              verdict.succeed(.failed)
            })
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .connect(to: SocketAddress(ipAddress: address.description, port: origin.port)).get()
    try await channel.closeFuture.get()
    return finding.text
  }

  private func words(_ certificates: [NIOSSLCertificate]) -> String {
    let now = time(nil)
    if certificates.contains(where: { $0.notValidAfter < now }) {
      return "its certificate has expired"
    }
    if certificates.contains(where: { $0.notValidBefore > now }) {
      return "its certificate is not valid yet, or this machine's clock is wrong"
    }
    return "its certificate comes from an authority that this machine does not trust"
  }

  /// What the verification callback saw, carried out of the event loop.
  private final class Finding: Sendable {
    private let slot = Mutex<String?>(nil)
    var text: String? { slot.withLock { $0 } }
    func set(_ text: String) { slot.withLock { $0 = text } }
  }
}
