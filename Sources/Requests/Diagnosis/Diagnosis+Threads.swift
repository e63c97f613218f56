internal import Basics

extension Diagnosis {
  /// The check could not even begin: the account has no threads left (`Threads.areAvailable`).
  package static func withoutThreads() -> Diagnosis {
    var diagnosis = unreachable(.internalFailure, host: nil, detail: Threads.explanation.what)
    diagnosis.nextStep = "End some of its processes, or raise the limit (ulimit -u)."
    return diagnosis
  }
}
