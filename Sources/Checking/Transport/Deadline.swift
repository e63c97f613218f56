/// A moment after which nothing is waited for any more.
///
/// The time limits of an HTTP library do not bound an answer that drips in byte by byte, and a name lookup cannot be
/// interrupted at all. So work is raced against the clock: whichever comes first decides, and the loser is cancelled
/// and left behind. That is safe here because the process ends with its check.
struct Deadline: Sendable {
  private let moment: ContinuousClock.Instant

  init(after limit: Duration) { moment = ContinuousClock.now + limit }

  var remaining: Duration { max(.zero, moment - .now) }

  /// The result of `work`, or the failure `late` when it is not there in time.
  func race<Value: Sendable>(
    or late: TransportFailure,
    _ work: @escaping @Sendable () async throws(TransportFailure) -> Value
  ) async throws(TransportFailure) -> Value {
    let (results, first) = AsyncStream.makeStream(
      of: Result<Value, TransportFailure>.self, bufferingPolicy: .bufferingOldest(1))
    let worker = Task.detached {
      do throws(TransportFailure) {
        first.yield(.success(try await work()))
      } catch {
        first.yield(.failure(error))
      }
    }
    let timer = Task.detached {
      try? await Task.sleep(until: moment, clock: .continuous)
      first.yield(.failure(late))
    }
    defer {
      worker.cancel()
      timer.cancel()
    }
    for await result in results { return try result.get() }
    throw late
  }
}
