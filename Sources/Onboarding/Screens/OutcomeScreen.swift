internal import Basics
internal import Credentials
internal import Guides

/// What came of it, and one next step.
struct OutcomeScreen: Equatable {
  enum Finding: Equatable {
    /// The provider's answer, when it was not that the values are good.
    case diagnosed(Diagnosis)
    case stored(ConnectionFacts)
    case notStored(StoreError)
  }

  let finding: Finding
  private var choice = Choice()

  init(_ finding: Finding) { self.finding = finding }

  mutating func handle(_ input: Input, _ visit: borrowing Visit) -> Request {
    // What is stored is stored: there is nothing to go back to.
    if case .stored = finding, case .command(.back) = input { return .finish }
    return choice.handle(input, among: actions(visit).map { $0.request })
  }

  mutating func select(action: Int, _ visit: borrowing Visit) {
    choice.select(action, count: actions(visit).count)
  }

  func page(_ visit: borrowing Visit) -> Page {
    var page =
      switch finding {
      case .diagnosed(let diagnosis): page(of: diagnosis, visit)
      case .stored(let facts): page(of: facts, visit)
      case .notStored(let error): page(of: error, visit)
      }
    let actions = actions(visit)
    page.actions = actions.map { Page.Action($0.label) }
    page.selectedAction = choice.index
    page.keys = [KeyHint("Enter", actions[choice.index].label.lowercased(), weight: 9)]
    if actions.count > 1 { page.keys.append(KeyHint("←→", "choose", weight: 6)) }
    if case .stored = finding {} else { page.keys.append(KeyHint("Esc", "back", weight: 7)) }
    page.keys.append(KeyHint("?", "help", weight: 8))
    return page
  }

  private func actions(_ visit: borrowing Visit) -> [(label: String, request: Request)] {
    switch finding {
    case .stored: return [("Done", .finish)]
    case .notStored(.exists):
      return [("Use another name", .rename), ("Replace it", .replace), ("Leave", .leave)]
    case .notStored: return [("Try again", .storeAgain), ("Leave", .leave)]
    case .diagnosed(let diagnosis):
      let change = ("Change the values", visit.firstSecret.map { Request.edit($0) } ?? .back)
      switch diagnosis.kind {
      case .accepted, .wrongKind, .wrongTenant, .lacksRight, .refused:
        // The provider has answered, or a key can sign nothing: storing these as "not checked" would not be honest.
        return [change, ("Ask again", .check), ("Leave", .leave)]
      case .busy, .unreachable, .unclear, .cancelled:
        return [
          ("Ask again", .check), change, ("Store without a check", .storeUnchecked),
          ("Leave", .leave),
        ]
      case .uncheckable:
        return [("Store without a check", .storeUnchecked), change, ("Leave", .leave)]
      }
    }
  }

  private func page(of diagnosis: Diagnosis, _ visit: borrowing Visit) -> Page {
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

  private func title(of diagnosis: Diagnosis, _ visit: borrowing Visit) -> String {
    let name = visit.provider.displayName
    switch diagnosis.kind {
    case .accepted, .wrongTenant: return "Another account"
    case .wrongKind: return "Another kind of key"
    case .lacksRight: return "A right is missing"
    case .refused: return "Not accepted"
    case .busy: return "\(name) is busy"
    case .unreachable: return "\(name) could not be reached"
    case .unclear: return "The answer is not clear"
    case .uncheckable: return "This cannot be checked"
    case .cancelled: return "The check was cancelled"
    }
  }

  private func page(of facts: ConnectionFacts, _ visit: borrowing Visit) -> Page {
    let name = visit.provider.displayName
    let isChecked = facts.diagnosis?.isAccepted ?? false
    var page = header("Done", title: isChecked ? "\(name) is linked" : "Stored, not checked", visit)
    page.items = [
      .status(
        isChecked
          ? Notice(.done, facts.diagnosis?.sentence ?? "")
          : Notice(.warning, "\(name) was not asked whether the values are good."))
    ]
    var rows = facts.diagnosis.map { isChecked ? visit.answerFacts(of: $0) : [] } ?? []
    rows.append(.init("Stored as", "\(facts.name)"))
    page.items.append(.facts(rows))
    page.items.append(.heading("To use it"))
    let short = visit.shortName
    page.items.append(
      .commands([
        .init("usher run \(short) -- COMMAND", "runs a command with the values"),
        .init("usher get \(short)", "one value, to a pipe"),
        .init("usher show \(short)", "what is known of it"),
      ]))
    return page
  }

  private func page(of error: StoreError, _ visit: borrowing Visit) -> Page {
    let explanation = error.explanation
    var page = header("Not stored", title: "It could not be stored", visit)
    page.items = [.status(Notice(.failed, Sentences.paragraph(explanation)))]
    if let advice = explanation.advice { page.items.append(.paragraph(Sentences.sentence(advice))) }
    page.items.append(
      .paragraph("What was stored before has not changed. What you typed is still here."))
    return page
  }

  private func header(_ position: String, title: String, _ visit: borrowing Visit) -> Page {
    Page(header: visit.header(position: position, station: visit.lastStation), title: title)
  }
}
