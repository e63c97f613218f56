internal import Basics
internal import Connections
internal import Requests
internal import Store

/// The live check of a stored connection, and what it found written beside its values.
struct StoredConnectionCheck {
  let network: NetworkOptions
  /// Whether it is said, on standard error, who is asked.
  let tellsProgress: Bool

  func perform(
    _ name: ConnectionName, in session: borrowing StoreSession
  ) throws -> Diagnosis {
    var record = try session.read(name)
    let progress = ProgressReport(isSilent: !tellsProgress)
    let diagnosis = SynchronousCheck(checker: network.checker(), report: progress.tell).run(
      record.submission())
    // Nothing was learned about the credentials: the last answer stays.
    guard diagnosis.kind != .uncheckable,
      diagnosis.exitCode == .done || diagnosis.exitCode == .refused
    else { return diagnosis }
    record.facts.diagnosis = diagnosis
    record.facts.checked = .now()
    try session.save(record, replacing: true)
    return diagnosis
  }
}
