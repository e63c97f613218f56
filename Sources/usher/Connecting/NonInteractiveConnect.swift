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
    let rules = UnattendedDraft(
      form: form, insists: options.insist, replay: options.replay.replay)
    if options.dryRun {
      // Touches no store.
      try DryRun.print(
        rules.make(of: values, presets: presets).submission(), at: options.replay.replay,
        revealing: options.reveal)
      return .done
    }
    let session = try options.store.session()
    let made = options.replace ? try session.generatedValues(of: connection, in: form) : [:]
    let draft = try rules.make(of: values, presets: presets, made: made)
    if !options.replace, try session.hasRow(of: connection) {
      let taken = try session.list(.provider(connection.provider)).map(\.name)
      throw CommandError.taken(connection, free: connection.free(besides: taken))
    }
    try session.prepareToSave()
    var diagnosis: Diagnosis?
    if !options.noCheck {
      let progress = ProgressReport(isSilent: options.json)
      let check = SynchronousCheck(checker: options.network.checker(), report: progress.report)
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

extension StoreSession {
  /// What was made up for a connection that is to be replaced; nothing where there is none.
  func generatedValues(of connection: ConnectionName, in form: Form) throws -> [Field.ID: String] {
    guard form.fields.contains(where: \.isGenerated), try hasRow(of: connection) else {
      return [:]
    }
    return try read(connection).generatedValues(of: form)
  }
}
