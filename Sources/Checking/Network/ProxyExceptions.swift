internal import Basics

/// The hosts that are reached without the proxy: `NO_PROXY`.
///
/// There is no standard; this follows curl. Entries are separated by commas or blanks. `*` is every host;
/// `example.com`, `.example.com` and `*.example.com` are that host and every host below it; a port narrows an entry
/// to that port; addresses stand for themselves, or with `/bits` for a network.
struct ProxyExceptions: Equatable, Sendable {
  private enum Rule: Equatable, Sendable {
    case everything
    case domain(String, port: Int?)
    case network(IPAddress, length: Int, port: Int?)
  }

  private let rules: [Rule]

  init(_ text: String) {
    rules = text.split { $0 == "," || $0 == " " || $0 == "\t" }.compactMap(ProxyExceptions.rule)
  }

  /// Whether requests to `origin` bypass the proxy. Loopback hosts always do: a proxy would reach its own.
  func contain(_ origin: Origin) -> Bool {
    origin.isLoopbackName || rules.contains { ProxyExceptions.matches($0, origin) }
  }

  private static func rule(_ entry: Substring) -> Rule? {
    if entry == "*" { return .everything }
    if let slash = entry.firstIndex(of: "/") {
      guard let network = IPAddress(String(entry[..<slash])),
        let length = Int(entry[entry.index(after: slash)...])
      else { return nil }
      switch network {
      case .v4: guard (0...32).contains(length) else { return nil }
      case .v6: guard (0...128).contains(length) else { return nil }
      }
      return .network(network, length: length, port: nil)
    }
    if case .v6(let bits)? = IPAddress(String(entry)) {
      return .network(.v6(bits), length: 128, port: nil)
    }
    let bare = entry.hasPrefix("*.") ? entry.dropFirst(2) : entry.drop { $0 == "." }
    guard let place = HostAndPort(bare) else { return nil }
    switch IPAddress(place.host) {
    case .v4(let bits): return .network(.v4(bits), length: 32, port: place.port)
    case .v6(let bits): return .network(.v6(bits), length: 128, port: place.port)
    case nil: return .domain(place.host.withoutFinalDot, port: place.port)
    }
  }

  private static func matches(_ rule: Rule, _ origin: Origin) -> Bool {
    switch rule {
    case .everything: return true
    case .domain(let domain, let port):
      let host = origin.host.withoutFinalDot
      return (host == domain || host.hasSuffix(".\(domain)"))
        && (port ?? origin.port) == origin.port
    case .network(let network, let length, let port):
      guard let address = origin.literal else { return false }
      return address.isIn(network, length: length) && (port ?? origin.port) == origin.port
    }
  }

}
