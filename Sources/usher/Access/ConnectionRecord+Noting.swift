internal import Basics
internal import Connections
internal import Requests

extension ConnectionRecord {
  /// The record with what a check has found out; nil where nothing was asked.
  consuming func noting(_ diagnosis: Diagnosis) -> ConnectionRecord? {
    if diagnosis.kind == .uncheckable || diagnosis.kind == .cancelled { return nil }
    var record = self
    if diagnosis.exitCode == .done || diagnosis.exitCode == .refused {
      if let event = record.facts.turn(to: diagnosis) { record.facts.history.append(event) }
      record.facts.diagnosis = diagnosis.keepingAccount(of: record.facts.diagnosis)
      record.facts.checked = .now()
      record.facts.attempt = nil
    } else {
      // Nothing was learned about the credentials: the last answer stays.
      record.facts.attempt = CheckAttempt(time: .now(), kind: diagnosis.kind)
    }
    return record
  }
}

extension ConnectionFacts {
  /// What is worth a note about an answer: that the provider takes what it has refused, or refuses what it had not.
  fileprivate func turn(to found: Diagnosis) -> ConnectionEvent? {
    let wasRefused = diagnosis?.exitCode == .refused
    let isRefused = found.exitCode == .refused
    guard wasRefused != isRefused else { return nil }
    return ConnectionEvent(isRefused ? .refused : .accepted)
  }
}

extension Diagnosis {
  /// The same with the account that an earlier answer told, where this one tells none: a key that is refused does not say
  /// any more whose it was, and what takes its place has to be of the same.
  func keepingAccount(of earlier: Diagnosis?) -> Diagnosis {
    guard account == nil, organization == nil else { return self }
    var diagnosis = self
    diagnosis.account = earlier?.account
    diagnosis.organization = earlier?.organization
    return diagnosis
  }
}
