import Dispatch
import Synchronization

/// A number that another thread works out.
final class ThreadResult: Sendable {
  private let result = Mutex(0)
  private let done = DispatchSemaphore(value: 0)

  init(_ work: @escaping @Sendable () -> Int) {
    DispatchQueue.global().async { [self] in
      let value = work()
      result.withLock { $0 = value }
      done.signal()
    }
  }

  func wait() -> Int {
    done.wait()
    return result.withLock { $0 }
  }
}
