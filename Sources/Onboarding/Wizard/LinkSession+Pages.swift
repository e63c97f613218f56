internal import Drafts
internal import ProviderFormat
internal import Requests

/// How a visit shows on pages.
extension LinkSession {
  /// The wizard's stations: before, the steps, the review, or rights and consent. What comes after has no place in a row:
  /// it may be repeated.
  func header(position: String, station: Int) -> Page.Header {
    Page.Header(
      provider: replacing ?? provider.displayName,
      domain: replacing == nil ? provider.usher.domain : nil, position: position,
      progress: isOnePage
        ? nil
        : .init(reached: station + 1, total: isImpossible ? stages.count + 1 : lastStation + 1))
  }

  /// A step's number on the way, from 1, and how many there are.
  func place(of stage: Int) -> (number: Int, count: Int) {
    let route = route
    return ((route.firstIndex(of: stage) ?? stage) + 1, route.count)
  }

  /// Where the guide stands on the web, else what the provider's makers say themselves.
  var webPage: Page.WebPage? {
    let pages = [
      ("This guide on the web", provider.docsConnect), ("Set-up guide", provider.setupGuide),
      ("Documentation", provider.docs),
    ]
    for case (let name, let url?) in pages where url.hasPrefix("https://") {
      return Page.WebPage(name: name, url: url)
    }
    return nil
  }

  /// Whether the first screen has nothing to ask: the name is free or may be replaced, and no session was cut.
  var canStartAtOnce: Bool {
    resumed == 0 && (!isNameTaken || isReplacing) && replacement == nil && source?.isOld != true
  }

  /// What a project needs it for, for the first page of its way.
  var projectItems: [Page.Item] {
    projectPlace.map { [.paragraph($0.sentence)] } ?? []
  }

  /// The station of the review and of all that follows.
  var lastStation: Int { needsConsent ? consentStation : stages.count + 1 }

  var rightsStation: Int { route.count + 1 }

  var consentStation: Int { route.count + (asksForRights ? 2 : 1) }

  borrowing func view(of field: FormField, isFocused: Bool, revealed: RevealedEnds?) -> FieldView {
    let isSettled = isSettled(field.id)
    // A choice is complete as soon as it is made.
    let state = draft.state(of: field.id, isJudged: isSettled || !field.field.choices.isEmpty)
    let label = draft.label(of: field)
    var view = FieldView(label: label, input: input(of: field, state))
    view.id = field.id
    // What is called something else is not explained by the words for what it was called.
    if label == field.label {
      view.help = field.field.description
      view.placeholder = field.placeholder
    }
    view.prefix = field.field.prefix
    view.suffix = field.field.suffix
    view.isOptional = field.acceptsEmpty
    view.takesFile = state.isMultiline
    view.isFocused = isFocused
    view.isKept = isKept(field.id)
    if field.isGenerated, let text = state.text, !text.isEmpty { view.copies = text }
    if field.field.choices.isEmpty {
      if let revealed, !revealed.isEmpty {
        view.ends = revealed
      } else if revealed != nil {
        view.status = ["too short to show a part of it"]
      } else {
        view.status = status(of: state, isSettled: isSettled)
        if isFocused, view.isKept, view.isMasked {
          view.status.append("kept; type over it")
        }
      }
    }
    if let remark = remark(on: field.id) { view.notices.append(remark) }
    if isSettled {
      view.notices += LinkSession.notices(of: state)
      view.canOverride = state.canOverride
      view.awaitsConfirmation = isFocused && isWarned(field.id) && !state.warnings.isEmpty
    } else if !field.field.choices.isEmpty {
      // What is to be said of a choice is said at once.
      view.notices += LinkSession.notices(of: state.advisory)
    }
    if let refusal, field.isMasked { view.notices.append(Notice(.failed, refusal.sentence)) }
    if isFocused { view.offer = offer(for: field.id, state) }
    return view
  }

  /// A value that the user can take instead of typing one. Nothing is offered over a value that is good.
  borrowing func offer(for field: Field.ID) -> Suggestion? {
    offer(for: field, draft.state(of: field, isJudged: isSettled(field)))
  }

  private borrowing func offer(for field: Field.ID, _ state: FieldState) -> Suggestion? {
    guard state.characters == 0 || (isSettled(field) && state.isBlocked) else { return nil }
    return draft.offers(for: field).first { $0.text != state.text }
  }

  /// What the review says of a value: the value itself, or how to tell a secret from another.
  borrowing func summary(of field: FormField) -> String {
    let state = draft.state(of: field.id)
    if state.characters == 0 { return field.acceptsEmpty ? "left empty" : "" }
    if let text = state.text {
      return (field.field.prefix ?? "") + text + (field.field.suffix ?? "")
    }
    let count = Sentences.count(state.characters, "character")
    return ([count] + status(of: state, isSettled: true)).joined(separator: " · ")
  }

  private func input(of field: FormField, _ state: FieldState) -> FieldView.Input {
    if !field.field.choices.isEmpty {
      return .choices(
        field.field.choices, selected: field.field.choices.firstIndex { $0 == state.text })
    }
    if let text = state.text { return .text(text, caret: state.caret) }
    return .masked(characters: state.characters, caret: state.caret)
  }

  /// What was refused does not look complete, however well it fits what is known of its form.
  private borrowing func status(of state: FieldState, isSettled: Bool) -> [String] {
    var parts: [String] = []
    if let prefix = state.prefix { parts.append("\(prefix)…") }
    if let file = state.file { parts.append(file.sentence) }
    // Files of one kind all end alike.
    if let tail = state.tail, isSettled, state.file?.kind == nil { parts.append("ends \(tail)") }
    if state.looksComplete, refusal == nil { parts.append("looks complete") }
    return parts
  }

  /// Findings and repairs, with what the user said to them.
  private static func notices(of state: FieldState) -> [Notice] {
    var notices = state.findings.map { finding in
      switch finding.severity {
      case .refusal: Notice(.failed, finding.sentence)
      case .overridable: Notice(state.isOverridden ? .warning : .failed, finding.sentence)
      case .warning: Notice(.warning, finding.sentence)
      case .note: Notice(.note, finding.sentence)
      }
    }
    if state.isOverridden { notices.append(Notice(.note, "You said that it is right.")) }
    return notices + state.repairs.map { Notice(.note, $0.sentence) }
  }
}

extension FieldState {
  /// Whether the user can have the value in spite of what was found.
  var canOverride: Bool {
    isBlocked && !isOverridden && findings.allSatisfy { $0.severity != .refusal }
  }

  /// What warns of the value. What the user insisted on needs no second word.
  var warnings: [Finding] {
    isOverridden ? [] : findings.filter { $0.severity == .warning && $0.kind != .patternSkipped }
  }

  /// The same with nothing but what the provider file says of this very value.
  fileprivate var advisory: FieldState {
    var state = self
    state.findings = findings.filter { $0.kind == .advisory }
    state.repairs = []
    return state
  }
}
