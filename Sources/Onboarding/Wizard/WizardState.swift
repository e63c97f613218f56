internal import Secrets

/// Where the wizard is: choosing a provider, or on the way through one, which then has a screen.
enum WizardState: ~Copyable {
  case picking(Picking)
  case linking(LinkSession)

  /// Choosing, and what Back led out of: going on with the same provider finds all that was typed.
  struct Picking: ~Copyable {
    var pick: PickScreen
    var left: LinkSession?
  }

  /// The screen of the visit; nil while choosing.
  var screen: Screen? {
    switch self {
    case .picking: nil
    case .linking(let visit): visit.screen
    }
  }

  /// Asks the visit that is on, or that Back led out of; nil when there is none.
  borrowing func ask<Answer: ~Copyable>(_ question: (borrowing LinkSession) -> Answer) -> Answer? {
    switch self {
    case .picking(let picking):
      switch picking.left {
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
    case .picking(var picking):
      guard var visit = picking.left.take() else {
        self = .picking(picking)
        return nil
      }
      let answer = body(&visit)
      picking.left = consume visit
      self = .picking(picking)
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
    case .picking(var picking):
      guard var visit = picking.left.take() else {
        self = .picking(picking)
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
  mutating func show(_ pick: PickScreen) {
    switch consume self {
    case .picking(var picking):
      picking.pick = pick
      self = .picking(picking)
    case .linking(let visit): self = .picking(Picking(pick: pick, left: visit))
    }
  }
}

/// Handing on to what is shown.
extension WizardState {
  private mutating func update<Answer>(
    _ choosing: (inout PickScreen) -> Answer,
    _ linking: (inout any WizardScreen, inout LinkSession) -> Answer
  ) -> Answer {
    switch consume self {
    case .picking(var picking):
      let answer = choosing(&picking.pick)
      self = .picking(picking)
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
    case .picking(let picking): picking.pick.page()
    case .linking(let visit): visit.screen.current.page(visit)
    }
  }

  var isTyping: Bool { screen?.current.isTyping ?? true }

  var deadline: ContinuousClock.Instant? { screen?.current.deadline }
}
