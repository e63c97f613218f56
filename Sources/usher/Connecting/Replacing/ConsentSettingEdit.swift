internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// Another value for one setting of an account that a person has agreed to link. The consent and its tokens stay.
struct ConsentSettingEdit {
  let terms: UnattendedTerms
  let form: Form
  let connection: ConnectionName
  let field: Field.ID

  func perform(
    _ values: consuming SecretValues, in session: borrowing StoreSession
  ) throws -> ExitCode {
    let old = try terms.replaced(connection, form, in: session)
    let report = UnattendedReport(connection: connection, isJSON: terms.isJSON)
    var record = try changed(old, by: values)
    var diagnosis: Diagnosis?
    if !terms.skipsCheck {
      let found = ConsentCheck(network: terms.network).diagnosis(of: record, in: session)
      guard found.exitCode == .done else {
        report.refused(found)
        return found.exitCode
      }
      diagnosis = found
    }
    record.facts.diagnosis = diagnosis?.isAccepted == true ? diagnosis : nil
    record.facts.checked = record.facts.diagnosis == nil ? nil : .now()
    let settlement = terms.settle(&record, replacing: old)
    if let objection = settlement.objection {
      report.refused(objection)
      return objection.exitCode
    }
    record.facts.diagnosis = record.facts.diagnosis?.keepingAccount(of: Self.answer(old))
    let ends = record.facts.ends
    try save(record, in: session)
    let swap = Swap(of: connection, settlement.comparison, terms, in: session)
    report.stored(diagnosis, swap, ends)
    return swap?.exitCode ?? .done
  }

  /// What a link leaves besides what is typed stays.
  private func changed(
    _ old: borrowing ConnectionRecord?, by values: consuming SecretValues
  ) throws -> ConnectionRecord {
    let rules = UnattendedDraft(form: form, insists: terms.insists, replay: terms.replay)
    let submission = try rules.make(of: values, keeping: terms.kept(of: old, form)).submission()
    switch old {
    case nil: throw StoreError.notFound(connection)
    case .some(let old):
      var changed = old.values.duplicate()
      changed.remove(field)
      if let value = submission.values.duplicate(of: field) { changed.set(field, to: value) }
      return ConnectionRecord(facts: old.facts, provider: old.provider, values: changed)
    }
  }

  private static func answer(_ old: borrowing ConnectionRecord?) -> Diagnosis? {
    switch old {
    case .some(let old): old.facts.diagnosis
    case nil: nil
    }
  }

  /// Its tokens are as good as they were, and are sealed beside the new generation.
  private func save(
    _ record: consuming ConnectionRecord, in session: borrowing StoreSession
  ) throws {
    switch try session.tokens(of: record.facts.name) {
    case .some(let tokens): try session.save(record, token: tokens, replacing: true)
    case nil: try session.save(record, replacing: true)
    }
  }
}
