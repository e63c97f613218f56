internal import Basics
internal import Requests

/// A linker for commands that have nothing else to do meanwhile.
struct SynchronousLinker {
  let linker: any Linker
  /// Told what happens meanwhile.
  var report: @Sendable (consuming LinkProgress) -> Void = { _ in }

  func perform(_ job: consuming LinkJob) -> LinkResult {
    guard Threads.areAvailable else { return .refused(LinkRefusal(.withoutThreads())) }
    let (linker, report) = (linker, report)
    return waiting(with: job) { await linker.perform($0, report: report) }
  }
}
