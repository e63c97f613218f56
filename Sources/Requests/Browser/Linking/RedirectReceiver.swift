package import Basics
package import Secrets

/// Waits at a redirect address on this machine for the browser to come back. What it gets is read like a pasted address.
package protocol RedirectReceiver: Sendable {
  /// Begins to listen where the matcher's callback leads, on a thread of its own, until `close` or one good answer.
  /// - Parameter deliver: given the whole address of the one answer that matches, once, on that thread.
  func listen(
    for matcher: consuming RedirectMatcher,
    deliver: @escaping @Sendable (consuming SecretBuffer) -> Void
  ) throws(ListeningError) -> any ListeningPort
}

/// A place where somebody listens.
package protocol ListeningPort: Sendable {
  /// Nobody listens any more when it returns. May be called more than once, and goes without saying when nobody has it
  /// any longer.
  func close()
}

/// Why nobody listens. Pasting the address works all the same.
package enum ListeningError: Explained, Equatable, Sendable {
  /// The redirect address leads to another machine, or wants a certificate that nobody would trust.
  case notHere(String)
  /// Something else listens there.
  case taken(port: Int)
  /// The system does not let us.
  case system(String)

  package var explanation: Explanation {
    let what = "nobody listens for the browser"
    let advice = "paste the address that it ends on"
    switch self {
    case .notHere(let address):
      return Explanation(
        what: what, why: "\(address) cannot be answered by this machine", advice: advice)
    case .taken(let port):
      return Explanation(
        what: what, why: "port \(port) of this machine is in use",
        advice: "\(advice), or take another port with --port")
    case .system(let reason): return Explanation(what: what, why: reason, advice: advice)
    }
  }
}

/// Tells the answer to one question from everything else that knocks at its redirect address, without giving it away.
/// Wiped with its owner.
package struct RedirectMatcher: ~Copyable, Sendable {
  /// Where it is expected.
  package let callback: Callback
  /// What it has to repeat.
  let state: SecretBuffer
  let expected: ExpectedRedirect

  init(callback: Callback, state: consuming SecretBuffer, expected: ExpectedRedirect) {
    self.callback = callback
    self.state = state
    self.expected = expected
  }
}

extension AuthorizationRequest {
  /// What tells its answer from others.
  package borrowing func matcher() -> RedirectMatcher {
    RedirectMatcher(callback: callback, state: state.duplicate(), expected: expected)
  }
}
