internal import Synchronization

/// Holds a server back until a test lets it go on.
package final class LoopbackGate: Sendable {
  private struct State {
    /// Openings that nobody has used yet.
    var openings = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  package init() {}

  /// Lets one through, the next that comes if nobody waits.
  package func open() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if state.waiting.isEmpty {
        state.openings += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }

  /// Returns when it is this one's turn.
  func passage() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if state.openings > 0 {
          state.openings -= 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if isOpen { continuation.resume() }
    }
  }
}
