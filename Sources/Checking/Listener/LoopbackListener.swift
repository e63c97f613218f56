internal import Basics
internal import Glibc
package import Requests
package import Secrets

/// Waits on this machine for the browser that a provider sends back: on 127.0.0.1 alone, at the port of the redirect
/// address, for one answer.
///
/// Whoever can reach the port may call it, a page of somebody else's in the same browser above all. Such a call comes to
/// nothing: the request has to name this machine as its host, the path letter by letter, and the state, which nobody else
/// knows. Until that comes, everything else gets a page without content and costs a moment of one thread.
package struct LoopbackListener: RedirectReceiver {
  /// How long one visitor may take for its request.
  let patience: Duration

  package init() { self.init(patience: .seconds(5)) }

  init(patience: Duration) { self.patience = patience }

  package func listen(
    for matcher: consuming RedirectMatcher,
    deliver: @escaping @Sendable (consuming SecretBuffer) -> Void
  ) throws(ListeningError) -> any ListeningPort {
    let callback = matcher.callback
    guard callback.isHere else { throw .notHere(callback.address) }
    let socket = try ListenerSocket(port: callback.origin.port)
    let loop = ListenerLoop(socket: socket, matcher: matcher, patience: patience)
    // Without it nobody could end the thread.
    guard loop.stop.number >= 0 else { throw .system(SystemError(code: EMFILE).reason) }
    guard let thread = ListenerThread(running: loop, deliver: deliver) else {
      throw .system(Threads.explanation.what)
    }
    return thread
  }
}

extension Callback {
  /// Whether this machine can answer at it: without a certificate, and at the address that is listened at.
  fileprivate var isHere: Bool {
    origin.scheme == .http && ["127.0.0.1", "localhost"].contains(origin.host)
  }
}
