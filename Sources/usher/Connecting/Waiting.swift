internal import Basics
internal import Dispatch
internal import Synchronization

/// Runs work that waits for the network, and waits for it: commands have nothing else to do meanwhile.
func waiting<Result: Sendable, Failure: Error>(
  for work: @escaping @Sendable () async throws(Failure) -> Result
) throws(Failure) -> Result {
  let slot = Mutex<Swift.Result<Result, Failure>?>(nil)
  let finished = DispatchSemaphore(value: 0)
  Threads.silencePool()
  // Detached: a task that inherits the main actor would never run while this thread waits.
  Task.detached {
    do throws(Failure) {
      let result = try await work()
      slot.withLock { $0 = .success(result) }
    } catch {
      slot.withLock { $0 = .failure(error) }
    }
    finished.signal()
  }
  finished.wait()
  guard let result = slot.withLock({ $0 }) else { fatalError("the work has signalled") }
  return try result.get()
}
