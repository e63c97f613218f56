internal import NIOCore
internal import Synchronization

/// What a server saw, for the test to ask.
final class LoopbackLog: Sendable {
  private struct State {
    var requests: [LoopbackRequest] = []
    var channels: [any Channel] = []
    var waiting: [(count: Int, continuation: CheckedContinuation<[LoopbackRequest], Never>)] = []
  }

  private let state = Mutex(State())

  var requests: [LoopbackRequest] { state.withLock { $0.requests } }
  var channels: [any Channel] { state.withLock { $0.channels } }
  var connections: Int { state.withLock { $0.channels.count } }

  func opened(_ channel: any Channel) { state.withLock { $0.channels.append(channel) } }

  func add(_ request: LoopbackRequest) {
    state.withLock { state in
      state.requests.append(request)
      let (ready, still) = (
        state.waiting.filter { $0.count <= state.requests.count },
        state.waiting.filter { $0.count > state.requests.count }
      )
      state.waiting = still
      for wait in ready { wait.continuation.resume(returning: state.requests) }
    }
  }

  func requests(atLeast count: Int) async -> [LoopbackRequest] {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        if state.requests.count >= count {
          continuation.resume(returning: state.requests)
        } else {
          state.waiting.append((count, continuation))
        }
      }
    }
  }
}
