internal import Basics
internal import Connections
internal import Dispatch
internal import Drafts

/// Keeps drafts in the background, one after the other: the store may be somebody else's for some seconds, and nobody
/// should have to wait with typing for something that is best effort.
struct DraftKeeper {
  /// How long the end of a session waits for what is being kept, in seconds.
  private static let patience = 1.0

  /// The task that keeps the newest one.
  private(set) var last: Task<Void, Never>?
  private let finished = DispatchSemaphore(value: 0)
  private var unfinished = 0

  mutating func keep(
    _ draft: consuming Submission, for name: ConnectionName, in surroundings: Dependencies
  ) {
    guard Threads.areAvailable else {
      try? surroundings.store().keep(draft, for: name)
      return
    }
    let handover = SendOnceBox(draft)
    let (before, finished) = (last, finished)
    unfinished += 1
    last = Task.detached {
      await before?.value
      if let draft = handover.take() { try? surroundings.store().keep(draft, for: name) }
      finished.signal()
    }
  }

  /// Waits until all of them are kept; not for long where another process has the store.
  mutating func finish() {
    let end = DispatchTime.now() + DraftKeeper.patience
    while unfinished > 0, finished.wait(timeout: end) == .success { unfinished -= 1 }
  }
}
