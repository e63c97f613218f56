internal import Basics
internal import Dispatch
internal import Synchronization

/// Runs work that waits for the network, and waits for it: commands have nothing else to do meanwhile.
/// - Parameter interruption: cancels the work's task when it comes.
func waiting<Outcome: ~Copyable & Sendable, Failure: Error>(
  until interruption: Interruption? = nil,
  for work: @escaping @Sendable () async throws(Failure) -> Outcome
) throws(Failure) -> Outcome {
  let slot = Mutex<Result<SendOnceBox<Outcome>, Failure>?>(nil)
  let finished = DispatchSemaphore(value: 0)
  Threads.silencePool()
  // Detached: a task that inherits the main actor would never run while this thread waits.
  let task = Task.detached {
    do throws(Failure) {
      let box = SendOnceBox(try await work())
      slot.withLock { $0 = .success(box) }
    } catch {
      slot.withLock { $0 = .failure(error) }
    }
    finished.signal()
  }
  let number = interruption?.listen { task.cancel() }
  finished.wait()
  if let number { interruption?.forget(number) }
  guard let outcome = try slot.withLock({ $0 })?.get().take() else {
    fatalError("the work has signalled")
  }
  return outcome
}

/// The same of work that takes over what cannot be copied.
func waiting<Job: ~Copyable & Sendable, Outcome: ~Copyable & Sendable>(
  with job: consuming Job, until interruption: Interruption? = nil,
  for work: @escaping @Sendable (consuming Job) async -> Outcome
) -> Outcome {
  let box = SendOnceBox(job)
  return waiting(until: interruption) { () async -> Outcome in
    guard let job = box.take() else { fatalError("the work is done once") }
    return await work(job)
  }
}
