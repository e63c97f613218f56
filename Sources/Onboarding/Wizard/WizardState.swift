internal import Secrets

/// Where the wizard is: choosing what to link, or on the way through one provider, which then has a screen.
enum WizardState: ~Copyable {
  case choosing(Choosing)
  case linking(LinkSession)

  /// Choosing, and what Back led out of: going on with the same connection finds all that was typed.
  struct Choosing: ~Copyable {
    var screen: any ChoosingScreen
    var left: LinkSession?
  }

  /// Whether it is being chosen what to link.
  var isChoosing: Bool {
    switch self {
    case .choosing: true
    case .linking: false
    }
  }

  /// The screen of the visit; nil while choosing.
  var screen: Screen? {
    switch self {
    case .choosing: nil
    case .linking(let visit): visit.screen
    }
  }

  /// Asks the visit that is on, or that Back led out of; nil when there is none.
  borrowing func ask<Answer: ~Copyable>(_ question: (borrowing LinkSession) -> Answer) -> Answer? {
    switch self {
    case .choosing(let choosing):
      switch choosing.left {
      case .some(let visit): question(visit)
      case .none: nil
      }
    case .linking(let visit): question(visit)
    }
  }

  /// Changes the visit that is on, or that Back led out of.
  @discardableResult
  mutating func change<Answer: ~Copyable>(_ body: (inout LinkSession) -> Answer) -> Answer? {
    switch consume self {
    case .choosing(var choosing):
      guard var visit = choosing.left.take() else {
        self = .choosing(choosing)
        return nil
      }
      let answer = body(&visit)
      choosing.left = consume visit
      self = .choosing(choosing)
      return answer
    case .linking(var visit):
      let answer = body(&visit)
      self = .linking(visit)
      return answer
    }
  }

  /// A screen of the visit, be it the one that Back led out of.
  mutating func show(_ screen: Screen) {
    switch consume self {
    case .choosing(var choosing):
      guard var visit = choosing.left.take() else {
        self = .choosing(choosing)
        return
      }
      visit.screen = screen
      self = .linking(visit)
    case .linking(var visit):
      visit.screen = screen
      self = .linking(visit)
    }
  }

  /// Choosing again.
  mutating func show(_ screen: any ChoosingScreen) {
    switch consume self {
    case .choosing(var choosing):
      choosing.screen = screen
      self = .choosing(choosing)
    case .linking(let visit): self = .choosing(Choosing(screen: screen, left: visit))
    }
  }
}

/// Handing on to what is shown.
extension WizardState {
  private mutating func update<Answer>(
    _ choose: (inout any ChoosingScreen) -> Answer,
    _ linking: (inout any WizardScreen, inout LinkSession) -> Answer
  ) -> Answer {
    switch consume self {
    case .choosing(var choosing):
      let answer = choose(&choosing.screen)
      self = .choosing(choosing)
      return answer
    case .linking(var visit):
      var screen = visit.screen.current
      let answer = linking(&screen, &visit)
      visit.screen.current = screen
      self = .linking(visit)
      return answer
    }
  }

  mutating func handle(_ input: Input) -> Request {
    update({ $0.handle(input) }, { $0.handle(input, &$1) })
  }

  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) -> Request {
    update({ $0.receive(text, origin) }, { $0.receive(text, origin, &$1) })
  }

  mutating func showArriving(_ characters: Int) {
    update({ _ in }, { screen, _ in screen.showArriving(characters) })
  }

  mutating func select(_ control: NumberedControl) {
    update({ $0.select(control) }, { $0.select(control, $1) })
  }

  mutating func tick(at now: ContinuousClock.Instant) {
    update({ _ in }, { screen, _ in screen.tick(at: now) })
  }

  /// What a provider could not be opened for.
  mutating func report(_ notice: Notice) { update({ $0.report(notice) }, { _, _ in }) }

  func page() -> Page {
    switch self {
    case .choosing(let choosing): choosing.screen.page()
    case .linking(let visit): visit.screen.current.page(visit)
    }
  }

  var isTyping: Bool {
    switch self {
    case .choosing(let choosing): choosing.screen.isTyping
    case .linking(let visit): visit.screen.current.isTyping
    }
  }

  var deadline: ContinuousClock.Instant? { screen?.current.deadline }
}
