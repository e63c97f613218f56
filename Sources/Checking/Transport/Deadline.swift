internal import Basics

/// A moment after which nothing is waited for any more.
///
/// The time limits of an HTTP library do not bound an answer that drips in byte by byte, and a name lookup cannot be
/// interrupted at all. So work is raced against the clock, and against a signal where there is one: whichever comes first
/// decides, and the loser is cancelled and left behind. That is safe here because the process ends with its job.
struct Deadline: Sendable {
  /// Nil for none.
  private let moment: ContinuousClock.Instant?
  private let stop: StopSignal?

  /// - Parameters:
  ///   - limit: from now on; nil for no end.
  ///   - stop: ends the wait as well.
  init(after limit: Duration?, stop: StopSignal? = nil) {
    moment = limit.map { ContinuousClock.now + $0 }
    self.stop = stop
  }

  /// How long there still is; nil where there is no end.
  var left: Duration? { moment.map { max(.zero, $0 - .now) } }

  /// The result of `work`, or the failure `late` when it is not there in time.
  /// - Throws: `late`, `TransportFailure.stopped`, or what `work` throws.
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
    let timer = moment.map { moment in
      Task.detached {
        try? await Task.sleep(until: moment, clock: .continuous)
        first.yield(.failure(late))
      }
    }
    let listener = stop?.listen { first.yield(.failure(.stopped)) }
    defer {
      worker.cancel()
      timer?.cancel()
      if let listener { stop?.forget(listener) }
    }
    for await result in results { return try result.get() }
    throw late
  }
}
