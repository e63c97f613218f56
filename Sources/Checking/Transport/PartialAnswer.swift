internal import NIOCore
internal import Requests
internal import Synchronization

/// An answer as far as it has come. Whatever ends it, its status and what was read of it are there for whoever waited.
final class PartialAnswer: Sendable {
  /// Where a body goes.
  enum Destination: Sendable {
    /// Into memory.
    /// - Parameter room: the most bytes of it that are kept.
    case kept(room: Int)
    /// Out of this process, piece by piece, without a limit.
    case written(OutputFile)
  }

  /// Says where a body goes, when status and headers have come and before the body is read. Called on the connection's
  /// event loop.
  typealias Choice = @Sendable (AnswerHead) -> Destination

  private struct State {
    var head: AnswerHead?
    var destination = Destination.kept(room: 0)
    var body = ByteBuffer()
  }

  private let state = Mutex(State())
  private let choice: Choice

  init(_ choice: @escaping Choice) { self.choice = choice }

  /// - Returns: whether the body is kept.
  func begin(_ head: AnswerHead) -> Bool {
    let destination = choice(head)
    state.withLock { $0.head = head }
    state.withLock { $0.destination = destination }
    if case .kept = destination { return true }
    return false
  }

  /// Keeps or writes a piece of the body. The latter waits for whoever reads it, and the network with it.
  /// - Throws: `AnswerTooLong` where there is no room for all of it, `OutputFile.Ending` where it cannot be written.
  func add(_ bytes: ByteBuffer) throws {
    switch state.withLock({ $0.destination }) {
    case .written(let output): try output.write(bytes)
    case .kept(let room):
      guard keep(bytes, room) else { throw AnswerTooLong(limit: room) }
    }
  }

  /// Keeps as much as there is room for; false when that is not all.
  private func keep(_ bytes: ByteBuffer, _ room: Int) -> Bool {
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
        var answer = IncomingAnswer(
          status: head.status, headers: head.headers, body: state.body, cut: cut)
        if case .written = state.destination { answer.isWritten = true }
        return answer
      }
    }
  }
}

/// A body beyond its limit.
struct AnswerTooLong: Error {
  /// In bytes.
  let limit: Int
}
