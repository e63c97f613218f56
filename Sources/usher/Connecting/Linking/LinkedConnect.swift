internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// A link without hands for an account that takes a person's consent, new or in place of what there is. The address to open goes to standard output, one
/// line and nothing else; the answer comes back by standard input. With a refresh token nobody has to agree again.
struct LinkedConnect {
  let terms: UnattendedTerms
  let form: Form
  let connection: ConnectionName
  let way: LinkWay

  func perform(
    from path: String, presets: [Field.ID: String], in given: consuming StoreSession
  ) throws -> ExitCode {
    let session = given
    var input = LinkInput(path)
    var file = try input.file(for: form)
    let maker = LinkDraftMaker(
      options: terms.link,
      rules: UnattendedDraft(form: form, insists: terms.insists, replay: terms.replay)
    ) { try session.application($0) }
    let old = try terms.replaced(connection, form, in: session)
    let draft = try maker.draft(of: file, presets: presets, replacing: old)
    if terms.isDryRun { return try plan(draft, renews: file.hasRefreshToken) }
    try session.prepareToSave()
    let isAsked = way == .redirect && !file.hasRefreshToken && !draft.plan.usesDevice
    if isAsked { try input.requireAnswerByPipe() }
    let report = LinkReport(
      connection: connection, isJSON: terms.isJSON, keepsOutput: isAsked || draft.plan.usesDevice)
    let link = UnattendedLink(
      linker: SynchronousLinker(linker: terms.network.linker(), report: report.progress),
      insists: terms.insists)
    do {
      var linked = try link.account(
        draft, by: way, refreshToken: file.refreshToken.take(), installation: file.installation
      ) { address in
        Console.secret(address)
        Console.line()
        return try input.answer()
      }
      let summary = LinkReport.Summary(linked, application: draft.application)
      let comparison = try save(&linked, draft, replacing: old, in: session)
      let swap = Swap(of: connection, comparison, terms, in: session)
      report.stored(summary, swap)
      return swap?.exitCode ?? .done
    } catch let refused as LinkRefused {
      report.refused(refused.diagnosis)
      // What cannot be asked is no success where something was to be stored.
      let code = refused.diagnosis.exitCode
      return code == .done ? .failed : code
    }
  }

  /// - Returns: whether it is the account of what it takes the place of; nil where it takes nothing's.
  /// - Throws: `LinkRefused` where it is another one.
  private func save(
    _ linked: inout UnattendedLink.Linked, _ draft: borrowing LinkDraft,
    replacing old: borrowing ConnectionRecord?, in session: borrowing StoreSession
  ) throws -> AccountComparison? {
    var record = ConnectionRecord(
      name: connection, submission: linked.submission.duplicate(), account: linked.account,
      application: draft.application)
    let settlement = terms.settle(&record, replacing: old)
    if let objection = settlement.objection { throw LinkRefused(diagnosis: objection) }
    if draft.isNewApplication, let name = draft.application,
      let application = Application(
        name: name, of: draft.submission, by: form, callback: draft.plan.callback, now: .now())
    {
      try session.saveApplication(application)
    }
    let isReplacing = terms.purpose != .link
    switch linked.account.token.take() {
    case .some(let token): try session.save(record, token: token, replacing: isReplacing)
    case nil: try session.save(record, replacing: isReplacing)
    }
    return settlement.comparison
  }

  private func plan(_ draft: borrowing LinkDraft, renews: Bool) throws -> ExitCode {
    do throws(RequestError) {
      let planned = try draft.flow().plan(renews: renews, at: terms.replay)
      Console.secret(try planned.json(revealing: terms.reveals))
      Console.line()
    } catch {
      throw CommandError.failed(error.explanation(for: form.provider))
    }
    return .done
  }
}

extension LinkFile {
  /// Whether somebody has a refresh token already.
  fileprivate var hasRefreshToken: Bool { refreshToken.isThere }
}
