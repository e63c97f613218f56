internal import Basics
internal import Connections
internal import Requests

extension ConnectionRecord {
  /// The record with what a check has found out; nil where nothing was asked.
  consuming func noting(_ diagnosis: Diagnosis) -> ConnectionRecord? {
    if diagnosis.kind == .uncheckable || diagnosis.kind == .cancelled { return nil }
    var record = self
    if diagnosis.exitCode == .done || diagnosis.exitCode == .refused {
      record.facts.diagnosis = diagnosis
      record.facts.checked = .now()
      record.facts.attempt = nil
    } else {
      // Nothing was learned about the credentials: the last answer stays.
      record.facts.attempt = CheckAttempt(time: .now(), kind: diagnosis.kind)
    }
    return record
  }
}
