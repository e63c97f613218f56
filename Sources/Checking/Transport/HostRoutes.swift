internal import Basics
internal import Requests

/// How hosts are reached: found out once for each, and kept for as long as the transport lives.
struct HostRoutes {
  struct Route {
    /// Admitted addresses in the order to try; empty when the proxy does the looking up.
    var addresses: [IPAddress]
    let proxy: ProxyServer?

    /// Nil stands for wherever the proxy leads.
    var ends: [IPAddress?] { proxy == nil ? addresses.map(Optional.some) : [nil] }
  }

  private let rules: NetworkRules
  private let environment: NetworkEnvironment
  private let lookup: NameLookup
  /// Addresses of one host that are tried.
  private let most: Int
  private var known: [Origin: Route] = [:]

  init(
    rules: NetworkRules, environment: NetworkEnvironment, lookup: NameLookup, addresses most: Int
  ) {
    self.rules = rules
    self.environment = environment
    self.lookup = lookup
    self.most = most
  }

  /// Whether the origin may be asked at all, as far as its name says.
  func admit(_ origin: Origin) throws(TransportFailure) { try rules.admit(origin) }

  /// The route, where it was found before.
  subscript(origin: Origin) -> Route? { known[origin] }

  /// Nil where there is none.
  func proxy(for origin: Origin) throws(TransportFailure) -> ProxyServer? {
    do throws(ProxyServer.Unusable) {
      return try environment.proxy(for: origin)
    } catch {
      throw TransportFailure(.proxy, error.why)
    }
  }

  /// A proxy looks names up by itself: where they lead to cannot be judged then, and is the proxy's responsibility.
  mutating func use(_ proxy: ProxyServer, for origin: Origin) -> Route {
    let route = Route(addresses: [], proxy: proxy)
    known[origin] = route
    return route
  }

  /// Looks the host up and judges every address.
  mutating func find(
    _ origin: Origin, by deadline: Deadline, or late: TransportFailure
  ) async throws(TransportFailure) -> Route {
    let addresses = try await deadline.race(or: late) {
      [lookup] () async throws(TransportFailure) in
      try await lookup(origin)
    }
    try rules.admit(addresses, of: origin)
    let route = Route(addresses: Array(addresses.prefix(most)), proxy: nil)
    known[origin] = route
    return route
  }

  /// The address that answered is the only one from now on.
  mutating func settle(_ origin: Origin, at address: IPAddress?) {
    known[origin]?.addresses = address.map { [$0] } ?? []
  }
}
