internal import Basics

/// One end of the talk between the program and the process that asks a cluster, in whole messages. Blocks its thread.
struct GatewayChannel: Sendable {
  private let socket: ProcessSocket

  init(_ socket: ProcessSocket) { self.socket = socket }

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
    var sent = 0
    while sent < bytes.byteCount {
      _ = socket.wait(for: .room, until: nil)
      guard let count = socket.send(bytes.extracting(sent..<bytes.byteCount)) else { return false }
      sent += count
    }
    return true
  }

  private func read(_ count: Int, by end: ContinuousClock.Instant?) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      guard socket.wait(for: .input, until: end) == .ready else { return nil }
      let start = filled
      let added = unsafe bytes.withUnsafeMutableBytes { room in
        unsafe socket.receive(into: UnsafeMutableRawBufferPointer(rebasing: room[start...]))
      }
      guard let added else { return nil }
      filled += added
    }
    return bytes
  }
}
