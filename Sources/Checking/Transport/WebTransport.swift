internal import AsyncHTTPClient
internal import Basics
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL
internal import Requests

/// Sends the requests of one check, in order, over one connection at a time, and lets nothing through that breaks a
/// rule or a bound. Used in the checking process only: the HTTP library leaves copies of what it sends in memory.
final class WebTransport {
  /// How a host is reached: decided once and kept for the whole check.
  private struct Route {
    /// Admitted addresses in the order to try; empty when the proxy does the looking up.
    var addresses: [IPAddress]
    let proxy: ProxyServer?
    /// Whether the chain of its certificate has been looked at.
    var hasStrongChain = false
  }

  /// A client, and what its one connection leads to and shows.
  private struct OpenClient {
    let origin: Origin
    let address: IPAddress?
    let identity: ClientIdentity?
    let client: HTTPClient
  }

  private let options: CheckOptions
  private let environment: NetworkEnvironment
  private let rules: NetworkRules
  private let lookup: NameLookup
  private let report: @Sendable (CheckProgress) -> Void
  private var deadline: Deadline
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private var routes: [Origin: Route] = [:]
  private var open: OpenClient?
  private var knownTLS: TLSConfiguration?
  private var requestsMade = 0
  private var redirectsFollowed = 0
  /// How many bytes of bodies may still come.
  private var bodiesLeft: Int

  /// The clock of the total limit starts here.
  init(
    rules: NetworkRules, options: CheckOptions, environment: NetworkEnvironment,
    lookup: NameLookup = .system, report: @escaping @Sendable (CheckProgress) -> Void = { _ in }
  ) {
    self.rules = rules
    self.options = options
    self.environment = options.usesEnvironment ? environment : NetworkEnvironment { _ in nil }
    self.lookup = lookup
    self.report = report
    bodiesLeft = options.limits.bodies
    deadline = Deadline(after: options.limits.total)
  }

  /// Sends a request, follows redirects within its origin, and returns the answer that is none.
  func answer(to request: OutgoingRequest) async throws(TransportFailure) -> IncomingAnswer {
    var request = request
    while true {
      let answer = try await send(request)
      guard Redirect.isRedirect(answer.status), let location = answer.header("location") else {
        return answer
      }
      let origin = request.address.origin
      guard let next = request.address.resolving(location) else {
        throw TransportFailure(.redirect, "the place is not a web address")
      }
      guard next.origin == origin else {
        let place = next.origin.differenceName(from: origin)
        throw TransportFailure(.redirect, "the place is \(place)")
      }
      guard redirectsFollowed < options.limits.redirects else {
        throw TransportFailure(.redirect, "it did so more than \(redirectsFollowed) times")
      }
      redirectsFollowed += 1
      request = request.redirected(to: next, status: answer.status)
    }
  }

  /// Begins all bounds anew, for the next of several questions that have nothing to do with each other.
  func renewLimits() {
    deadline = Deadline(after: options.limits.total)
    (requestsMade, redirectsFollowed, bodiesLeft) = (0, 0, options.limits.bodies)
  }

  /// Ends the connection and its thread. Every transport must be closed.
  func close() async {
    try? await open?.client.shutdown()
    open = nil
    try? await group.shutdownGracefully()
  }

  private func send(_ request: OutgoingRequest) async throws(TransportFailure) -> IncomingAnswer {
    let origin = request.address.origin
    try rules.admit(origin)
    guard deadline.remaining > .zero else {
      throw FailureReading(proxy: nil, limits: options.limits).late
    }
    guard requestsMade < options.limits.requests else {
      throw TransportFailure(
        .internalFailure, "the check asks for more than \(options.limits.requests) requests")
    }
    guard bodiesLeft > 0 else {
      throw FailureReading(proxy: nil, limits: options.limits, isTotalNear: true).longBody
    }
    requestsMade += 1
    let route = try await route(to: origin)
    var failure: TransportFailure?
    for address in route.proxy == nil ? route.addresses.map(Optional.some) : [nil] {
      announce(origin, address: address, proxy: route.proxy)
      do throws(TransportFailure) {
        let answer = try await exchange(request, at: address, via: route.proxy)
        bodiesLeft -= answer.body.readableBytes
        routes[origin]?.addresses = address.map { [$0] } ?? []
        return answer
      } catch {
        guard error.sentNothing, deadline.remaining > .zero else { throw error }
        failure = error
      }
    }
    throw failure ?? TransportFailure(.noName)
  }

  /// Looks the host up, judges every address, and chooses between proxy and direct connection. A proxy looks names up
  /// by itself: where they lead to cannot be judged then, and is the proxy's responsibility.
  private func route(to origin: Origin) async throws(TransportFailure) -> Route {
    if let known = routes[origin] { return known }
    let route: Route
    if let proxy = try proxy(for: origin) {
      route = Route(addresses: [], proxy: proxy)
    } else {
      announce(origin, address: origin.literal, proxy: nil)
      let late = TransportFailure(
        .timeout, "its address was not found within \(options.limits.total.inSeconds)")
      let addresses = try await deadline.race(or: late) {
        [lookup] () async throws(TransportFailure) in
        try await lookup(origin)
      }
      try rules.admit(addresses, of: origin)
      route = Route(addresses: Array(addresses.prefix(options.limits.addresses)), proxy: nil)
    }
    routes[origin] = route
    return route
  }

