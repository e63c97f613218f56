internal import Requests
internal import Synchronization

/// Who a check is about to ask, as lines on standard error: `usher: asking gitlab.example at 10.0.0.5`. Standard
/// output is left to what scripts read.
final class ProgressReport: Sendable {
  private let isSilent: Bool
  /// What was said last: further requests to the same place say nothing new.
  private let last = Mutex("")

  init(isSilent: Bool) { self.isSilent = isSilent }

  @Sendable func report(_ progress: CheckProgress) {
    guard !isSilent, progress.address != nil || progress.proxy != nil else { return }
    let isNew = last.withLock { last in
      defer { last = progress.place }
      return last != progress.place
    }
    if isNew { Console.error("usher: asking \(progress.place)") }
  }
}
