internal import Basics
internal import CLinux
internal import Glibc

/// An end of the socket between the program and one of its processes: written to without SIGPIPE, and waited for in `wait`
/// alone. Whoever opened it closes it.
struct ProcessSocket: Sendable {
  /// What is waited for. The end of the other side always is.
  struct Events: OptionSet {
    let rawValue: Int32
    /// Something to read.
    static let input = Events(rawValue: POLLIN)
    /// Room to write to.
    static let room = Events(rawValue: POLLOUT)
  }

  /// What a wait comes to.
  enum Wait { case ready, cancelled, late }

  private let number: Int32

  init(_ number: Int32) { self.number = number }

  /// Hands over as much as the system takes at once.
  /// - Returns: how many bytes, of which there may be none; nil when nobody is there to read them.
  func send(_ bytes: RawSpan) -> Int? {
    let count = unsafe bytes.withUnsafeBytes { bytes in
      unsafe Glibc.send(
        number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
    return count < 0 ? countAfterFailure : count
  }

  /// Takes what is there, as far as there is room for it.
  /// - Returns: how many bytes, of which there may be none; nil at the end.
  func receive(into room: UnsafeMutableRawBufferPointer) -> Int? {
    let count = unsafe recv(number, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
    if count == 0 { return nil }
    return count < 0 ? countAfterFailure : count
  }

  private var countAfterFailure: Int? { [EAGAIN, EINTR].contains(linux_errno()) ? 0 : nil }

  /// Blocks the thread.
  /// - Parameters:
  ///   - end: from when on it is late, whatever there is; nil for never.
  ///   - cancel: becomes readable when nobody wants to wait any more.
  func wait(
    for events: Events, until end: ContinuousClock.Instant?, unless cancel: EventDescriptor? = nil
  ) -> Wait {
    while true {
      let remaining = end.map { $0 - .now }
      if let remaining, remaining <= .zero { return .late }
      // A negative number is passed over.
      var files = [
        pollfd(fd: number, events: Int16(events.rawValue), revents: 0),
        pollfd(fd: cancel?.number ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      let count = unsafe poll(&files, 2, remaining?.pollMilliseconds ?? -1)
      if count == 0 || (count < 0 && linux_errno() == EINTR) { continue }
      return files[1].revents != 0 ? .cancelled : .ready
    }
  }

  /// Whether the other side is there and has said nothing that was not read.
  var isQuiet: Bool {
    var file = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&file, 1, 0) == 0
  }
}
