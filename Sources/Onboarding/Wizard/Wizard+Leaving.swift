internal import Connections
internal import Drafts

/// Ways out, and what is asked before. Part of the graph of screens.
extension Wizard {
  /// Asks first when something would be lost. A running check is ended before, for it can be made again; a code that is
  /// being redeemed is good once, so that goes on behind the question.
  mutating func askToLeave(at now: ContinuousClock.Instant) -> Effect {
    if case .leave = overlay { return .leave(outcome()) }
    if case .checking(let screen) = state.screen, screen.phase == .storing {
      return screen.givenUp == .leave ? .leave(outcome()) : giveUpStoring(.leave)
    }
    if case .checking(let screen) = state.screen, screen.isRevoking { return .leave(outcome()) }
    var wasChecking = false
    if case .checking = state.screen {
      showReview(Notice(.note, "The check was cancelled. Nothing was stored."))
      wasChecking = true
    }
    guard hasTypedValues, !isKeptByLeaving else { return .leave(outcome()) }
    ask(.leaving)
    return wasChecking ? .cancelCheck : .none
  }

  mutating func forget() -> Effect {
    state.change { $0.startAfresh() }
    return .leave(outcome(), forgetting: state.ask { $0.name })
  }

  /// The store is not waited for any longer. What was stored in the meantime is: its answer decides.
  mutating func giveUpStoring(_ way: CheckingScreen.WayOut) -> Effect {
    guard case .checking(var screen) = state.screen, screen.phase == .storing else { return .none }
    screen.giveUp(way)
    state.show(.checking(screen))
    return .cancelSave
  }
}
