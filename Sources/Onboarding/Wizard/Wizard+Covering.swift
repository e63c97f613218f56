internal import Drafts

/// What the graph asks of the visit, and covering screens.
extension Wizard {
  var hasTypedValues: Bool { state.ask { $0.draft.hasTypedValues } ?? false }
  var needsBrowser: Bool { state.ask { $0.needsBrowser } ?? false }
  var stageCount: Int { state.ask { $0.stages.count } ?? 0 }
  var isOnePage: Bool { state.ask { $0.isOnePage } ?? false }
  var decision: Decision? { state.ask { $0.decision() } }
  /// Whether a check is what the next Enter most likely asks for: its values are all there.
  var isCheckNear: Bool {
    switch state.screen {
    case .review: state.ask { $0.reviewDecision == .check && $0.firstGap() == nil } ?? false
    case .step: isOnePage && decision == .check
    case .before, .browser, .rename, .checking, .outcome, nil: false
    }
  }

  /// Whether what was typed is to be sealed, in case the session ends early.
  var keepsTyped: Bool { options.keepsDrafts && hasTypedValues }

  /// Seals what has been accepted, if drafts are kept.
  borrowing func saveDraft() -> Effect {
    guard keepsTyped, let submission = state.ask({ $0.draft.submission() }),
      let name = state.ask({ $0.name })
    else { return .none }
    return .saveDraft(submission, name)
  }

  mutating func cover(with overlay: Overlay) {
    if self.overlay == nil { coveredScroll = scroll }
    self.overlay = overlay
    pendingLink = nil
    scroll = 0
  }

  /// A text that held more than one value waits for a choice.
  mutating func offerFound() {
    if let found = state.ask({ $0.found() }) ?? nil { cover(with: .found(found)) }
  }

  mutating func dismiss() {
    overlay = nil
    scroll = coveredScroll
  }
}
