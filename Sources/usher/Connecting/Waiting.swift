internal import Basics
internal import Dispatch
internal import Synchronization

/// Runs work that waits for the network, and waits for it: commands have nothing else to do meanwhile.
/// - Parameter interruption: cancels the work's task when it comes.
func waiting<Result: Sendable, Failure: Error>(
  until interruption: Interruption? = nil,
  for work: @escaping @Sendable () async throws(Failure) -> Result
) throws(Failure) -> Result {
  let slot = Mutex<Swift.Result<Result, Failure>?>(nil)
  let finished = DispatchSemaphore(value: 0)
  Threads.silencePool()
  // Detached: a task that inherits the main actor would never run while this thread waits.
  let task = Task.detached {
    do throws(Failure) {
      let result = try await work()
      slot.withLock { $0 = .success(result) }
    } catch {
      slot.withLock { $0 = .failure(error) }
    }
    finished.signal()
  }
  let number = interruption?.listen { task.cancel() }
  finished.wait()
  if let number { interruption?.forget(number) }
  guard let result = slot.withLock({ $0 }) else { fatalError("the work has signalled") }
  return try result.get()
}
