internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests

/// What came of it, and one next step.
struct OutcomeScreen: ActionScreen {
  enum Finding: Equatable {
    /// The provider's answer, when it was not that the values are good.
    case diagnosed(Diagnosis)
    case stored(ConnectionFacts)
    case notStored(StoreError)
    /// Why nothing was given for a link that needs a person's consent.
    case notLinked(Diagnosis)
    /// The values are good, and belong to another account than those that they are to take the place of.
    case otherAccount(Diagnosis)
  }

  let finding: Finding
  /// Whether the provider does not take the application or its secret: nothing comes of the same ones again.
  let isClientWrong: Bool
  var choice = Choice()

  init(_ finding: Finding, isClientWrong: Bool = false) {
    self.finding = finding
    self.isClientWrong = isClientWrong
  }

  var screen: Screen { .outcome(self) }

  var isStored: Bool { if case .stored = finding { true } else { false } }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    let requests = actions(visit).map(\.request)
    // What is stored is stored: there is nothing to go back to.
    guard !requests.isEmpty else { return .finish }
    if isStored, visit.sequel != nil, input == .command(.back) { return .toList }
    return choice.handle(input, among: requests)
  }

  func page(_ visit: borrowing LinkSession) -> Page {
    var page: Page
    switch finding {
    case .diagnosed(let diagnosis): page = self.page(of: diagnosis, visit)
    case .stored(let facts):
      page = self.page(of: facts, visit)
      if let key = visit.secondKey {
        page.items.insert(
          .status(Notice(.note, "A second key opens the store, too: \(key)")), at: 1)
      }
      if let sequel = visit.sequel {
        // Seen without scrolling: it is what Enter leads to.
        page.items.insert(.paragraph(sequel.sentence), at: 1)
      }
      if actions(visit).isEmpty { return page }
    case .otherAccount(let diagnosis):
      page = self.page(ofOther: diagnosis, visit)
      page.hidesAnswers = visit.needsConsent
    case .notStored(let error): page = self.page(of: error, visit)
    case .notLinked(let diagnosis):
      page = self.page(notLinked: diagnosis, visit)
      page.hidesAnswers = true
    }
    let actions = actions(visit)
    if actions.count > 1 {
      page.keys.append(KeyHint(.move(.left), .move(.right), "choose", weight: 8))
    }
    page.keys.append(
      KeyHint(.back, isStored && visit.sequel == nil ? "leave it" : "back", weight: 10))
    page.keys.append(KeyHint(.help, "help", weight: 5))
    page.show(actions, selected: choice.index)
    return page
  }

  func actions(_ visit: borrowing LinkSession) -> [ScreenAction] {
    let leave = ScreenAction("Leave", .leave)
    switch finding {
    case .stored: return actionsStored(visit)
    case .otherAccount: return actionsWithOther(visit)
    case .notStored(.exists):
      let replace = ScreenAction("Replace it", .replace)
      // A project has given it its name.
      if visit.projectPlace != nil { return [ScreenAction("Back to the list", .toList), replace] }
      return [ScreenAction("Use another name", .rename), replace, leave]
    // The same would be refused again: it begins with what is stored no more.
    case .notStored(.conflict): return [leave]
    case .notStored: return [ScreenAction("Try again", .storeAgain), leave]
    case .notLinked: return actionsNotLinked(visit)
    case .diagnosed(let diagnosis):
      let change = ScreenAction(
        "Change the values", visit.firstSecret.map { Request.edit($0) } ?? .back)
      let again = ScreenAction("Ask again", .check)
      let store = ScreenAction("Store without a check", .storeUnchecked)
      switch diagnosis.kind {
      case .accepted, .wrongKind, .wrongTenant, .lacksRight, .refused:
        // The provider has answered, or a key can sign nothing: storing these as "not checked" would not be honest.
        return [change, again, leave]
      case .busy, .unreachable, .unclear, .cancelled: return [again, change, store, leave]
      case .uncheckable: return [store, change, leave]
      }
    }
  }

  private func page(of diagnosis: Diagnosis, _ visit: borrowing LinkSession) -> Page {
    var page = header("Answer", title: title(of: diagnosis, visit), visit)
    let sign: Notice.Sign =
      switch diagnosis.kind {
      case .accepted, .wrongKind, .wrongTenant, .lacksRight, .refused: .failed
      case .busy, .unreachable, .unclear, .cancelled: .warning
      case .uncheckable: .note
      }
    page.items = [.status(Notice(sign, diagnosis.sentence))]
    if !diagnosis.nextStep.isEmpty { page.items.append(.paragraph(diagnosis.nextStep)) }
    var facts = visit.answerFacts(of: diagnosis)
    if let words = diagnosis.providerSays { facts.append(.init("It says", "“\(words)”")) }
    if !facts.isEmpty { page.items.append(.facts(facts)) }
    page.items.append(.paragraph("Nothing was stored. What you typed is still here."))
    return page
  }

  private func title(of diagnosis: Diagnosis, _ visit: borrowing LinkSession) -> String {
    let name = visit.provider.displayName
    switch diagnosis.kind {
    case .accepted, .wrongTenant: return "Another account"
    case .wrongKind: return "Another kind of key"
    case .lacksRight:
      return diagnosis.status == 402 ? "A plan or a payment is missing" : "A right is missing"
    case .refused: return "Not accepted"
    case .busy:
      return (diagnosis.status ?? 429) < 500 ? "\(name) is busy" : "\(name) has trouble of its own"
    case .unreachable: return "\(name) could not be reached"
    case .unclear: return "The answer is not clear"
    case .uncheckable: return "This cannot be checked"
    case .cancelled: return "The check was cancelled"
    }
  }

  private func page(of facts: ConnectionFacts, _ visit: borrowing LinkSession) -> Page {
    if let summary = visit.linking.summary { return page(of: facts, summary, visit) }
    let name = visit.provider.displayName
    let isChecked = facts.diagnosis?.isAccepted ?? false
    let usual = isChecked ? "\(name) is linked" : "Stored, not checked"
    var page = header("Done", title: swapTitle(visit) ?? usual, visit)
    page.items = [.status(result(of: facts, visit))]
    let hasAnswer = isChecked && !visit.aftermath.isEndAlone
    var rows = facts.diagnosis.map { hasAnswer ? visit.answerFacts(of: $0) : [] } ?? []
    if let end = visit.shownEnd { rows.append(.init("Ends", end)) }
    rows.append(.init("Stored as", "\(facts.name)"))
    if visit.replacement == nil, let page = visit.rotationPage {
      rows.append(.init("New key at", page))
    }
    page.items += swapNotices(visit) + [.facts(rows + swapRows(visit))]
    if let ends = facts.ends.sentence(now: visit.moment) { page.items.append(.paragraph(ends)) }
    page.items += oldKeyItems(visit)
    // A project's connections are used together, and it is said elsewhere how.
    guard visit.sequel == nil else { return page }
    page.items.append(.heading("To use it"))
    page.items.append(.commands(commands(isChecked: isChecked, visit)))
    // Elsewhere they would look into another store.
    if let store = visit.options.namedStore {
      page.items.append(
        .paragraph("Each with --store \(store), as here; or name it once, as store in config.yaml.")
      )
    }
    return page
  }

  /// What was found out of the values; nothing is where only their end was said.
  private func result(of facts: ConnectionFacts, _ visit: borrowing LinkSession) -> Notice {
    if visit.aftermath.isEndAlone { return Notice(.done, "The end is changed.") }
    if let diagnosis = facts.diagnosis, diagnosis.isAccepted {
      return Notice(.done, diagnosis.sentence)
    }
    let name = visit.provider.displayName
    return Notice(
      .warning,
      visit.checkedBy.reasonForNone == nil
        ? "\(name) was not asked whether the values are good."
        : "No check is known for \(name): whether the values are good will be seen when they are used."
    )
  }

  private func commands(isChecked: Bool, _ visit: borrowing LinkSession) -> [Page.Fact] {
    let short = visit.shortName
    let variables = visit.variables.joined(separator: ", ")
    var commands = [
      Page.Fact(
        "usher run \(short) -- COMMAND",
        variables.isEmpty ? "runs a command" : "runs a command with \(variables) set"),
      Page.Fact("usher get \(short)", "one value, to a pipe"),
      Page.Fact("usher show \(short)", "what is known of it"),
    ]
    if !isChecked, visit.checkedBy.reasonForNone == nil {
      commands.insert(
        Page.Fact("usher check \(short)", "asks \(visit.provider.displayName) whether it is good"),
        at: 0)
    }
    if visit.mayChooseEnd, visit.shownEnd == nil {
      commands.append(.init("usher edit \(short) --expires 90d", "says when it ends, to be warned"))
    }
    return commands
  }

  private func page(of error: StoreError, _ visit: borrowing LinkSession) -> Page {
    let explanation = error.explanation
    var page = header("Not stored", title: "It could not be stored", visit)
    page.items = [.status(Notice(.failed, Sentences.paragraph(explanation)))]
    if let advice = explanation.advice { page.items.append(.paragraph(Sentences.sentence(advice))) }
    let fate =
      if case .conflict = error { "Nothing was stored." } else {
        "What was stored before has not changed."
      }
    page.items.append(.paragraph("\(fate) What you typed is still here."))
    return page
  }

  func header(_ position: String, title: String, _ visit: borrowing LinkSession) -> Page {
    Page(header: visit.header(position: position, station: visit.lastStation), title: title)
  }
}
