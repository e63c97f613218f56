internal import Basics
internal import Requests

/// Which addresses a check may send credentials to.
///
/// The rules keep a provider entry, a name server or a redirect from turning the check against the machine's own
/// network. What the user named is the user's business: an instance in one's own network is legitimate.
struct NetworkRules: Equatable, Sendable {
  /// Hosts that the user named, in lower case: only these may lead to this machine or into a private network.
  let ownHosts: Set<String>
  /// Whether plain http goes anywhere: to the members of a cluster, which are told nothing that is not sealed.
  var allowsPlainHTTP = false

  /// Refuses what must not be asked before any name is resolved: plain http to anywhere but this machine.
  func admit(_ origin: Origin) throws(TransportFailure) {
    // What is asked nowhere and by no way is said before the way is.
    if let literal = origin.literal, case .forbidden = literal.kind {
      try admit([literal], of: origin)
    }
    switch origin.scheme {
    case .https: break
    case .http:
      guard allowsPlainHTTP || origin.isLoopbackName else {
        throw TransportFailure(
          .forbiddenAddress, "plain http is used for this machine only")
      }
    }
    if let literal = origin.literal { try admit([literal], of: origin) }
  }

  /// Refuses all of a host's addresses when one of them is not allowed: a name that mixes public and internal
  /// addresses is an attack or a mistake.
  func admit(_ addresses: [IPAddress], of origin: Origin) throws(TransportFailure) {
    for address in addresses {
      guard let reason = objection(to: address.kind, of: origin) else { continue }
      throw TransportFailure(.forbiddenAddress, "\(address) is \(reason)")
    }
  }

  private func objection(to kind: AddressKind, of origin: Origin) -> String? {
    let isOwn = ownHosts.contains(origin.host)
    switch kind {
    case .forbidden(let what): return what
    case .loopback: return isOwn ? nil : "an address of this machine"
    case .public, .privateNetwork:
      if origin.scheme == .http && !allowsPlainHTTP {
        return "not an address of this machine, as plain http needs"
      }
      if kind == .public { return nil }
      return isOwn ? nil : "an address of a private network"
    }
  }
}
