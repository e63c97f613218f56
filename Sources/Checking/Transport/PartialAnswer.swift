internal import NIOCore
internal import Synchronization

/// An answer as far as it has come. Whatever ends it, its status and what was read of it are there for whoever waited.
final class PartialAnswer: Sendable {
  private struct State {
    var head: (status: Int, headers: [(name: String, value: String)])?
    var body = ByteBuffer()
  }

  private let state = Mutex(State())
  /// The most bytes of a body.
  private let room: Int

  init(room: Int) { self.room = room }

  func begin(_ status: Int, _ headers: [(name: String, value: String)]) {
    state.withLock { $0.head = (status, headers) }
  }

  /// Adds as much as there is room for; false when that is not all.
  func add(_ bytes: ByteBuffer) -> Bool {
    state.withLock { state in
      var bytes = bytes
      let free = room - state.body.readableBytes
      guard bytes.readableBytes > free else {
        state.body.writeBuffer(&bytes)
        return true
      }
      if var part = bytes.readSlice(length: free) { state.body.writeBuffer(&part) }
      return false
    }
  }

  /// What there is; nil before the status is known.
  /// - Parameter cut: why that is not all.
  func answer(cut: TransportFailure?) -> IncomingAnswer? {
    state.withLock { state in
      state.head.map { head in
        IncomingAnswer(status: head.status, headers: head.headers, body: state.body, cut: cut)
      }
    }
  }
}
