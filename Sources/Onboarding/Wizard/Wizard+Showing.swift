internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests

/// How a screen is put up, and where on it a link, a search or a way back leads.
extension Wizard {
  mutating func show(_ screen: Screen) {
    state.show(screen)
    startOver()
  }

  /// Nothing that was of use on the screen before is on this one.
  mutating func startOver() {
    overlay = nil
    finder = nil
    pendingLink = nil
    jumps = []
    scroll = 0
    sideways = [:]
  }

  mutating func showStep(
    _ stage: Int, focus: Field.ID? = nil, returnsToReview: Bool = false
  ) {
    if let step = stepScreen(stage, focus: focus, returnsToReview: returnsToReview) {
      show(.step(step))
    }
  }

  mutating func showReview(_ notice: Notice? = nil) {
    if let review = state.ask({ ReviewScreen($0, notice: notice) }) { show(.review(review)) }
  }

  /// From a step to the one that a link leads to. Back leads here again.
  mutating func jump(from step: StepScreen, to stage: Int) {
    let origins = jumps + [StepPlace(step: step, scroll: scroll, sideways: sideways)]
    showStep(stage, returnsToReview: step.returnsToReview)
    jumps = origins
  }

  /// A step as it was left. A search that is on stays on.
  mutating func restore(_ origin: StepPlace) {
    state.show(.step(origin.step))
    scroll = origin.scroll
    sideways = origin.sideways
  }

  /// The step of a match, for a search that began elsewhere.
  mutating func show(stage: Int, from origin: StepPlace) {
    if case .step(let step) = state.screen, step.stage == stage { return }
    scroll = 0
    sideways = [:]
    if stage == origin.step.stage {
      state.show(.step(origin.step))
    } else if let step = stepScreen(stage, focus: nil, returnsToReview: origin.step.returnsToReview)
    {
      state.show(.step(step))
    }
  }

  private func stepScreen(_ stage: Int, focus: Field.ID?, returnsToReview: Bool) -> StepScreen? {
    state.ask { StepScreen(stage, focus: focus, returnsToReview: returnsToReview, $0) }
  }

  mutating func ask(_ purpose: LeaveSheet.Purpose) {
    var sheet = LeaveSheet(
      for: purpose, keepsDraft: options.keepsDrafts, isOneOfSeveral: survey != nil)
    sheet.error = draftError
    cover(with: .leave(sheet))
  }
}
