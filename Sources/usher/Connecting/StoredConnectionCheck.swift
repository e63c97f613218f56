internal import Basics
internal import Connections
internal import Requests
internal import Store

/// The live check of a stored connection, and what it found written beside its values.
///
/// The answer is what was asked for: that it cannot be written down is told beside it, never in its place.
struct StoredConnectionCheck {
  let network: NetworkOptions
  /// Whether it is said, on standard error, who is asked.
  let tellsProgress: Bool

  /// - Returns: the answer, and why it could not be written down.
  func perform(
    _ name: ConnectionName, in session: borrowing StoreSession
  ) throws -> (diagnosis: Diagnosis, notNoted: StoreError?) {
    var record = try session.read(name)
    let progress = ProgressReport(isSilent: !tellsProgress)
    let diagnosis = SynchronousCheck(checker: network.checker(), report: progress.tell).run(
      record.submission())
    if diagnosis.kind == .uncheckable || diagnosis.kind == .cancelled { return (diagnosis, nil) }
    if diagnosis.exitCode == .done || diagnosis.exitCode == .refused {
      record.facts.diagnosis = diagnosis
      record.facts.checked = .now()
      record.facts.attempt = nil
    } else {
      // Nothing was learned about the credentials: the last answer stays.
      record.facts.attempt = CheckAttempt(time: .now(), kind: diagnosis.kind)
    }
    do {
      try session.save(record, replacing: true)
      return (diagnosis, nil)
    } catch {
      return (diagnosis, error)
    }
  }
}
