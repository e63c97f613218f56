internal import Basics
internal import CLinux
internal import Glibc
internal import Requests
internal import Secrets

extension HelperProcess {
  /// Hands over `request` and listens for at most `limit`. The process lives at least as long as the talk.
  borrowing func converse(
    _ request: consuming SecretBuffer, limit: Duration, cancel: EventDescriptor,
    report: @escaping @Sendable (CheckProgress) -> Void
  ) -> HelperConversation.Ending {
    var conversation = HelperConversation(socket, limit: limit, cancel: cancel, report: report)
    return conversation.run(sending: request)
  }
}

/// The talk with one checking process: hands it the request, listens until the diagnosis, the deadline, or the
/// cancellation. Blocks its thread in `poll` and nowhere else.
struct HelperConversation: ~Copyable {
  enum Ending: Equatable {
    case diagnosis(Diagnosis)
    case cancelled
    case late
    /// It was gone before it had answered.
    case ended
    /// It said something that makes no sense.
    case unreadable
  }

  /// Reports of progress beyond this many end the talk: a check makes far fewer.
  private static let progressLimit = 500

  private let socket: Int32
  private let cancel: EventDescriptor
  private let deadline: ContinuousClock.Instant
  private let report: @Sendable (CheckProgress) -> Void
  /// What has been received and not been understood yet: at most one report and one read.
  private var received: [UInt8] = []
  private var progressSeen = 0

  fileprivate init(
    _ socket: Int32, limit: Duration, cancel: EventDescriptor,
    report: @escaping @Sendable (CheckProgress) -> Void
  ) {
    self.socket = socket
    self.cancel = cancel
    self.report = report
    deadline = .now + limit
  }

  /// Sends `request` and wipes it as soon as the kernel has taken all of it.
  mutating func run(sending request: consuming SecretBuffer) -> Ending {
    var sent = 0
    while true {
      let isSending = sent < request.count
      switch wait(sending: isSending) {
      case .cancelled: return .cancelled
      case .late: return .late
      case .ready: break
      }
      if isSending {
        guard let count = send(request, from: sent) else { return .ended }
        sent += count
        if sent == request.count {
          request.wipe()
          sent = 0
        }
      }
      if let ending = receive() { return ending }
    }
  }

  private enum Wait { case ready, cancelled, late }

  private func wait(sending: Bool) -> Wait {
    let events = Int16(POLLIN) | (sending ? Int16(POLLOUT) : 0)
    while true {
      let remaining = deadline - .now
      guard remaining > .zero else { return .late }
      var files = [
        pollfd(fd: socket, events: events, revents: 0),
        pollfd(fd: cancel.number, events: Int16(POLLIN), revents: 0),
      ]
      let count = unsafe poll(&files, 2, remaining.pollMilliseconds)
      if count == 0 || (count < 0 && linux_errno() == EINTR) { continue }
      if files[1].revents != 0 { return .cancelled }
      return .ready
    }
  }

  /// How many bytes the kernel took; nil when nobody is there to read them.
  private func send(_ request: borrowing SecretBuffer, from start: Int) -> Int? {
    let sent = request.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { raw in
        unsafe Glibc.send(
          socket, raw.baseAddress! + start, raw.count - start,
          Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
    }
    if sent >= 0 { return sent }
    return [EAGAIN, EINTR].contains(linux_errno()) ? 0 : nil
  }

  /// Takes what is there and reads the reports in it; nil when the talk goes on.
  private mutating func receive() -> Ending? {
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    let count = unsafe recv(socket, &chunk, chunk.count, Int32(MSG_DONTWAIT))
    guard count >= 0 else { return [EAGAIN, EINTR].contains(linux_errno()) ? nil : .ended }
    guard count > 0 else { return .ended }
    received += chunk[..<count]
    do throws(HelperReport.Unreadable) {
      while let next = try HelperReport.takeFirst(of: &received) {
        switch next {
        case .diagnosis(let diagnosis): return .diagnosis(diagnosis)
        case .progress(let progress):
          progressSeen += 1
          guard progressSeen <= Self.progressLimit else { return .unreadable }
          report(progress)
        }
      }
    } catch {
      return .unreadable
    }
    return nil
  }
}
