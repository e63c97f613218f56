internal import Basics
internal import Requests
internal import Secrets

/// The consent itself: the address that a person opens anywhere, and the one that the browser ends on, pasted here.
struct ConsentScreen: WizardScreen {
  /// Whether somebody waits for the browser on this machine.
  enum Hearing: Equatable {
    case unknown
    case listening
    case deaf(Explanation)
  }

  var hearing = Hearing.unknown
  /// Whether a code without the address around it waits for a word.
  private(set) var doubts = false
  /// Whether no answer to this question can be taken any more.
  private(set) var isOver = false
  private(set) var arriving = 0
  /// What was wrong with the last answer.
  private(set) var notice: Notice?
  /// Which action has the focus; nil while the field has it.
  private(set) var action: Choice?
  /// What is to be known before anything is done here.
  let news: Notice?
  private let made: ContinuousClock.Instant

  init(news: Notice? = nil, at now: ContinuousClock.Instant) {
    self.news = news
    made = now
  }

  var screen: Screen { .consent(self) }

  var isTyping: Bool { !doubts && action == nil }

  /// When the question is too old for an answer.
  var deadline: ContinuousClock.Instant? {
    isOver || doubts ? nil : made + .seconds(AuthorizationRequest.lifetime)
  }

  mutating func tick(at now: ContinuousClock.Instant) {
    if let deadline, deadline <= now { isOver = true }
  }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    arriving = 0
    if case .command(.copy) = input {
      return visit.linking.ask { $0.address }.map { .copyShown($0) } ?? .stay
    }
    if doubts, case .command(.back) = input {
      returnToField()
      return .stay
    }
    let actions = actions(visit)
    if var choice = action ?? (doubts ? Choice() : nil) {
      if case .command(let command) = input, !doubts, isBackToField(command, choice, actions.count)
      {
        action = nil
        return .stay
      }
      let request = choice.handle(input, among: actions.map(\.request))
      action = choice
      return request
    }
    switch input {
    case .edit(let edit):
      notice = nil
      visit.linking.hidden.apply(edit)
      return .stay
    case .command(.activate): return read(&visit)
    case .command(.nextControl): action = Choice()
    case .command(.previousControl): action = Choice(actions.count - 1)
    case .command(let command): return command.commonRequest
    }
    return .stay
  }

  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request {
    arriving = 0
    // The whole address is what was advised: it is taken in place of the code.
    returnToField()
    notice = nil
    var fits = visit.linking.hidden.replace(with: text)
    if case .paste(isCut: true) = origin { fits = false }
    guard fits else {
      visit.linking.hidden.wipe()
      refuse(.tooLong)
      return .stay
    }
    if case .line = origin {
      let reading = visit.linking.readLine(at: visit.moment)
      return reading.map { take($0) } ?? .stay
    }
    return .stay
  }

  mutating func showArriving(_ characters: Int) { arriving = characters }

  mutating func select(_ control: NumberedControl, _ visit: borrowing LinkSession) {
    guard case .action(let number) = control else { return }
    var choice = Choice()
    choice.select(number, count: actions(visit).count)
    action = choice
  }

  /// What can be done besides pasting, the likeliest first.
  func actions(_ visit: borrowing LinkSession) -> [ScreenAction] {
    if doubts {
      return [
        ScreenAction("Use the code", .redeem), ScreenAction("Make a new address", .askAnew),
      ]
    }
    var actions = [ScreenAction("Make a new address", .askAnew)]
    if visit.linking.way == .redirect {
      actions.append(ScreenAction("Change the rights", .changeRights))
    }
    if visit.takesRefreshToken {
      actions.append(ScreenAction("Use a refresh token", .askForRefreshToken))
    }
    if visit.takesDeviceCode() {
      actions.append(ScreenAction("Use a code on another device", .useDevice))
    }
    return actions
  }

  /// The field has the focus again, as when it was first seen.
  mutating func returnToField() { (doubts, action) = (false, nil) }

  /// The same for a question that is left open: nobody listens meanwhile.
  mutating func leaveOpen() {
    returnToField()
    (notice, hearing, arriving) = (nil, .unknown, 0)
  }

  // MARK: Answers

  /// What a text came to that was heard, or read here.
  mutating func take(_ reading: Consent.Reading) -> Request {
    switch reading {
    case .good(let isRepaired): return isRepaired ? .redeemRepaired : .redeem
    case .unproved:
      doubts = true
      action = Choice()
    case .fault(let fault): refuse(fault)
    }
    return .stay
  }

  private mutating func read(_ visit: inout LinkSession) -> Request {
    if visit.linking.hidden.isEmpty, isOver { return .askAnew }
    notice = nil
    let reading = visit.linking.readAnswer(at: visit.moment)
    return reading.map { take($0) } ?? .stay
  }

  private mutating func refuse(_ fault: CallbackFault) {
    notice = Notice(failed: fault.explanation)
    if fault == .late || fault == .spent { isOver = true }
  }

  /// Behind the last action, and before the first, stands the field.
  private func isBackToField(_ command: Command, _ choice: Choice, _ count: Int) -> Bool {
    command == .nextControl && choice.index == count - 1
      || command == .previousControl && choice.index == 0
  }
}
