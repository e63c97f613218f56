internal import Basics
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Requests
internal import Signing
internal import Synchronization

/// Looks at what a server presents, so that "expired" and "unknown authority" can be told apart, and weak chains from
/// others.
///
/// It makes a second handshake for that. It never accepts a certificate and never sends a byte of a request.
struct CertificateProbe {
  let origin: Origin
  let address: IPAddress
  let group: any EventLoopGroup
  let context: NIOSSLContext

  /// What is wrong, as a clause; nil when the probe learns nothing before `deadline`.
  /// - Parameter anchors: authorities that are trusted in addition.
  func reason(anchors: [CertificateOutline], by deadline: Deadline) async -> String? {
    await look(by: deadline) { certificates in
      let weakness =
        anchors.isEmpty ? nil : CertificateStrength.weakness(in: certificates, anchors: anchors)
      return weakness ?? words(certificates)
    }
  }

  /// What makes the chain too weak to be trusted, as a clause; nil when nothing does, or the probe learns nothing.
  /// - Parameter anchors: authorities that are trusted in addition.
  func weakness(anchors: [CertificateOutline], by deadline: Deadline) async -> String? {
    await look(by: deadline) { CertificateStrength.weakness(in: $0, anchors: anchors) }
  }

  private func look(
    by deadline: Deadline, _ words: @escaping @Sendable ([NIOSSLCertificate]) -> String?
  ) async -> String? {
    do throws(TransportFailure) {
      return try await deadline.race(or: TransportFailure(.tls)) {
        () async throws(TransportFailure) in
        do { return try await look(words) } catch { return nil }
      }
    } catch {
      return nil
    }
  }

  private func look(
    _ words: @escaping @Sendable ([NIOSSLCertificate]) -> String?
  ) async throws -> String? {
    let finding = Finding()
    let context = context
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

  private func words(_ certificates: [NIOSSLCertificate]) -> String? {
    let now = time(nil)
    if certificates.contains(where: { $0.notValidAfter < now }) {
      return "its certificate has expired"
    }
    if certificates.contains(where: { $0.notValidBefore > now }) {
      return "its certificate is not valid yet, or this machine's clock is wrong"
    }
    let outlines = certificates.compactMap(CertificateStrength.outline)
    if let only = outlines.first, outlines.count == 1 {
      return only.isSelfIssued
        ? "its certificate is signed by itself, and no authority that this machine trusts"
        : "the certificate of its issuer is neither sent by the server nor known here: an intermediate certificate is missing on the server, or this machine does not trust its authority"
    }
    return "its certificate comes from an authority that this machine does not trust"
  }

  /// What the verification callback saw, carried out of the event loop.
  private final class Finding: Sendable {
    private let slot = Mutex<String?>(nil)
    var text: String? { slot.withLock { $0 } }
    func set(_ text: String?) { slot.withLock { $0 = text } }
  }
}
