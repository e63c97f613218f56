internal import Basics
internal import NIOCore
internal import NIOPosix
internal import Requests

/// Sends the requests of one check, in order, over one connection at a time, and lets nothing through that breaks a
/// rule or a bound. Requests with values are made in the checking process only: the HTTP library leaves copies of what it
/// sends in memory.
final class WebTransport {
  /// How a host is reached: decided once and kept for the whole check.
  private struct Route {
    /// Admitted addresses in the order to try; empty when the proxy does the looking up.
    var addresses: [IPAddress]
    let proxy: ProxyServer?
  }

  /// The one connection, where it leads and what was shown on it.
  private struct OpenConnection {
    let origin: Origin
    let address: IPAddress?
    let identity: ClientIdentity?
    let connection: WebConnection
  }

  private let options: CheckOptions
  private let environment: NetworkEnvironment
  private let rules: NetworkRules
  private let lookup: NameLookup
  private let report: @Sendable (CheckProgress) -> Void
  private var deadline: Deadline
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private var routes: [Origin: Route] = [:]
  private let connector: WebConnector
  private var open: OpenConnection?
  private var requestsMade = 0
  private var redirectsFollowed = 0
  /// How many bytes of bodies may still come.
  private var bodiesLeft: Int

  /// The clock of the total limit starts here.
  /// - Parameter tls: made for the same options and environment, where it is there already.
  init(
    rules: NetworkRules, options: CheckOptions, environment: NetworkEnvironment,
    tls: TLSContexts? = nil, lookup: NameLookup = .system,
    report: @escaping @Sendable (CheckProgress) -> Void = { _ in }
  ) {
    self.rules = rules
    self.options = options
    connector = WebConnector(
      tls ?? TLSContexts(options, environment), limits: options.limits, on: group)
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
    drop()
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
    let limits = options.limits
    let reading = FailureReading(
      proxy: proxy, limits: limits, hasIdentity: request.identity != nil,
      isTotalNear: bodiesLeft < limits.body)
    let connection = try await connection(for: request, at: address, reading)
    let partial = PartialAnswer(room: min(limits.body, bodiesLeft))
    do throws(TransportFailure) {
      let mayFollow = try await deadline.race(or: reading.late) {
        () async throws(TransportFailure) in
        do { return try await connection.ask(request, into: partial) } catch {
          throw reading.failure(error)
        }
      }
      if !mayFollow { drop() }
      guard let answer = partial.answer(cut: nil) else { throw reading.closed }
      return answer
    } catch {
      drop()
      // What was answered counts, also where the rest of it was too long, too slow or lost.
      guard let answer = partial.answer(cut: error) else { throw error }
      return answer
    }
  }

  /// The connection that is open when it leads to the same place, else a new one in its place.
  private func connection(
    for request: OutgoingRequest, at address: IPAddress?, _ reading: FailureReading
  ) async throws(TransportFailure) -> WebConnection {
    let (origin, identity) = (request.address.origin, request.identity)
    if let open, open.origin == origin, open.address == address, open.identity == identity,
      open.connection.isOpen
    {
      return open.connection
    }
    drop()
    let connection = try await connector.open(
      origin, at: address, showing: identity, reading, by: deadline)
    open = OpenConnection(
      origin: origin, address: address, identity: identity, connection: connection)
    return connection
  }

  private func drop() {
    open?.connection.close()
    open = nil
  }
}

extension Origin {
  /// How to name this origin to someone who knows `other`: with the scheme where only that differs.
  fileprivate func differenceName(from other: Origin) -> String {
    host == other.host && scheme != other.scheme ? "\(scheme.rawValue)://\(self)" : description
  }
}
