internal import Basics
internal import Connections
internal import Dispatch
internal import Drafts
internal import Synchronization

/// Keeps drafts in the background: a disk takes its time, the store may be somebody else's for some seconds, and nobody
/// should have to wait with typing. Of two that wait the newer one alone is kept.
struct DraftKeeper {
  /// How long the end of a session waits for what is being kept, in seconds.
  private static let patience = 1.0

  private struct Draft {
    let values: SendOnceBox<Submission>
    let name: ConnectionName
  }

  private struct State {
    /// What waits to be kept.
    var next: Draft?
    /// Whether the last one could not be kept.
    var hasFailed = false
  }

  /// Shared with the tasks.
  private final class Shared: Sendable {
    let state = Mutex(State())
    let finished = DispatchSemaphore(value: 0)
  }

  private let dependencies: Dependencies
  private let mailbox: Mailbox
  private let executor: StoreExecutor
  private let shared = Shared()
  private var task: Task<Void, Never>?
  private var unfinished = 0

  init(_ dependencies: Dependencies, mailbox: Mailbox, on executor: StoreExecutor) {
    self.dependencies = dependencies
    self.mailbox = mailbox
    self.executor = executor
  }

  /// Seals a draft soon. The mailbox is told when that is not possible, and when it is possible again.
  mutating func save(_ draft: consuming Submission, for name: ConnectionName) {
    let next = Draft(values: SendOnceBox(draft), name: name)
    let isWaiting = shared.state.withLock { state in
      defer { state.next = next }
      return state.next != nil
    }
    if isWaiting { return }
    let (shared, dependencies, mailbox) = (shared, dependencies, mailbox)
    guard Threads.areAvailable else { return Self.saveNext(shared, dependencies, mailbox) }
    unfinished += 1
    task = Task.detached(executorPreference: executor) {
      Self.saveNext(shared, dependencies, mailbox)
      shared.finished.signal()
    }
  }

  private static func saveNext(
    _ shared: Shared, _ dependencies: Dependencies, _ mailbox: Mailbox
  ) {
    let next = shared.state.withLock { $0.next.take() }
    guard let next, let draft = next.values.take() else { return }
    var failure: StoreError?
    do throws(StoreError) {
      try dependencies.store().saveDraft(draft, for: next.name)
    } catch {
      // What is given up for a save is not wanted any more.
      if Task.isCancelled { return }
      failure = error
    }
    let isNews = shared.state.withLock { state in
      defer { state.hasFailed = failure != nil }
      return state.hasFailed || failure != nil
    }
    if isNews { mailbox.post(.draftSaved(failure)) }
  }

  /// What waits is not kept any more, and what is being kept is given up where it waits for somebody. What is asked of the
  /// executor from now on comes after it.
  mutating func giveUp() {
    shared.state.withLock { $0.next = nil }
    task?.cancel()
  }

  /// Waits until all of them are kept; not for long where another process has the store.
  /// - Returns: whether nothing is left.
  @discardableResult
  mutating func finish() -> Bool {
    let end = DispatchTime.now() + DraftKeeper.patience
    while unfinished > 0, shared.finished.wait(timeout: end) == .success { unfinished -= 1 }
    return unfinished == 0 && shared.state.withLock { !$0.hasFailed }
  }
}
