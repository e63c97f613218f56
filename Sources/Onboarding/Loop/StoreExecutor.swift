internal import Dispatch

/// Runs what asks the store in the background, one piece after the other, on a thread of its own: the threads that tasks
/// share are as few as the processors, and one that waits for another process would keep a check from beginning.
final class StoreExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "store")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = unsafe asUnownedTaskExecutor()
    queue.async { unsafe job.runSynchronously(on: executor) }
  }
}
