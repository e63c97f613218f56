internal import Basics
internal import Connections
internal import Requests
internal import Secrets

/// What a link without hands says: on standard error as long as a script reads the address on standard output.
struct LinkReport {
  let connection: ConnectionName
  let isJSON: Bool
  /// Whether standard output holds the address, or the code, and nothing else.
  let keepsOutput: Bool

  /// What came of it.
  struct Summary {
    let diagnosis: Diagnosis?
    let scopes: Scopes
    /// What was asked for and is not among them.
    let denied: Scopes
    /// What was given and not asked for.
    let added: Scopes
    let application: ApplicationName?

    init(_ linked: borrowing UnattendedLink.Linked, application: ApplicationName?) {
      diagnosis = linked.account.diagnosis
      scopes = linked.account.scopes
      denied = linked.scopes.subtracting(linked.account.scopes)
      added =
        linked.scopes.isEmpty ? Scopes() : linked.account.scopes.subtracting(linked.scopes)
      self.application = application
    }
  }

  /// What happens meanwhile: who is asked, and the code that is to be typed on another device.
  var progress: @Sendable (consuming LinkProgress) -> Void {
    let asking = ProgressReport(isSilent: isJSON)
    return { progress in
      switch consume progress {
      case .asking(let progress): asking.report(progress)
      case .code(let code):
        Console.piece(code.address + " ")
        Console.secret(code.userCode)
        Console.line()
      }
    }
  }

  /// - Parameter swap: nil where it took nothing's place.
  func stored(_ summary: Summary, _ swap: Swap?) {
    swap?.warn()
    if isJSON {
      var report = summary.diagnosis.map(FactsReport.json) ?? Value.Map()
      report["name"] = .string(connection.description)
      report["stored"] = .bool(true)
      report["scopes"] = .list(summary.scopes.names.map(Value.string))
      report["scopes_denied"] = .list(summary.denied.names.map(Value.string))
      report["scopes_added"] = .list(summary.added.names.map(Value.string))
      report["application"] = .optional(summary.application?.description)
      swap?.write(to: &report)
      Console.json(.map(report))
      return
    }
    if let diagnosis = summary.diagnosis { say(DiagnosisReport.text(diagnosis)) }
    if !summary.denied.isEmpty {
      say("Asked for and not granted: \(summary.denied.joined(by: ", ")).")
    }
    if !summary.added.isEmpty {
      say("Granted without being asked for: \(summary.added.joined(by: ", ")).")
    }
    for line in swap?.lines() ?? ["Linked \(connection)."] { say(line) }
  }

  func refused(_ diagnosis: Diagnosis) {
    if isJSON {
      var report = FactsReport.json(diagnosis)
      report["name"] = .string(connection.description)
      report["stored"] = .bool(false)
      Console.json(.map(report))
      return
    }
    Console.error("usher: \(DiagnosisReport.text(diagnosis)) Nothing was stored.")
  }

  private func say(_ text: String) {
    if keepsOutput { Console.error(text) } else { Console.line(text) }
  }
}
