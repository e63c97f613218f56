internal import Synchronization

/// Says to all that waits that it need not wait any more. Given once, from any thread.
package final class StopSignal: Sendable {
  private struct State {
    var isSet = false
    var listeners: [Int: @Sendable () -> Void] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  /// Not given yet.
  package init() {}

  /// Whether it has been given.
  package var isSet: Bool { state.withLock { $0.isSet } }

  /// Gives it. Those that listen are called on this thread.
  package func set() {
    let listeners = state.withLock { state in
      state.isSet = true
      defer { state.listeners = [:] }
      return state.listeners.values
    }
    for listener in listeners { listener() }
  }

  /// Calls `listener` when it is given, or at once where it has been.
  /// - Returns: what `forget` takes.
  package func listen(_ listener: @escaping @Sendable () -> Void) -> Int {
    let number = state.withLock { state -> Int? in
      if state.isSet { return nil }
      state.next += 1
      state.listeners[state.next] = listener
      return state.next
    }
    if number == nil { listener() }
    return number ?? 0
  }

  /// Calls it no more.
  package func forget(_ number: Int) { state.withLock { $0.listeners[number] = nil } }
}
