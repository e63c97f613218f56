internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// `usher connect --from`: the wizard's way without a hand on the keys. The same rules, the same check, the same store;
/// what the wizard would show, it says as an error.
struct NonInteractiveConnect {
  let options: Connect
  let form: Form
  let connection: ConnectionName

  func perform(_ values: consuming SecretValues, presets: [Field.ID: String]) throws -> ExitCode {
    if options.dryRun {
      // Touches no store.
      try DryRun.print(
        draft(of: values, presets: presets).submission(), at: options.moment.moment,
        revealing: options.reveal)
      return .done
    }
    let session = try options.store.session()
    let draft = try draft(of: values, presets: presets, made: replacedValues(in: session))
    if !options.replace, try session.find(connection) != nil {
      let taken = try session.list(.provider(connection.provider)).map(\.name)
      throw CommandError.taken(connection, free: connection.free(besides: taken))
    }
    try session.prepareToSave()
    var diagnosis: Diagnosis?
    if !options.noCheck {
      let progress = ProgressReport(isSilent: options.json)
      let check = SynchronousCheck(checker: options.network.checker(), report: progress.tell)
      let found = check.run(draft.submission())
      guard found.exitCode == .done else {
        report(found, isStored: false)
        return found.exitCode
      }
      diagnosis = found
    }
    // As the wizard does: what nobody could ask about is stored as not checked.
    let answer = diagnosis?.isAccepted == true ? diagnosis : nil
    try session.save(
      ConnectionRecord(name: connection, submission: draft.submission(), diagnosis: answer),
      replacing: options.replace)
    report(diagnosis, isStored: true)
    return .done
  }

  /// The values as the wizard would hold them: mended, and everything that was changed is told. Whoever insists wants
  /// them as they are.
  /// - Parameter made: what was made up for the connection that is replaced.
  /// - Throws: every sentence that stands in the way.
  private func draft(
    of values: consuming SecretValues, presets: [Field.ID: String],
    made: [Field.ID: String] = [:]
  ) throws -> Draft {
    let given = values.keys
    var draft = Draft(form: form, resuming: values, chance: options.moment.moment.chance)
    for (id, text) in made where !given.contains(id) { draft.set(text, for: id) }
    for (id, text) in presets { draft.set(text, for: id) }
    if options.insist {
      for field in form.fields { draft.takeAsIs(field.id) }
    } else {
      for mended in draft.normalize(Set(given).union(presets.keys)) {
        for repair in mended.repairs { ErrorPrinter.note("\(mended.field): \(repair.sentence)") }
      }
    }
    if !options.insist { warn(of: draft) }
    if draft.firstBlocked() != nil { throw CommandError.invalidValues(obstacles(of: draft)) }
    return draft
  }

  /// What was made up for the connection that is replaced.
  private func replacedValues(
    in session: borrowing StoreSession
  ) throws -> [Field.ID: String] {
    guard options.replace, form.fields.contains(where: \.isGenerated) else {
      return [:]
    }
    guard try session.find(connection) != nil else { return [:] }
    return try session.read(connection).generatedValues(of: form)
  }

  /// What the wizard would say and let through.
  private func warn(of draft: borrowing Draft) {
    for field in form.fields where field.isPrompted {
      let state = draft.state(of: field.id)
      guard !state.isBlocked else { continue }
      for finding in state.findings where finding.severity == .warning {
        ErrorPrinter.warn("\(field.id): \(finding.sentence)")
      }
    }
  }

  /// Every sentence that stands in the way, with the field it is about.
  private func obstacles(of draft: borrowing Draft) -> [String] {
    var sentences: [String] = []
    for field in form.fields where field.isPrompted {
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
