internal import Glibc

/// Waits for another machine, and says so when that takes long.
final class EtcdWait {
  /// From when on it is told.
  private static let patience = Duration.seconds(1)
  /// In microseconds.
  private static let pauseTime: UInt32 = 100_000

  private let notice: StoreNotice.Receiver?
  private let occupation: String
  private let start = ContinuousClock.now
  private var isTold = false

  /// - Parameter occupation: what the other one is doing, the end of a sentence.
  init(_ notice: StoreNotice.Receiver?, _ occupation: String) {
    self.notice = notice
    self.occupation = occupation
  }

  /// Waits a little.
  /// - Returns: false when it has been waited long enough, or when the task that wants the store is cancelled.
  func pause(upTo limit: Duration) -> Bool {
    let waited = ContinuousClock.now - start
    guard !Task.isCancelled, waited < limit else { return false }
    if waited > Self.patience, !isTold {
      isTold = true
      notice?(.waiting("waiting for another machine, \(occupation)"))
    }
    usleep(Self.pauseTime)
    return true
  }
}
