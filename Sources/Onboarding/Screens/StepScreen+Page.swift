internal import Drafts
internal import ProviderFormat

/// What the step looks like.
extension StepScreen {
  /// Whether keys go into a text.
  var isTyping: Bool { focus != nil }

  func page(_ visit: borrowing LinkSession) -> Page {
    let (number, count) = visit.place(of: stage)
    var page = Page(
      header: visit.header(position: "Step \(number) of \(count)", station: number),
      title: visit.stages[stage].title)
    page.items = visit.isOnePage && visit.canStartAtOnce ? visit.projectItems : []
    page.items.append(.guide(visit.stages[stage].blocks))
    page.guideReferences = visit.references(of: stage)
    // Where there is no first screen, this is it.
    if visit.isOnePage, let source = visit.source { page.items.append(.status(source.notice)) }
    page.webPage = visit.webPage
    let fields = visit.fields(of: stage)
    let said = said(of: fields, visit)
    page.fieldsBeyond = .init(above: said.lowerBound, below: fields.all.count - said.upperBound)
    for field in fields.all[said] {
      let revealed = reveal?.field == field.id ? visit.draft.ends(of: field.id) : nil
      var view = visit.view(of: field, isFocused: field.id == focus, revealed: revealed)
      if view.isFocused, !sought.isEmpty { view.status = ["begins with “\(sought)”"] }
      if view.isFocused, case .masked(let characters, let caret) = view.input {
        // Dots tell nothing; the text of a field that is not hidden has to be whole before it is shown, for it may be
        // somebody's secret.
        view.input = .masked(characters: characters + arriving, caret: caret + arriving)
      }
      page.fields.append(view)
    }
    let decision = visit.isOnePage ? visit.decision() : nil
    let next = nextLabel(decision, visit)
    page.actions = [Page.Action(next)]
    page.selectedAction = focus == nil ? 0 : nil
    page.commitment = decision.map { visit.commitment(to: $0) }
    page.keys = keys(page, next.lowercased(), visit)
    return page
  }

  /// All fields; of more than the window can show together the one with the focus alone.
  private func said(of fields: StepFields, _ visit: borrowing LinkSession) -> Range<Int> {
    guard let most = visit.mostFields, fields.all.count > most else { return fields.all.indices }
    let here = focus.flatMap { fields.place(of: $0) }
    return here.map { $0..<$0 + 1 } ?? 0..<0
  }

  /// - Parameter decision: of the one page.
  private func nextLabel(_ decision: Decision?, _ visit: borrowing LinkSession) -> String {
    guard returnsToReview || stage == visit.stages.count - 1 else { return "Continue" }
    if visit.isImpossible { return "Done" }
    if visit.needsConsent { return "Continue" }
    return decision?.label(visit) ?? "Review"
  }

  private func keys(
    _ page: Page, _ next: String, _ visit: borrowing LinkSession
  ) -> [KeyHint] {
    let focused = page.fields.firstIndex { $0.isFocused }
    let firstWord = next.utf8.firstIndex(of: UInt8(ascii: " ")) ?? next.endIndex
    let isLast =
      focused == nil || page.fieldsBeyond.below == 0 && focused == page.fields.count - 1
    var keys: [KeyHint] = []
    keys.reserveCapacity(8)
    keys.append(
      focused.map { page.fields[$0].awaitsConfirmation } == true
        ? KeyHint(
          .activate, "once more to use it", brief: "use it", weight: 9, standsBesideField: true)
        : KeyHint(
          .activate, isLast ? next : "next field",
          brief: isLast ? String(next[..<firstWord]) : "next", weight: 9))
    if let focused { addKeys(for: page.fields[focused], to: &keys) }
    if let hint = linkHint(page) { keys.append(hint) }
    keys.append(KeyHint(.find, "find", weight: 1, isTyping: isTyping))
    let isWayOut =
      visit.isOnePage && visit.isFirst && !returnsToReview && visit.canStartAtOnce
    keys.append(KeyHint(.back, isWayOut ? "leave" : "back", weight: 10))
    keys.append(KeyHint(.help, "help", weight: 5, isTyping: isTyping))
    return keys
  }

  private func linkHint(_ page: Page) -> KeyHint? {
    if isTyping { return page.hasReferences ? KeyHint(.linkPrompt, "links", weight: 5) : nil }
    let links = page.references.count
    guard links > 0 else { return nil }
    return KeyHint(
      links == 1 ? "1" : "1–\(links)", "copy", weight: 5, withoutClipboard: "show")
  }

  private func addKeys(for field: FieldView, to keys: inout [KeyHint]) {
    if field.canOverride {
      keys.append(
        KeyHint(.insist, "use it anyway", brief: "use it", weight: 11, standsBesideField: true))
    }
    switch field.input {
    case .choices: keys.append(KeyHint(.move(.left), .move(.right), "choose", weight: 8))
    case .masked(let characters, _) where characters > 0:
      keys.append(KeyHint(.reveal, reveal == nil ? "show ends" : "hide ends", weight: 2))
    case .masked, .text: break
    }
    if field.takesFile { keys.append(KeyHint(.readFile, "read a file", weight: 4)) }
  }
}
