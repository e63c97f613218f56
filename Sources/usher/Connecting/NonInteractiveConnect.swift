internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// Values from a file, for a new connection or in place of others: the wizard's way without a hand on the keys. The same
/// rules, the same check, the same store; what the wizard would show, it says as an error.
struct NonInteractiveConnect {
  let terms: UnattendedTerms
  let form: Form
  let connection: ConnectionName

  /// - Parameters:
  ///   - presets: what the command line says besides.
  ///   - session: untouched in a dry run of a connection that is new.
  func perform(
    _ values: consuming SecretValues, presets: [Field.ID: String],
    in session: borrowing StoreSession
  ) throws -> ExitCode {
    let rules = UnattendedDraft(form: form, insists: terms.insists, replay: terms.replay)
    let old = try terms.replaced(connection, form, in: session)
    let draft = try rules.make(of: values, presets: presets, keeping: terms.kept(of: old, form))
    if terms.isDryRun {
      try DryRun.print(draft.submission(), at: terms.replay, revealing: terms.reveals)
      return .done
    }
    let report = UnattendedReport(connection: connection, isJSON: terms.isJSON)
    try session.prepareToSave()
    var diagnosis: Diagnosis?
    if !terms.skipsCheck {
      let progress = ProgressReport(isSilent: terms.isJSON)
      let check = SynchronousCheck(checker: terms.network.checker(), report: progress.report)
      let found = check.run(draft.submission())
      guard found.exitCode == .done else {
        report.refused(found)
        return found.exitCode
      }
      diagnosis = found
    }
    // As the wizard does: what nobody could ask about is stored as not checked.
    let answer = diagnosis?.isAccepted == true ? diagnosis : nil
    var record = ConnectionRecord(
      name: connection, submission: draft.submission(), diagnosis: answer)
    let settlement = terms.settle(&record, replacing: old)
    if let objection = settlement.objection {
      report.refused(objection)
      return objection.exitCode
    }
    let ends = record.facts.ends
    try session.save(record, replacing: terms.purpose != .link)
    let swap = Swap(of: connection, settlement.comparison, terms, in: session)
    report.stored(diagnosis, swap, ends)
    return swap?.exitCode ?? .done
  }
}
