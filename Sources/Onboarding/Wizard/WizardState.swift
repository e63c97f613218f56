internal import Secrets

/// Where the wizard is: choosing what to link, or on the way through one provider, which then has a screen.
///
/// What a state holds is large and lies in a place of its own, which the state alone refers to: a key that is pressed moves
/// none of it.
enum WizardState: ~Copyable {
  case choosing(Choosing)
  case linking(Visit)

  /// Choosing, and what Back led out of: going on with the same connection finds all that was typed.
  final class Choosing {
    fileprivate var screen: any ChoosingScreen
    fileprivate let left: Visit?

    init(_ screen: any ChoosingScreen, left: Visit? = nil) {
      self.screen = screen
      self.left = left
    }
  }

  /// Being on the way through a provider.
  final class Visit {
    fileprivate var session: LinkSession

    init(_ session: consuming LinkSession) { self.session = session }
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
    case .linking(let visit): visit.session.screen
    }
  }

  /// The visit that is on, or that Back led out of.
  private var visit: Visit? {
    switch self {
    case .choosing(let choosing): choosing.left
    case .linking(let visit): visit
    }
  }

  /// Asks the visit that is on, or that Back led out of; nil when there is none.
  borrowing func ask<Answer: ~Copyable>(_ question: (borrowing LinkSession) -> Answer) -> Answer? {
    guard let visit else { return nil }
    return question(visit.session)
  }

  /// Changes the visit that is on, or that Back led out of.
  @discardableResult
  mutating func change<Answer: ~Copyable>(_ body: (inout LinkSession) -> Answer) -> Answer? {
    guard let visit else { return nil }
    return body(&visit.session)
  }

  /// A screen of the visit, be it the one that Back led out of.
  mutating func show(_ screen: Screen) {
    guard let visit else { return }
    visit.session.screen = screen
    self = .linking(visit)
  }

  /// Choosing again.
  mutating func show(_ screen: any ChoosingScreen) {
    self = .choosing(Choosing(screen, left: visit))
  }
}

/// Handing on to what is shown.
extension WizardState {
  private mutating func update<Answer>(
    _ choose: (inout any ChoosingScreen) -> Answer,
    _ linking: (inout any WizardScreen, inout LinkSession) -> Answer
  ) -> Answer {
    switch self {
    case .choosing(let choosing): return choose(&choosing.screen)
    case .linking(let visit):
      var screen = visit.session.screen.current
      let answer = linking(&screen, &visit.session)
      visit.session.screen.current = screen
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
    case .linking(let visit): visit.session.screen.current.page(visit.session)
    }
  }

  var isTyping: Bool {
    switch self {
    case .choosing(let choosing): choosing.screen.isTyping
    case .linking(let visit): visit.session.screen.current.isTyping
    }
  }

  var deadline: ContinuousClock.Instant? { screen?.current.deadline }
}
