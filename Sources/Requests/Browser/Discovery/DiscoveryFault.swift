package import Basics

/// Why what a server says of itself cannot be gone by.
package enum DiscoveryFault: Explained, Equatable, Sendable {
  /// The address that was typed is none.
  case noAddress
  /// It says that it is another resource than the one that was asked.
  case otherResource
  /// It names itself otherwise than it was asked by.
  case otherIssuer(asked: String, named: String)
  /// It does not say where tokens are got.
  case noEndpoint
  /// It names an address that is not asked: no https, no name, or this machine.
  case badAddress(String)
  /// It does not know something without which no token is safe to ask for.
  case lacks(String)
  /// Nobody says how tokens are got.
  case nothing

  /// Names members and addresses that the server told, and nothing that was typed.
  package var explanation: Explanation {
    let what = "the server's way of signing in cannot be used"
    let advice = "tell whoever runs the server"
    return switch self {
    case .noAddress:
      Explanation(
        what: "the server's address is none", why: "it has to begin with https:// and a name",
        advice: "copy it once more from the server's documentation")
    case .otherResource:
      Explanation(
        what: what, why: "it calls itself by another address than the one that was typed",
        advice: "type the address that its documentation gives")
    case .otherIssuer(let asked, let named):
      Explanation(
        what: what,
        why: "\(asked) was asked, and it names itself \(named.isEmpty ? "nothing" : named)",
        advice: advice)
    case .noEndpoint:
      Explanation(what: what, why: "it does not say where tokens are got", advice: advice)
    case .badAddress(let member):
      Explanation(
        what: what, why: "its \(member) is no https address of a public name",
        advice: "\(advice); one on this machine is believed with --allow-loopback")
    case .lacks(let thing):
      Explanation(what: what, why: "it does not know \(thing)", advice: advice)
    case .nothing:
      Explanation(
        what: "the server does not say how to sign in", why: "it has no page that tells",
        advice: "check the address; the server may need no sign-in")
    }
  }
}