  private func proxy(for origin: Origin) throws(TransportFailure) -> ProxyServer? {
    do throws(ProxyServer.Unusable) {
      return try environment.proxy(for: origin)
    } catch {
      throw TransportFailure(.proxy, error.why)
    }
  }

  private func announce(_ origin: Origin, address: IPAddress?, proxy: ProxyServer?) {
    report(
      CheckProgress(
        host: origin.description, address: address?.description, proxy: proxy?.name,
        request: requestsMade))
  }

  private func exchange(
    _ request: OutgoingRequest, at address: IPAddress?, via proxy: ProxyServer?
  ) async throws(TransportFailure) -> IncomingAnswer {
    let origin = request.address.origin
    let limits = options.limits
    let reading = FailureReading(
      proxy: proxy, limits: limits, hasIdentity: request.identity != nil,
      isTotalNear: bodiesLeft < limits.body)
    let client = try await client(for: origin, at: address, via: proxy, showing: request.identity)
    let outgoing = WebTransport.message(request)
    let probe = try certificateProbe(origin, address)
    try await refuseWeakChain(of: origin, probe)
    let deadline = deadline
    let partial = PartialAnswer(room: min(limits.body, bodiesLeft))
    do throws(TransportFailure) {
      return try await deadline.race(or: reading.late) { () async throws(TransportFailure) in
        do {
          let response = try await client.execute(
            outgoing, deadline: .now() + TimeAmount(deadline.remaining))
          partial.begin(
            Int(response.status.code), response.headers.map { ($0.name, $0.value) })
          for try await bytes in response.body {
            guard partial.add(bytes) else { throw reading.longBody }
          }
        } catch {
          guard FailureReading.isUnverified(error), let probe else { throw reading.failure(error) }
          throw TransportFailure(.tls, await probe.reason(by: deadline))
        }
        guard let answer = partial.answer(cut: nil) else { throw reading.closed }
        return answer
      }
    } catch {
      // What was answered counts, also where the rest of it was too long, too slow or lost.
      guard let answer = partial.answer(cut: error) else { throw error }
      return answer
    }
  }

  /// Looks at the whole chain once for each origin, where an organization's own authorities are trusted: of a connection
  /// the library shows only the server's own certificate.
  private func refuseWeakChain(
    of origin: Origin, _ probe: CertificateProbe?
  ) async throws(TransportFailure) {
    let files = [options.authorityFile, environment.authorityFile]
      .compactMap(\.self)
    guard let probe, !files.isEmpty, routes[origin]?.hasStrongChain == false else { return }
    let anchors = files.flatMap { (try? NIOSSLCertificate.fromPEMFile($0)) ?? [] }
    // A server that is silent is not waited for twice.
    let limit = Deadline(after: min(options.limits.connect, deadline.remaining))
    if let weakness = await probe.weakness(anchors: anchors, by: limit) {
      throw TransportFailure(.tls, weakness)
    }
    routes[origin]?.hasStrongChain = true
  }

  private static func message(_ request: OutgoingRequest) -> HTTPClientRequest {
    var message = HTTPClientRequest(url: request.address.text)
    message.method = HTTPMethod(rawValue: request.method)
    for (name, value) in request.headers { message.headers.add(name: name, value: value) }
    if !message.headers.contains(name: "user-agent") {
      message.headers.add(name: "user-agent", value: "usher")
    }
    message.body = request.body.map { .bytes($0) }
    return message
  }

  /// The client that is open when it leads to the same place, else a new one in its place.
  private func client(
    for origin: Origin, at address: IPAddress?, via proxy: ProxyServer?,
    showing identity: ClientIdentity?
  ) async throws(TransportFailure) -> HTTPClient {
    if let open, open.origin == origin, open.address == address, open.identity == identity {
      return open.client
    }
    var tls = origin.scheme == .https ? try trustedTLS() : nil
    if tls != nil { identity?.add(to: &tls!) }
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls,
      redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    configuration.timeout.connect = TimeAmount(min(options.limits.connect, deadline.remaining))
    configuration.decompression = .enabled(limit: .size(options.limits.body))
    configuration.http1_1ConnectionDebugInitializer = ConnectionSetup.prepare(
      for: origin, options.limits)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
    if let proxy {
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.login.map { .basic(username: $0.user, password: $0.password) })
    } else if let address, origin.literal == nil {
      configuration.dnsOverride = [origin.host: address.description]
    }
    try? await open?.client.shutdown()
    let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    open = OpenClient(origin: origin, address: address, identity: identity, client: client)
    return client
  }

  /// Read from the disk once.
  private func trustedTLS() throws(TransportFailure) -> TLSConfiguration {
    if let knownTLS { return knownTLS }
    let configuration = try TrustRoots(
      environmentFile: environment.authorityFile, optionFile: options.authorityFile
    ).configuration
    knownTLS = configuration
    return configuration
  }

  private func certificateProbe(
    _ origin: Origin, _ address: IPAddress?
  ) throws(TransportFailure) -> CertificateProbe? {
    guard let address, origin.scheme == .https else { return nil }
    return CertificateProbe(
      origin: origin, address: address, group: group, configuration: try trustedTLS())
  }
}

extension Origin {
  /// How to name this origin to someone who knows `other`: with the scheme where only that differs.
  fileprivate func differenceName(from other: Origin) -> String {
    host == other.host && scheme != other.scheme ? "\(scheme.rawValue)://\(self)" : description
  }
}
