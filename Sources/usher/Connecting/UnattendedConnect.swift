internal import Basics
internal import Credentials
internal import Guides
internal import Store

/// `usher connect --from`: the wizard's way without a hand on the keys. The same rules, the same check, the same store;
/// what the wizard would show, it says as an error.
struct UnattendedConnect {
  let options: Connect
  let form: Form
  let connection: ConnectionName

  func perform(_ values: consuming SecretValues, presets: [Field.ID: String]) throws -> ExitCode {
    let draft = try draft(of: values, presets: presets)
    if draft.firstBlocked() != nil { throw CommandError.invalidValues(obstacles(of: draft)) }
    if options.dryRun {
      try DryRun.print(
        draft.submission(), at: options.moment.moment, revealing: options.reveal)
      return .done
    }
    let store = try options.store.openStore()
    if !options.replace, try store.list().contains(where: { $0.name == connection }) {
      throw StoreError.exists(connection)
    }
    var diagnosis: Diagnosis?
    if !options.noCheck {
      let progress = ProgressReport(isSilent: options.json)
      let check = BlockingCheck(checker: options.network.checker(), report: progress.tell)
      let found = check.run(draft.submission())
      guard found.exitCode == .done else {
        report(found, isStored: false)
        return found.exitCode
      }
      diagnosis = found
    }
    // As the wizard does: what nobody could ask about is stored as not checked.
    let answer = diagnosis?.isAccepted == true ? diagnosis : nil
    try store.save(
      ConnectionRecord(name: connection, submission: draft.submission(), diagnosis: answer),
      replacing: options.replace)
    report(diagnosis, isStored: true)
    return .done
  }

  /// The values as the wizard would hold them: mended, and everything that was changed is told. Whoever insists wants
  /// them as they are.
  private func draft(
    of values: consuming SecretValues, presets: [Field.ID: String]
  ) throws -> Draft {
    let given = values.fields
    var draft = Draft(form: form, resuming: values, chance: options.moment.moment.chance)
    for (id, text) in try replacedValues() where !given.contains(id) { draft.set(text, for: id) }
    for (id, text) in presets { draft.set(text, for: id) }
    if options.insist {
      for field in form.fields { draft.insist(on: field.id) }
    } else {
      for mended in draft.mend(Set(given).union(presets.keys)) {
        for repair in mended.repairs { ErrorPrinter.note("\(mended.field): \(repair.sentence)") }
      }
    }
    return draft
  }

  /// What was made up for the connection that is replaced. A dry run touches no store.
  private func replacedValues() throws -> [Field.ID: String] {
    guard options.replace, !options.dryRun, form.fields.contains(where: \.isGenerated) else {
      return [:]
    }
    let store = try options.store.openStore()
    guard try store.list().contains(where: { $0.name == connection }) else { return [:] }
    return try store.open(connection).generatedValues(of: form)
  }

  /// Every sentence that stands in the way, with the field it is about.
  private func obstacles(of draft: borrowing Draft) -> [String] {
    var sentences: [String] = []
    for field in form.fields where field.isAsked {
      let state = draft.state(of: field.id)
      guard state.isBlocked, let worst = state.findings.first else { continue }
      let way = worst.severity == .overridable ? " (--insist uses it anyway)" : ""
      sentences.append("\(field.id): \(worst.sentence)\(way)")
    }
    return sentences
  }

  private func report(_ diagnosis: Diagnosis?, isStored: Bool) {
    if options.json {
      var report = diagnosis.map(FactsReport.json) ?? Value.Map()
      report["name"] = .string(connection.description)
      report["stored"] = .bool(isStored)
      Console.json(.map(report))
      return
    }
    if let diagnosis {
      let text = DiagnosisReport.text(diagnosis)
      if isStored {
        Console.line(text)
      } else {
        Console.error("usher: \(text) Nothing was stored.")
      }
    }
    if isStored {
      Console.line(
        diagnosis?.isAccepted == true
          ? "Linked \(connection)." : "Linked \(connection) (stored, not checked).")
    }
  }
}
