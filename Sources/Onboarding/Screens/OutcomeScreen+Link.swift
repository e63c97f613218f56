internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests

/// What came of a link that needs a person's consent.
extension OutcomeScreen {
  /// As whom, with which rights, and for how long.
  func page(
    of facts: ConnectionFacts, _ summary: LinkSummary, _ visit: borrowing LinkSession
  ) -> Page {
    let name = visit.provider.displayName
    var page = header("Done", title: swapTitle(visit) ?? "\(name) is linked", visit)
    page.items = [.status(Notice(.done, "\(name) has given access, and it is stored."))]
    if !summary.missing.isEmpty {
      let count = Sentences.count(summary.missing.names.count, "right")
      page.items.append(
        .status(
          Notice(
            .warning, "\(count) was asked for and not given: \(summary.missing.joined(by: ", "))."))
      )
    }
    var rows: [Page.Fact] = []
    if let account = facts.diagnosis?.account { rows.append(.init("Account", account)) }
    if let organization = facts.diagnosis?.organization {
      rows.append(.init("Organization", organization))
    }
    rows.append(
      .init("Rights", summary.granted.isEmpty ? "not said" : summary.granted.joined(by: ", ")))
    rows.append(.init("Renewal", summary.sentence(seenFrom: visit.moment)))
    rows.append(.init("Stored as", "\(facts.name)"))
    if let application = summary.application ?? facts.application {
      rows.append(.init("Application", "\(application)"))
    }
    page.items += swapNotices(visit) + [.facts(rows + swapRows(visit))] + oldKeyItems(visit)
    // A project's connections are used together, and it is said elsewhere how.
    guard visit.sequel == nil else { return page }
    let short = visit.shortName
    page.items += [
      .heading("To use it"),
      .commands([
        .init("usher token \(short)", "an access token that is valid now, to a pipe"),
        .init("usher request \(short) PATH", "a call to its API"),
        .init("usher show \(short)", "what is known of it"),
      ]),
    ]
    return page
  }

  func page(notLinked diagnosis: Diagnosis, _ visit: borrowing LinkSession) -> Page {
    let name = visit.provider.displayName
    let sign: Notice.Sign =
      switch diagnosis.kind {
      case .accepted, .wrongKind, .wrongTenant, .lacksRight, .refused: .failed
      case .busy, .unreachable, .unclear, .cancelled: .warning
      case .uncheckable: .note
      }
    let title =
      switch diagnosis.kind {
      case .accepted, .wrongTenant: "Another account"
      case .busy: "\(name) has no time for this"
      case .unreachable: "\(name) could not be reached"
      case .unclear: "The answer is not clear"
      case .cancelled: "It was cancelled"
      case .wrongKind, .lacksRight, .refused, .uncheckable: "Not linked"
      }
    var page = header("Answer", title: title, visit)
    page.items = [.status(Notice(sign, diagnosis.sentence))]
    if !diagnosis.nextStep.isEmpty { page.items.append(.paragraph(diagnosis.nextStep)) }
    var facts: [Page.Fact] = []
    if let host = diagnosis.host {
      facts.append(.init("Asked", host + (diagnosis.status.map { ", answer \($0)" } ?? "")))
    }
    if let words = diagnosis.providerSays { facts.append(.init("It says", "“\(words)”")) }
    if !facts.isEmpty { page.items.append(.facts(facts)) }
    page.items.append(.paragraph("Nothing was stored. What you typed is still here."))
    return page
  }

  func actionsNotLinked(_ visit: borrowing LinkSession) -> [ScreenAction] {
    let again = ScreenAction(
      visit.linking.needsBrowser ? "Open a new address" : "Ask again", .linkAgain)
    let change = (visit.firstSecret ?? visit.shownFields().first.flatMap { visit.place(of: $0.id) })
      .map { ScreenAction("Change the values", .edit($0)) }
    let rights = ScreenAction("Change the rights", .changeRights)
    let other = ScreenAction("Use another application", .use(nil))
    var actions = [again] + [change].compactMap(\.self)
    if visit.linking.needsBrowser { actions.append(rights) }
    if visit.linking.chosen != nil { actions.append(other) }
    if isClientWrong {
      // Another application, or other values of it, comes first then.
      let mending = visit.linking.chosen == nil ? change?.label : other.label
      if let place = actions.firstIndex(where: { $0.label == mending }) {
        actions.insert(actions.remove(at: place), at: 0)
      }
    }
    return actions + [ScreenAction("Leave", .leave)]
  }
}
