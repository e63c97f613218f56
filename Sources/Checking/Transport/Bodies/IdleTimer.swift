internal import NIOCore

/// Ends an exchange in which nothing has moved for too long. One timer for all pieces: each only notes the time. Lives on
/// the connection's event loop.
final class IdleTimer {
  private let limit: TimeAmount
  private let loop: any EventLoop
  /// Whether the silence is not the server's: there is nothing to send yet.
  private let isExcused: () -> Bool
  private let ended: () -> Void
  private var lastMove = NIODeadline.now()
  private var timer: Scheduled<Void>?

  init(
    _ limit: TimeAmount, on loop: any EventLoop, unless isExcused: @escaping () -> Bool,
    ended: @escaping () -> Void
  ) {
    self.limit = limit
    self.loop = loop
    self.isExcused = isExcused
    self.ended = ended
    schedule(at: lastMove + limit)
  }

  /// Something has come or gone.
  func move() { lastMove = .now() }

  func stop() {
    timer?.cancel()
    timer = nil
  }

  private func schedule(at moment: NIODeadline) {
    timer = loop.assumeIsolated().scheduleTask(deadline: moment) { self.look() }
  }

  private func look() {
    guard timer != nil else { return }
    if isExcused() { move() }
    if lastMove + limit <= .now() { return ended() }
    schedule(at: lastMove + limit)
  }
}
