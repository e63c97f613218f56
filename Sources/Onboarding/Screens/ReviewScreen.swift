internal import Connections
internal import Drafts
internal import ProviderFormat

/// Everything that will be stored, before it is.
struct ReviewScreen: WizardScreen {
  /// The rows from the top, then the action.
  private var choice: Choice
  private var notice: Notice?

  init(_ visit: borrowing LinkSession, notice: Notice? = nil) {
    choice = Choice(visit.shownFields().count)
    self.notice = notice
  }

  var screen: Screen { .review(self) }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    let fields = visit.shownFields()
    notice = nil
    switch input {
    case .edit: return .stay
    case .command(.activate):
      if choice.index < fields.count { return edit(fields[choice.index].id, visit) }
      if let blocked = visit.draft.firstBlocked() { return edit(blocked, visit) }
      return visit.options.skipsCheck ? .storeUnchecked : .check
    case .command(let command):
      return choice.move(command, count: fields.count + 1) ? .stay : command.commonRequest
    }
  }

  mutating func select(_ control: NumberedControl, _ visit: borrowing LinkSession) {
    let count = visit.shownFields().count
    switch control {
    case .action: choice = Choice(count)
    case .row(let number): choice.select(number, count: count)
    }
  }

  func page(_ visit: borrowing LinkSession) -> Page {
    var page = Page(
      header: visit.header(position: "Review", station: visit.lastStation), title: "Review")
    let fields = visit.shownFields()
    page.items.append(.paragraph(intention(visit)))
    if !fields.isEmpty { page.items.append(.list(rows(fields, visit))) }
    page.items.append(
      .facts([
        .init("Stored as", "\(visit.name)"),
        .init(visit.options.store.engine, visit.options.store.location),
        .init("Encryption", visit.options.store.encryption),
      ]))
    let isOnAction = choice.index >= fields.count
    page.actions = [Page.Action(label(visit))]
    page.selectedAction = isOnAction ? 0 : nil
    page.notice = notice
    page.keys = [
      KeyHint(
        .activate, isOnAction ? label(visit).lowercased() : "change this value", weight: 9),
      KeyHint(.move(.up), .move(.down), "choose a value", weight: 6),
      KeyHint(.back, "back", weight: 7),
      KeyHint(.help, "help", weight: 8),
    ]
    return page
  }

  private func rows(_ fields: [FormField], _ visit: borrowing LinkSession) -> [Page.Row] {
    var rows: [Page.Row] = []
    for (index, field) in fields.enumerated() {
      let state = visit.draft.state(of: field.id)
      var row = Page.Row(
        visit.draft.label(of: field), detail: visit.summary(of: field),
        isSelected: index == choice.index)
      if state.isBlocked {
        row.notice = Notice(.failed, state.characters == 0 ? "missing" : "not right yet")
      } else if state.isOverridden {
        row.notice = Notice(.warning, "used as it is")
      }
      rows.append(row)
    }
    return rows
  }

  private func intention(_ visit: borrowing LinkSession) -> String {
    if visit.draft.firstBlocked() != nil {
      return "Nothing is stored yet. A value is still missing or not right."
    }
    let name = visit.provider.displayName
    return visit.options.skipsCheck
      ? "Nothing is stored yet. \(name) will not be asked whether the values are good."
      : "Nothing is stored yet. \(name) is asked first whether the values are good."
  }

  private func label(_ visit: borrowing LinkSession) -> String {
    if visit.draft.firstBlocked() != nil { return "Complete the values" }
    let verb = visit.isReplacing ? "replace" : "store"
    return visit.options.skipsCheck ? "Store without a check" : "Check and \(verb)"
  }

  private func edit(_ field: Field.ID, _ visit: borrowing LinkSession) -> Request {
    visit.place(of: field).map { .edit($0) } ?? .stay
  }
}
