internal import Basics
internal import Secrets

/// The talk with one helper process, which ends with it: hands over messages and listens for reports, a deadline and the
/// cancellation. Blocks its thread in `poll` and nowhere else.
struct HelperConversation: ~Copyable {
  /// What happened next.
  enum Event: ~Copyable {
    case report(HelperReport)
    /// The user does not want to wait. Told once; the talk may go on.
    case cancelled
    case late
    /// The process is gone.
    case ended
    /// It said something that makes no sense.
    case unreadable
  }

  /// In bytes: how much is taken from the socket at once. Pages are locked as they are used.
  private static let pieceSize = 16 * 1024

  private let process: HelperProcess
  private let cancel: EventDescriptor?
  private var deadline: ContinuousClock.Instant?
  /// Whether the cancellation has been told.
  private(set) var isCancelled = false
  /// What has to be sent, wiped as soon as the kernel has taken all of it.
  private var outgoing: SecretBuffer?
  private var sent = 0
  /// What has been received and not been understood yet: at most one report and one piece.
  private var incoming = SecretBuffer(
    capacity: HelperFrame.headerSize + HelperReport.limit + pieceSize)

  /// - Parameters:
  ///   - limit: for the whole talk; nil for none.
  ///   - cancel: becomes readable when the user does not want to wait; nil where nobody asks.
  init(_ process: consuming HelperProcess, limit: Duration?, cancel: EventDescriptor?) {
    self.process = process
    self.cancel = cancel
    deadline = limit.map { .now + $0 }
  }

  /// From now on no longer than this.
  mutating func end(within limit: Duration) { deadline = .now + limit }

  /// Sends a message behind those that are on their way. It leaves while the next event is waited for.
  mutating func send(_ message: consuming SecretBuffer) {
    guard let earlier = outgoing.take() else {
      outgoing = .some(message)
      return
    }
    var both = SecretBuffer(capacity: earlier.count - sent + message.count)
    earlier.withBytes { _ = both.append($0, sent..<$0.byteCount) }
    message.withBytes { _ = both.append($0) }
    outgoing = .some(both)
    sent = 0
  }

  /// Waits for the next event.
  mutating func next() -> Event {
    while true {
      do throws(HelperReport.Unreadable) {
        if let report = try HelperReport.takeFirst(of: &incoming) { return .report(report) }
      } catch {
        return .unreadable
      }
      // What has been told is not looked at any more.
      let watched = isCancelled ? nil : cancel
      let events: ProcessSocket.Events = outgoing == nil ? .input : [.input, .room]
      switch process.socket.wait(for: events, until: deadline, unless: watched) {
      case .cancelled:
        isCancelled = true
        return .cancelled
      case .late: return .late
      case .ready: break
      }
      guard sendMore(), receive() else { return .ended }
    }
  }

  /// Whether somebody is there to read.
  private mutating func sendMore() -> Bool {
    guard let message = outgoing.take() else { return true }
    let (start, socket) = (sent, process.socket)
    let count = message.withBytes { socket.send($0.extracting(start..<$0.byteCount)) }
    guard let count else { return false }
    sent += count
    if sent < message.count { outgoing = .some(message) } else { sent = 0 }
    return true
  }

  /// Takes what is there; false at the end.
  private mutating func receive() -> Bool {
    let socket = process.socket
    var isThere = true
    _ = unsafe incoming.appendInPlace(atMost: Self.pieceSize) { room in
      let count = unsafe socket.receive(into: room)
      isThere = count != nil
      return count ?? 0
    }
    return isThere
  }
}
