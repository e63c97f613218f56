internal import Basics
internal import NIOCore
internal import NIOPosix
internal import Requests

/// Sends requests in order, over one connection at a time, and lets nothing through that breaks a rule or a bound.
/// Requests with values are made in the helper process only: the HTTP library leaves copies of what it sends in memory.
final class WebTransport {
  private let options: CheckOptions
  private let scope: LimitScope
  private let stop: StopSignal?
  private let report: @Sendable (CheckProgress) -> Void
  private var deadline: Deadline
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private var routes: HostRoutes
  private let connector: WebConnector
  private var open: OpenConnection?
  private var requestsMade = 0
  private var redirectsFollowed = 0
  /// How many bytes of bodies may still come.
  private var bodiesLeft: Int

  private var limits: CheckLimits { options.limits }

  /// The clock of the total limit starts here.
  /// - Parameters:
  ///   - tls: made for the same options and environment, where it is there already.
  ///   - scope: what the limits of `options` are limits of.
  ///   - stop: ends what is under way.
  init(
    rules: NetworkRules, options: CheckOptions, environment: NetworkEnvironment,
    tls: TLSContexts? = nil, lookup: NameLookup = .system, scope: LimitScope = .whole,
    stop: StopSignal? = nil, report: @escaping @Sendable (CheckProgress) -> Void = { _ in }
  ) {
    self.options = options
    self.scope = scope
    self.stop = stop
    self.report = report
    connector = WebConnector(
      tls ?? TLSContexts(options, environment), limits: options.limits,
      isEndless: scope != .whole, on: group)
    routes = HostRoutes(
      rules: rules,
      environment: options.usesEnvironment ? environment : NetworkEnvironment { _ in nil },
      lookup: lookup, addresses: options.limits.addresses)
    bodiesLeft = options.limits.bodies
    deadline = Deadline(after: scope.patience(options.limits), stop: stop)
  }

  /// Sends a request, follows redirects within its origin unless it says otherwise, and returns the answer that is none.
  /// - Parameter choice: says where the body of that answer goes; nil to keep it within the limits.
  func answer(
    to request: OutgoingRequest, _ choice: PartialAnswer.Choice? = nil
  ) async throws(TransportFailure) -> IncomingAnswer {
    if scope != .whole { renewLimits() }
    var request = request
    while true {
      let answer = try await send(request, choice)
      guard request.followsRedirects, Redirect.isRedirect(answer.status),
        let location = answer.header("location")
      else { return answer }
      let origin = request.address.origin
      guard let next = request.address.resolving(location) else {
        throw TransportFailure(.redirect, "the place is not a web address")
      }
      guard next.origin == origin else {
        let place = next.origin.differenceName(from: origin)
        throw TransportFailure(.redirect, "the place is \(place)")
      }
      guard redirectsFollowed < limits.redirects else {
        throw TransportFailure(.redirect, "it did so more than \(redirectsFollowed) times")
      }
      redirectsFollowed += 1
      request = request.redirected(to: next, status: answer.status)
    }
  }

  /// Begins all bounds anew, for the next of several questions that have nothing to do with each other.
  func renewLimits() {
    deadline = Deadline(after: scope.patience(limits), stop: stop)
    (requestsMade, redirectsFollowed, bodiesLeft) = (0, 0, limits.bodies)
  }

  /// Ends the connection and its thread. Every transport must be closed.
  func close() async {
    drop()
    try? await group.shutdownGracefully()
  }

  private func send(
    _ request: OutgoingRequest, _ choice: PartialAnswer.Choice?
  ) async throws(TransportFailure) -> IncomingAnswer {
    let origin = request.address.origin
    try routes.admit(origin)
    guard deadline.left != .zero else { throw reading(nil).late }
    guard requestsMade < limits.requests else {
      throw TransportFailure(
        .internalFailure, "the check asks for more than \(limits.requests) requests")
    }
    guard bodiesLeft > 0 else { throw reading(nil).longBody(limits.body) }
    requestsMade += 1
    let route = try await route(to: origin)
    var failure: TransportFailure?
    for address in route.ends {
      announce(origin, address: address, proxy: route.proxy)
      do throws(TransportFailure) {
        let answer = try await exchange(request, at: address, via: route.proxy, choice)
        bodiesLeft -= answer.body.readableBytes
        routes.settle(origin, at: address)
        return answer
      } catch {
        guard error.sentNothing, deadline.left != .zero else { throw error }
        failure = error
      }
    }
    throw failure ?? TransportFailure(.noName)
  }

