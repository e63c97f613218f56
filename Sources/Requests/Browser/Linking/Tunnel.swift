internal import Basics

/// How somebody who is logged in to this machine from another one brings the browser there back here.
package struct Tunnel: Equatable, Sendable {
  /// `user@host`, as the person's own `ssh` knows this machine, as far as can be told.
  package var login: String

  package init(login: String) { self.login = login }

  /// The command for the person's own machine; nil where the redirect address does not lead to the machine that the
  /// browser runs on, or not over plain http.
  package func command(for callback: Callback) -> String? {
    guard callback.isLoopback, callback.origin.scheme == .http else { return nil }
    return "ssh -N -L \(callback.origin.port):127.0.0.1:\(callback.origin.port) \(login)"
  }
}
