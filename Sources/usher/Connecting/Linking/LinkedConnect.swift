internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// `usher connect --from` for an account that takes a person's consent. The address to open goes to standard output, one
/// line and nothing else; the answer comes back by standard input. With a refresh token nobody has to agree again.
struct LinkedConnect {
  let options: Connect
  let form: Form
  let connection: ConnectionName
  let way: LinkWay

  func perform(from path: String, presets: [Field.ID: String]) throws -> ExitCode {
    var input = LinkInput(path)
    var file = try input.file(for: form)
    let session = try options.store.session()
    let maker = LinkDraftMaker(
      options: options.link,
      rules: UnattendedDraft(
        form: form, insists: options.insist, replay: options.replay.replay)
    ) { try session.application($0) }
    if options.dryRun {
      let old = options.replace ? try replaced(in: session) : nil
      let draft = try maker.draft(of: file, presets: presets, replacing: old)
      return try plan(draft, renews: file.hasRefreshToken)
    }
    let old = try replaced(in: session)
    let draft = try maker.draft(of: file, presets: presets, replacing: old)
    try session.prepareToSave()
    let isAsked = way == .redirect && !file.hasRefreshToken && !draft.plan.usesDevice
    if isAsked { try input.requireAnswerByPipe() }
    let report = LinkReport(
      connection: connection, isJSON: options.json, keepsOutput: isAsked || draft.plan.usesDevice)
    let link = UnattendedLink(
      linker: SynchronousLinker(linker: options.network.linker(), report: report.progress),
      insists: options.insist)
    do {
      var linked = try link.account(
        draft, by: way, refreshToken: file.refreshToken.take(), installation: file.installation
      ) { address in
        Console.secret(address)
        Console.line()
        return try input.answer()
      }
      let summary = LinkReport.Summary(linked, application: draft.application)
      try save(&linked, draft, in: session)
      report.stored(summary)
      return .done
    } catch let refused as LinkRefused {
      report.refused(refused.diagnosis)
      // What cannot be asked is no success where something was to be stored.
      let code = refused.diagnosis.exitCode
      return code == .done ? .failed : code
    }
  }

  /// - Throws: where the name is taken and not to be replaced.
  private func replaced(in session: borrowing StoreSession) throws -> ConnectionRecord? {
    guard try session.hasRow(of: connection) else { return nil }
    guard options.replace else {
      let taken = try session.list(.provider(connection.provider)).map(\.name)
      throw CommandError.taken(connection, free: connection.free(besides: taken))
    }
    return try session.read(connection)
  }

  private func save(
    _ linked: inout UnattendedLink.Linked, _ draft: borrowing LinkDraft,
    in session: borrowing StoreSession
  ) throws {
    if draft.isNewApplication, let name = draft.application,
      let application = Application(
        name: name, of: draft.submission, by: form, callback: draft.plan.callback, now: .now())
    {
      try session.saveApplication(application)
    }
    let record = ConnectionRecord(
      name: connection, submission: linked.submission.duplicate(), account: linked.account,
      application: draft.application)
    switch linked.account.token.take() {
    case .some(let token): try session.save(record, token: token, replacing: options.replace)
    case nil: try session.save(record, replacing: options.replace)
    }
  }

  private func plan(_ draft: borrowing LinkDraft, renews: Bool) throws -> ExitCode {
    do throws(RequestError) {
      let planned = try draft.flow().plan(renews: renews, at: options.replay.replay)
      Console.secret(try planned.json(revealing: options.reveal))
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