  private func route(to origin: Origin) async throws(TransportFailure) -> HostRoutes.Route {
    if let known = routes[origin] { return known }
    if let proxy = try routes.proxy(for: origin) { return routes.use(proxy, for: origin) }
    announce(origin, address: origin.literal, proxy: nil)
    let late = TransportFailure(
      .timeout, "its address was not found within \(scope.patience(limits).inSeconds)")
    return try await routes.find(origin, by: deadline, or: late)
  }

  private func announce(_ origin: Origin, address: IPAddress?, proxy: ProxyServer?) {
    report(
      CheckProgress(
        host: origin.description, address: address?.description, proxy: proxy?.name,
        request: requestsMade))
  }

  private func reading(_ proxy: ProxyServer?, hasIdentity: Bool = false) -> FailureReading {
    FailureReading(
      proxy: proxy, limits: limits, scope: scope, hasIdentity: hasIdentity,
      isTotalNear: bodiesLeft < limits.body)
  }

  private func exchange(
    _ request: OutgoingRequest, at address: IPAddress?, via proxy: ProxyServer?,
    _ choice: PartialAnswer.Choice?
  ) async throws(TransportFailure) -> IncomingAnswer {
    let reading = reading(proxy, hasIdentity: request.identity != nil)
    let place = OpenConnection.Place(
      origin: request.address.origin, address: address, identity: request.identity)
    if let connection = open?.connection(to: place) {
      do throws(TransportFailure) {
        return try await ask(request, on: connection, isReused: true, reading, choice)
      } catch {
        // The server had hung up in the meantime, or just then: what only asks is asked once more.
        guard error.sentNothing || (request.isSafe && error.isHangUp) else { throw error }
      }
    }
    drop()
    let connection = try await connector.open(
      place.origin, at: address, showing: place.identity, reading, by: deadline)
    open = OpenConnection(place: place, connection: connection)
    return try await ask(request, on: connection, isReused: false, reading, choice)
  }

  private func ask(
    _ request: OutgoingRequest, on connection: WebConnection, isReused: Bool,
    _ reading: FailureReading, _ choice: PartialAnswer.Choice?
  ) async throws(TransportFailure) -> IncomingAnswer {
    let room = min(limits.body, bodiesLeft)
    let partial = PartialAnswer { head in
      let leadsOn = Redirect.isRedirect(head.status) && head.header("location") != nil
      return leadsOn ? .kept(room: room) : choice?(head) ?? .kept(room: room)
    }
    do throws(TransportFailure) {
      let exchange = try Exchange(request, idle: scope.idle, into: partial)
      let ask = { @Sendable () async throws(TransportFailure) -> Bool in
        do { return try await connection.ask(exchange) } catch {
          throw isReused && error is NothingSent ? reading.gone : reading.failure(error)
        }
      }
      // An exchange that keeps the time itself is not raced with the clock: its pieces may come for hours.
      let end = exchange.idle == nil ? deadline : Deadline(after: nil, stop: stop)
      let mayFollow = try await end.race(or: reading.late, ask)
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

  private func drop() {
    open?.close()
    open = nil
  }
}

extension LimitScope {
  /// For how long anything is waited for in all: a whole check, or a name and a connection.
  fileprivate func patience(_ limits: CheckLimits) -> Duration {
    switch self {
    case .whole: limits.total
    case .each(let idle): idle
    }
  }

  fileprivate var idle: Duration? { if case .each(let idle) = self { idle } else { nil } }
}

extension Origin {
  /// How to name this origin to someone who knows `other`: with the scheme where only that differs.
  fileprivate func differenceName(from other: Origin) -> String {
    host == other.host && scheme != other.scheme ? "\(scheme.rawValue)://\(self)" : description
  }
}
