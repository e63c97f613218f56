import Dispatch

/// Runs blocking code on a thread of its own. The loops wait as they do in the program, and the threads that tests and
/// detached tasks share are as few as the processors: a test that blocked one would keep the very task from running
/// that it waits for.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    DispatchQueue(label: "test").async { continuation.resume(returning: body()) }
  }
}
