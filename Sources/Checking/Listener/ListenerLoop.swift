internal import Basics
internal import CLinux
internal import Requests
internal import Secrets

/// Takes visitors until one of them brings the answer.
struct ListenerLoop: ~Copyable, Sendable {
  /// Ends it.
  let stop = EventDescriptor()
  private let socket: ListenerSocket
  private let matcher: RedirectMatcher
  private let reader: VisitorRequestReader
  private let patience: Duration

  /// At once. A browser opens some connections ahead and says nothing on them.
  private static let most = 8

  init(
    socket: consuming ListenerSocket, matcher: consuming RedirectMatcher, patience: Duration
  ) {
    reader = VisitorRequestReader(port: socket.port)
    self.socket = socket
    self.matcher = matcher
    self.patience = patience
  }

  /// - Returns: the whole address of the answer; nil when it was told to stop. Nobody listens any more by then.
  consuming func run() -> SecretBuffer? {
    var visitors: [Visitor] = []
    while true {
      var watched = [
        pollfd(fd: stop.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0),
      ]
      watched += visitors.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
      let end = visitors.map(\.deadline).min()
      let wait = end.map { ContinuousClock.now.duration(to: $0).pollMilliseconds } ?? -1
      let count = unsafe poll(&watched, nfds_t(watched.count), wait)
      if count < 0, SystemError.last.code != EINTR { return nil }
      if watched[0].revents != 0 { return nil }
      for (visitor, event) in zip(visitors, watched.dropFirst(2)) where event.revents != 0 {
        if let address = receive(from: visitor) { return address }
      }
      let now = ContinuousClock.now
      visitors.removeAll { $0.hasLeft || $0.deadline <= now }
      if watched[1].revents != 0, let file = socket.accept() {
        // Whoever has been silent for longest makes room: a browser that comes back speaks at once.
        if visitors.count >= Self.most { visitors.removeFirst() }
        visitors.append(Visitor(file, until: now + patience))
      }
    }
  }

  /// - Returns: the address, where the visitor has brought it.
  private borrowing func receive(from visitor: Visitor) -> SecretBuffer? {
    guard visitor.receive() else { return nil }
    let request = visitor.received.withBytes { reader.read($0, from: visitor.scanned) }
    switch request {
    case .incomplete(let scanned): visitor.scanned = scanned
    case .refused(let status): visitor.answer(ListenerPage(status))
    case .call(let path, let parameters):
      let address = visitor.received.withBytes { bytes -> SecretBuffer? in
        let (path, parameters) = (bytes.extracting(path), bytes.extracting(parameters))
        guard matcher.matches(path: path, parameters: parameters) else { return nil }
        return matcher.address(path: path, parameters: parameters)
      }
      guard let address else {
        let isThere = visitor.received.withBytes { matcher.isPath($0.extracting(path)) }
        visitor.answer(ListenerPage(isThere ? .badRequest : .notFound))
        return nil
      }
      visitor.answer(.taken)
      return address
    }
    return nil
  }
}
