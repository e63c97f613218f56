internal import Drafts
internal import GuideText
internal import ProviderFormat
internal import Secrets

/// One step of the guide, with the fields that it explains.
struct StepScreen: WizardScreen, Equatable {
  /// The ends of a value, shown for a while.
  struct Reveal: Equatable {
    var field: Field.ID
    var end: ContinuousClock.Instant
  }

  /// How long the ends of a value stay revealed.
  static let revealTime = Duration.seconds(10)

  let stage: Int
  /// The field with the focus; nil when it is on the action, or when the step asks for nothing.
  private(set) var focus: Field.ID?
  /// Whether the user came from the review to change a value, and wants to get back there.
  let returnsToReview: Bool
  private(set) var reveal: Reveal?
  /// How many characters of a paste have come that is not whole yet.
  private(set) var arriving = 0
  /// What was typed to find one of the choices of the focused field.
  private(set) var sought = ""

  init(
    _ stage: Int, focus: Field.ID? = nil, returnsToReview: Bool = false,
    _ visit: borrowing LinkSession
  ) {
    self.stage = stage
    self.focus = focus ?? visit.firstField(of: stage)
    self.returnsToReview = returnsToReview
  }

  var screen: Screen { .step(self) }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    arriving = 0
    switch input {
    case .edit(let edit):
      reveal = nil
      if let field = choiceField(visit) {
        seek(edit, in: field, &visit)
      } else if let focus {
        visit.edit(edit, in: focus)
      }
      return .stay
    case .command(let command): return handle(command, &visit)
    }
  }

  /// What becomes of a line in place of the value is to be read before going on.
  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request {
    arriving = 0
    switch origin {
    case .paste(let isCut):
      reveal = nil
      if let focus { visit.paste(text, isCut: isCut, into: focus) }
    case .line:
      guard let focus else { return .stay }
      visit.edit(.erase(.all), in: focus)
      visit.paste(text, isCut: false, into: focus)
    }
    return .stay
  }

  mutating func showArriving(_ characters: Int) { arriving = characters }

  var deadline: ContinuousClock.Instant? { reveal?.end }

  /// Takes the revealed ends off the screen again when their time is over.
  mutating func tick(at now: ContinuousClock.Instant) {
    if let reveal, reveal.end <= now { self.reveal = nil }
  }

  private mutating func handle(_ command: Command, _ visit: inout LinkSession) -> Request {
    let fields = visit.fields(of: stage).all
    switch command {
    case .activate: return activate(&visit)
    case .insist: return insist(&visit)
    case .acceptOffer: acceptOffer(&visit)
    case .readFile:
      if let focus, choiceField(visit) == nil { return .askForFile(focus) }
    case .reveal: toggleReveal(visit)
    case .review: return .review
    case .nextControl where !fields.isEmpty: moveFocus(by: 1, &visit)
    case .previousControl where !fields.isEmpty: moveFocus(by: -1, &visit)
    case .move(.down) where fields.count > 1: moveFocus(by: 1, &visit)
    case .move(.up) where fields.count > 1: moveFocus(by: -1, &visit)
    case .move(.left) where focus != nil: choose(by: -1, &visit)
    case .move(.right) where focus != nil: choose(by: 1, &visit)
    case .back, .leave, .help, .scroll, .digit, .linkPrompt, .link, .suspend, .find, .copy, .move,
      .nextControl, .previousControl:
      return command.commonRequest
    }
    return .stay
  }

  /// On to the next field; from the last one, or from the action, on to the next screen unless a value stands in the
  /// way.
  private mutating func activate(_ visit: inout LinkSession) -> Request {
    let fields = visit.fields(of: stage)
    if let focus {
      guard visit.mayLeave(focus) else { return .stay }
      // Answering may have brought further fields up, or taken some away.
      if let index = fields.place(of: focus), index + 1 < fields.all.count {
        move(to: fields.all[index + 1].id, &visit)
        return .stay
      }
    }
    for field in fields.all where field.id != focus && !visit.mayLeave(field.id) {
      move(to: field.id, &visit)
      return .stay
    }
    return .next
  }

  private mutating func insist(_ visit: inout LinkSession) -> Request {
    guard let focus, visit.isSettled(focus), visit.draft.state(of: focus).canOverride else {
      return .stay
    }
    visit.draft.insist(on: focus)
    return activate(&visit)
  }

  private func acceptOffer(_ visit: inout LinkSession) {
    guard let focus, let offer = visit.offer(for: focus) else { return }
    visit.choose(offer.text, for: focus)
  }

  private mutating func toggleReveal(_ visit: borrowing LinkSession) {
    guard reveal == nil, let focus, visit.draft.state(of: focus).text == nil else {
      reveal = nil
      return
    }
    reveal = Reveal(field: focus, end: visit.now + StepScreen.revealTime)
  }

  /// Through the fields and the action behind them, around the ends.
  private mutating func moveFocus(by offset: Int, _ visit: inout LinkSession) {
    let fields = visit.fields(of: stage)
    let (action, count) = (fields.all.count, fields.all.count + 1)
    let here = focus.map { fields.place(of: $0) ?? 0 } ?? action
    let next = (here + offset + count) % count
    move(to: next == action ? nil : fields.all[next].id, &visit)
  }

  private mutating func move(to field: Field.ID?, _ visit: inout LinkSession) {
    // An untouched field is not told that something is missing just because the user passed by.
    if let focus, field != focus, visit.draft.state(of: focus).characters > 0 {
      visit.settle(focus)
    }
    focus = field
    reveal = nil
    sought = ""
  }

  private func choose(by offset: Int, _ visit: inout LinkSession) {
    guard let focus, let field = choiceField(visit) else { return }
    // An optional choice can be taken back: before the first one stands none.
    let choices = (field.acceptsEmpty ? [""] : []) + field.field.choices
    let here = choices.firstIndex(of: visit.draft.state(of: focus).text ?? "")
    let next = here.map { ($0 + offset + choices.count) % choices.count } ?? 0
    visit.choose(choices[next], for: focus)
  }
}

/// Finding a choice by typing.
extension StepScreen {
  /// The focused field, if one of several values is chosen there.
  private func choiceField(_ visit: borrowing LinkSession) -> FormField? {
    guard let focus, let field = visit.draft.field(focus), !field.field.choices.isEmpty else {
      return nil
    }
    return field
  }

  /// The first choice that begins with what was typed, else one that has a word which does, or holds it anywhere. A key that
  /// leads to none changes nothing.
  private mutating func seek(_ edit: Edit, in field: FormField, _ visit: inout LinkSession) {
    switch edit {
    case .insert(let scalar):
      let wanted = sought + String(Character(scalar))
      guard let choice = ChoiceSearch(wanted).first(in: field.field.choices) else { return }
      sought = wanted
      visit.choose(choice, for: field.id)
    case .erase(.backward): sought = String(sought.dropLast())
    case .erase(.all):
      sought = ""
      if field.acceptsEmpty { visit.choose("", for: field.id) }
    case .erase: sought = ""
    case .move(.left), .move(.right):
      sought = ""
      choose(by: edit == .move(.left) ? -1 : 1, &visit)
    case .move: break
    }
  }
}
