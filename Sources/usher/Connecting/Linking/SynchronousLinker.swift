internal import Basics
internal import Requests

/// A linker for commands that have nothing else to do meanwhile.
struct SynchronousLinker {
  let linker: any Linker
  /// Told what happens meanwhile.
  var report: @Sendable (consuming LinkProgress) -> Void = { _ in }

  func perform(_ job: consuming LinkJob) -> LinkResult {
    guard Threads.areAvailable else { return .refused(LinkRefusal(.withoutThreads())) }
    let box = SendOnceBox(job)
    let (linker, report) = (linker, report)
    let result = waiting { () async -> SendOnceBox<LinkResult> in
      guard let job = box.take() else { return SendOnceBox(.refused(.internalFailure)) }
      return SendOnceBox(await linker.perform(job, report: report))
    }
    return result.take() ?? .refused(.internalFailure)
  }
}

extension LinkRefusal {
  /// What nobody meant to happen.
  static var internalFailure: LinkRefusal {
    LinkRefusal(.unreachable(.internalFailure, host: nil))
  }
}
