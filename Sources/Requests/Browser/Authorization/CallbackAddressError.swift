package import Basics

/// Why an address cannot be the one that a provider sends the browser to.
package enum CallbackAddressError: Explained, Equatable, Sendable {
  /// It is no absolute web address.
  case noAddress(AddressFault)
  /// A part behind `#` is never sent (RFC 6749, section 3.1.2).
  case fragment
  /// It holds a blank, a control character or a letter beyond ASCII, or is too long.
  case character
  /// Plain http to another machine: whoever is on the way could read the code.
  case openToOthers(String)

  /// Names the host at most.
  package var explanation: Explanation {
    let what = "the redirect address cannot be used"
    switch self {
    case .noAddress(let fault):
      return Explanation(
        what: what, why: fault.rawValue, advice: "give one like \(Callback.loopback().address)")
    case .fragment:
      return Explanation(
        what: what, why: "a redirect address has no part behind #",
        advice: "leave out what stands from # on")
    case .character:
      return Explanation(
        what: what, why: "it is too long, or holds a character that an address cannot",
        advice: "give it as it is registered with the application")
    case .openToOthers(let host):
      return Explanation(
        what: what, why: "plain http to \(host) would let others on the way read the answer",
        advice:
          "give an https address, or one of this machine such as \(Callback.loopback().address)"
      )
    }
  }
}
