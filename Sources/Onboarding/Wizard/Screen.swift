internal import Credentials
internal import Secrets

/// Where the user is. Each case is a small value of its own; what leads from one to the next stands in `Wizard`.
enum Screen: Equatable {
  case pick(PickScreen)
  case before(BeforeScreen)
  case browser(BrowserScreen)
  case rename(RenameScreen)
  case step(StepScreen)
  case review(ReviewScreen)
  case checking(CheckingScreen)
  case outcome(OutcomeScreen)
}

/// Handing on to the present screen. `visit` is nil on the first screen only, which asks for none.
extension Screen {
  mutating func handle(
    _ input: Input, _ visit: inout Visit?, _ index: (any ProviderIndex)?
  ) -> Request {
    switch self {
    case .pick(var screen):
      guard let index else { return .stay }
      defer { self = .pick(screen) }
      return screen.handle(input, index)
    case .before(var screen):
      defer { self = .before(screen) }
      return screen.handle(input, visit!)
    case .browser(var screen):
      defer { self = .browser(screen) }
      return screen.handle(input, visit!)
    case .rename(var screen):
      defer { self = .rename(screen) }
      return screen.handle(input, visit!)
    case .step(var screen):
      defer { self = .step(screen) }
      return screen.handle(input, &visit!)
    case .review(var screen):
      defer { self = .review(screen) }
      return screen.handle(input, visit!)
    case .checking(let screen): return screen.handle(input)
    case .outcome(var screen):
      defer { self = .outcome(screen) }
      return screen.handle(input, visit!)
    }
  }

  func page(_ visit: borrowing Visit?) -> Page {
    switch self {
    case .pick(let screen): screen.page()
    case .before(let screen): screen.page(visit!)
    case .browser(let screen): screen.page(visit!)
    case .rename(let screen): screen.page(visit!)
    case .step(let screen): screen.page(visit!)
    case .review(let screen): screen.page(visit!)
    case .checking(let screen): screen.page(visit!)
    case .outcome(let screen): screen.page(visit!)
    }
  }

  mutating func paste(
    _ pasted: borrowing SecretBuffer, isCut: Bool, _ visit: inout Visit?,
    _ index: (any ProviderIndex)?
  ) {
    switch self {
    case .pick(var screen):
      if let index { screen.paste(pasted, index) }
      self = .pick(screen)
    case .rename(var screen):
      screen.paste(pasted)
      self = .rename(screen)
    case .step(var screen):
      screen.paste(pasted, isCut: isCut, &visit!)
      self = .step(screen)
    case .before, .browser, .review, .checking, .outcome: break
    }
  }

  /// Plain mode: a whole line for whatever has the focus.
  mutating func answer(
    _ line: borrowing SecretBuffer, _ visit: inout Visit?, _ index: (any ProviderIndex)?
  ) -> Request {
    switch self {
    case .pick(var screen):
      if let index { screen.answer(line, index) }
      self = .pick(screen)
      return .stay
    case .rename(var screen):
      defer { self = .rename(screen) }
      screen.answer(line)
      return screen.handle(.command(.activate), visit!)
    case .step(var screen):
      screen.answer(line, &visit!)
      self = .step(screen)
      return .stay
    case .before, .browser, .review, .checking, .outcome: return .stay
    }
  }

  /// Plain mode: one of the page's actions, by number.
  mutating func select(action: Int, _ visit: borrowing Visit?) {
    switch self {
    case .before(var screen):
      screen.select(action: action, visit!)
      self = .before(screen)
    case .browser(var screen):
      screen.select(action: action, visit!)
      self = .browser(screen)
    case .review(var screen):
      screen.selectAction(visit!)
      self = .review(screen)
    case .outcome(var screen):
      screen.select(action: action, visit!)
      self = .outcome(screen)
    case .pick, .rename, .step, .checking: break
    }
  }

  /// Plain mode: one row of the page's list, by number.
  mutating func select(row: Int, _ visit: borrowing Visit?) {
    switch self {
    case .pick(var screen):
      screen.select(row: row)
      self = .pick(screen)
    case .review(var screen):
      screen.select(row: row, visit!)
      self = .review(screen)
    case .before, .browser, .rename, .step, .checking, .outcome: break
    }
  }

  mutating func tick(at now: ContinuousClock.Instant) {
    switch self {
    case .step(var screen):
      screen.tick(at: now)
      self = .step(screen)
    case .checking(var screen):
      screen.tick(at: now)
      self = .checking(screen)
    case .pick, .before, .browser, .rename, .review, .outcome: break
    }
  }

  /// What the check is doing; nothing once it is not waited for any more.
  mutating func note(_ progress: CheckProgress) {
    switch self {
    case .checking(var screen):
      screen.note(progress)
      self = .checking(screen)
    case .pick, .before, .browser, .rename, .step, .review, .outcome: break
    }
  }

  /// When the screen has to change without the user doing anything.
  var deadline: ContinuousClock.Instant? {
    switch self {
    case .step(let screen): screen.reveal?.end
    case .checking(let screen): screen.deadline
    case .pick, .before, .browser, .rename, .review, .outcome: nil
    }
  }

  /// Whether keys go into a text.
  func isTyping(_ visit: borrowing Visit?) -> Bool {
    switch self {
    case .pick, .rename: true
    case .step(let screen): screen.isTyping(visit!)
    case .before, .browser, .review, .checking, .outcome: false
    }
  }
}
