internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests

/// Everything that will be stored, before it is: the values, the name, and what speaks against any of it.
struct ReviewScreen: WizardScreen {
  /// What a row of the list leads to.
  private enum Control {
    case field(FormField)
    case end
    case name
  }

  /// The rows from the top, then the action.
  private var choice: Choice
  private var notice: Notice?

  init(_ visit: borrowing LinkSession, notice: Notice? = nil) {
    // What is edited is chosen first; what was typed is stored next.
    choice = Choice(visit.isUnchanged ? 0 : ReviewScreen.controls(visit).count)
    self.notice = notice
  }

  var screen: Screen { .review(self) }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    let controls = ReviewScreen.controls(visit)
    notice = nil
    switch input {
    case .edit: return .stay
    case .command(.activate):
      if choice.index < controls.count { return request(of: controls[choice.index], visit) }
      if let gap = visit.firstGap() { return .edit(gap) }
      if visit.isUnchanged { return .leave }
      if visit.isEndAlone { return .storeAgain }
      return visit.reviewDecision == .check ? .check : .storeUnchecked
    case .command(let command):
      return choice.move(command, count: controls.count + 1) ? .stay : command.commonRequest
    }
  }

  mutating func select(_ control: NumberedControl, _ visit: borrowing LinkSession) {
    let count = ReviewScreen.controls(visit).count
    switch control {
    case .action: choice = Choice(count)
    case .row(let number): choice.select(number, count: count)
    }
  }

  func page(_ visit: borrowing LinkSession) -> Page {
    var page = Page(
      header: visit.header(position: "Review", station: visit.lastStation), title: "Review")
    let controls = ReviewScreen.controls(visit)
    page.items = [.paragraph(intention(visit)), .list(rows(controls, visit))]
    page.items += doubts(visit).map { .status($0) }
    let stored: [Page.Fact] =
      visit.replacement.map { [.init("Stored as", "\($0.facts.name)")] } ?? []
    page.items.append(
      .facts(
        stored + [
          .init(visit.options.store.engine, visit.options.store.location),
          .init("Encryption", visit.options.store.encryption),
        ]))
    let isOnAction = choice.index >= controls.count
    page.actions = [Page.Action(label(visit))]
    page.selectedAction = isOnAction ? 0 : nil
    page.notice = notice
    page.keys = [
      KeyHint(
        .activate, isOnAction ? label(visit).lowercased() : hint(controls), brief: "select",
        weight: 9),
      KeyHint(.move(.up), .move(.down), "choose", weight: 8),
      KeyHint(.back, "back", weight: 10),
      KeyHint(.help, "help", weight: 5),
    ]
    return page
  }

  // MARK: What can be changed

  private static func controls(_ visit: borrowing LinkSession) -> [Control] {
    visit.shownFields().map { .field($0) } + (visit.mayChooseEnd ? [.end] : [])
      + (visit.replacement == nil ? [.name] : [])
  }

  private func request(of control: Control, _ visit: borrowing LinkSession) -> Request {
    switch control {
    case .field(let field): visit.place(of: field.id).map { .edit($0) } ?? .stay
    case .end: .askForEnd
    case .name: .rename
    }
  }

  private func hint(_ controls: [Control]) -> String {
    switch controls[choice.index] {
    case .field: "change it"
    case .end: "say when"
    case .name: "rename"
    }
  }

  private func rows(_ controls: [Control], _ visit: borrowing LinkSession) -> [Page.Row] {
    var rows: [Page.Row] = []
    let changed = visit.changedFields()
    for (index, control) in controls.enumerated() {
      switch control {
      case .field(let field):
        rows.append(row(of: field, isChanged: changed.contains(field.id), visit))
      case .end:
        let hint = index == choice.index ? " · Enter says when" : ""
        var row = Page.Row("Ends", detail: "\(visit.shownEnd ?? "not known")\(hint)")
        if visit.isEditing, visit.end != nil { row.notice = Notice(.note, "changed") }
        rows.append(row)
      case .name:
        let hint = index == choice.index ? " · Enter renames" : ""
        var row = Page.Row("Stored as", detail: "\(visit.name)\(hint)")
        if visit.isNameTaken {
          row.notice =
            visit.isReplacing ? Notice(.note, "replaced") : Notice(.failed, "taken")
        }
        rows.append(row)
      }
      rows[index].isSelected = index == choice.index
    }
    return rows
  }

  private func row(
    of field: FormField, isChanged: Bool, _ visit: borrowing LinkSession
  ) -> Page.Row {
    let state = visit.draft.state(of: field.id)
    var row = Page.Row(visit.draft.label(of: field), detail: visit.summary(of: field))
    if state.isBlocked {
      row.notice = Notice(.failed, state.characters == 0 ? "missing" : "not right yet")
    } else if visit.refusal != nil, field.isMasked {
      row.notice = Notice(.failed, "not accepted")
    } else if state.isOverridden || !state.warnings.isEmpty {
      row.notice = Notice(.warning, isChanged ? "changed, used as it is" : "used as it is")
    } else if isChanged {
      row.notice = Notice(.note, "changed")
    }
    return row
  }

  // MARK: What is said

  /// What speaks against values that are used all the same, and what the provider said of them.
  private func doubts(_ visit: borrowing LinkSession) -> [Notice] {
    var notices: [Notice] = []
    if let refusal = visit.refusal { notices.append(Notice(.failed, refusal.sentence)) }
    for field in visit.shownFields() {
      let state = visit.draft.state(of: field.id)
      guard !state.isBlocked else { continue }
      let label = visit.draft.label(of: field)
      let findings =
        state.isOverridden
        ? state.findings.filter { $0.severity != .note } : state.warnings
      notices += findings.map { Notice(.warning, "\(label): \($0.sentence)") }
    }
    return notices
  }

  private func intention(_ visit: borrowing LinkSession) -> String {
    if visit.firstGap() != nil {
      return "Nothing is stored yet. A value is still missing or not right."
    }
    if visit.isUnchanged { return "Nothing is changed yet. Choose what is to be another." }
    if visit.isEndAlone { return "Nothing is stored yet. The values stay as they are." }
    let name = visit.provider.displayName
    if visit.options.skipsCheck {
      return "Nothing is stored yet. \(name) will not be asked whether the values are good."
    }
    if let reason = visit.checkedBy.reasonForNone { return "Nothing is stored yet. \(reason)" }
    return "Nothing is stored yet. \(name) is asked first whether the values are good."
  }

  private func label(_ visit: borrowing LinkSession) -> String {
    if visit.firstGap() != nil { return "Complete the values" }
    if visit.isUnchanged { return "Leave it as it is" }
    return visit.isEndAlone ? "Store" : visit.reviewDecision.label(visit)
  }
}
