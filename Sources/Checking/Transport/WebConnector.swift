internal import Basics
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Requests
internal import Signing

/// Opens connections, and gives out those alone whose server may be trusted.
final class WebConnector {
  private let tls: TLSContexts
  private let limits: CheckLimits
  private let isEndless: Bool
  private let group: MultiThreadedEventLoopGroup
  /// Those whose chain has been looked at.
  private var provenOrigins: Set<Origin> = []

  /// - Parameter isEndless: whether bodies may be of any length.
  init(
    _ tls: TLSContexts, limits: CheckLimits, isEndless: Bool = false,
    on group: MultiThreadedEventLoopGroup
  ) {
    self.tls = tls
    self.limits = limits
    self.isEndless = isEndless
    self.group = group
  }

  /// - Parameter deadline: of the whole check.
  func open(
    _ origin: Origin, at address: IPAddress?, showing identity: ClientIdentity?,
    _ reading: FailureReading, by deadline: Deadline
  ) async throws(TransportFailure) -> WebConnection {
    origin.scheme == .https
      ? try await trusted(origin, at: address, showing: identity, reading, by: deadline)
      : try await connect(origin, at: address, nil, reading, by: deadline)
  }

  /// Where the authorities that are looked up by name do not do, all that the system lists are asked before it is said
  /// that none is trusted.
  private func trusted(
    _ origin: Origin, at address: IPAddress?, showing identity: ClientIdentity?,
    _ reading: FailureReading, by deadline: Deadline
  ) async throws(TransportFailure) -> WebConnection {
    let order = try tls.order
    for authorities in order {
      let context = try context(authorities, showing: identity, reading)
      do throws(TransportFailure) {
        let connection = try await connect(origin, at: address, context, reading, by: deadline)
        do throws(TransportFailure) {
          try await refuseWeakChain(connection, of: origin, at: address, context, by: deadline)
        } catch {
          connection.close()
          throw error
        }
        return connection
      } catch {
        guard error == FailureReading.unverified else { throw error }
        if authorities != order.last { continue }
        let reason = await probe(origin, at: address, context)?.reason(
          anchors: anchors, by: deadline)
        throw reason.map { TransportFailure(.tls, $0) } ?? error
      }
    }
    throw FailureReading.unverified
  }

  private func context(
    _ authorities: TLSContexts.Authorities, showing identity: ClientIdentity?,
    _ reading: FailureReading
  ) throws(TransportFailure) -> NIOSSLContext {
    do { return try tls.context(authorities, showing: identity) } catch {
      throw reading.failure(error)
    }
  }

  private func connect(
    _ origin: Origin, at address: IPAddress?, _ context: NIOSSLContext?, _ reading: FailureReading,
    by deadline: Deadline
  ) async throws(TransportFailure) -> WebConnection {
    let limit = min(limits.connect, deadline.left ?? limits.connect)
    let target = WebConnection.Target(
      origin: origin, address: address, proxy: reading.proxy, tls: context,
      limits: limits, isEndless: isEndless, end: .now() + TimeAmount(limit), reading: reading)
    let group = group
    return try await deadline.race(or: reading.late) { () async throws(TransportFailure) in
      do { return try await WebConnection.open(target, on: group) } catch {
        throw reading.failure(error)
      }
    }
  }

  /// Looks at the whole chain once for each origin, where an organization's own authorities are trusted: of a connection
  /// the library shows only the server's own certificate. Where one of those has signed that, there is nothing else to
  /// look at; else it takes a second handshake.
  private func refuseWeakChain(
    _ connection: WebConnection, of origin: Origin, at address: IPAddress?,
    _ context: NIOSSLContext, by deadline: Deadline
  ) async throws(TransportFailure) {
    guard !tls.ownFiles.isEmpty, !provenOrigins.contains(origin),
      let probe = probe(origin, at: address, context)
    else { return }
    let isProven = connection.certificate.map { [anchors] in
      CertificateStrength.isProven($0, by: anchors)
    }
    // A server that is silent is not waited for twice.
    let limit = Deadline(after: min(limits.connect, deadline.left ?? limits.connect))
    if isProven != true, let weakness = await probe.weakness(anchors: anchors, by: limit) {
      throw TransportFailure(.tls, weakness)
    }
    provenOrigins.insert(origin)
  }

  /// The authorities that somebody named.
  private lazy var anchors: [CertificateOutline] = tls.ownFiles.flatMap { file in
    ((try? NIOSSLCertificate.fromPEMFile(file)) ?? []).compactMap(CertificateStrength.outline)
  }

  private func probe(
    _ origin: Origin, at address: IPAddress?, _ context: NIOSSLContext
  ) -> CertificateProbe? {
    address.map {
      CertificateProbe(origin: origin, address: $0, group: group, context: context)
    }
  }
}
