internal import Basics
internal import CLinux
internal import Glibc

/// One end of the talk between the program and the process that asks a cluster. Blocks its thread.
struct GatewayChannel: Sendable {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Writes a message whole; false when nobody reads it.
  func write(_ head: Value, _ body: RawSpan) -> Bool {
    let front = GatewayMessage.front(of: head, bodyLength: body.byteCount)
    return unsafe write(front.span.bytes) && write(body)
  }

  /// The next message; nil at the end, for what is none, and when it takes longer.
  /// - Parameter limit: for all of it; nil for none.
  func read(within limit: Duration?) -> GatewayMessage? {
    let end = limit.map { ContinuousClock.now + $0 }
    guard let header = read(GatewayMessage.headerSize, by: end),
      let lengths = GatewayMessage.lengths(header),
      let text = read(lengths.head, by: end),
      let head = try? unsafe Value(json: text.span.bytes),
      let body = read(lengths.body, by: end)
    else { return nil }
    return GatewayMessage(head, body)
  }

  private func write(_ bytes: RawSpan) -> Bool {
    unsafe bytes.withUnsafeBytes { raw in
      var sent = 0
      while sent < raw.count {
        let count = unsafe send(
          descriptor, raw.baseAddress! + sent, raw.count - sent, Int32(MSG_NOSIGNAL))
        if count < 0, linux_errno() == EINTR { continue }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }
  }

  private func read(_ count: Int, by end: ContinuousClock.Instant?) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      guard isReadable(by: end) else { return nil }
      let start = filled
      let added = unsafe bytes.withUnsafeMutableBytes { room in
        unsafe recv(descriptor, room.baseAddress! + start, count - start, 0)
      }
      if added < 0, linux_errno() == EINTR { continue }
      guard added > 0 else { return nil }
      filled += added
    }
    return bytes
  }

  private func isReadable(by end: ContinuousClock.Instant?) -> Bool {
    while true {
      let left = end.map { max(.zero, $0 - .now) }
      var file = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = unsafe poll(&file, 1, left?.pollMilliseconds ?? -1)
      if count < 0, linux_errno() == EINTR { continue }
      return count > 0
    }
  }
}
