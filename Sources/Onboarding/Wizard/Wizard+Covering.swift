internal import Drafts

/// What the graph asks of the visit, and covering screens.
extension Wizard {
  var hasTypedValues: Bool {
    state.ask { $0.draft.hasTypedValues || $0.linking.holdsAccount } ?? false
  }
  /// Whether a person's consent is needed.
  var needsConsent: Bool { state.ask { $0.needsConsent } ?? false }
  /// Whether the account cannot be linked here.
  var isImpossible: Bool { state.ask { $0.isImpossible } ?? false }
  var stageCount: Int { state.ask { $0.stages.count } ?? 0 }
  var isOnePage: Bool { state.ask { $0.isOnePage } ?? false }
  var decision: Decision? { state.ask { $0.decision() } }
  /// Whether a check is what the next Enter most likely asks for: its values are all there.
  var isCheckNear: Bool {
    switch state.screen {
    case .review: state.ask { $0.reviewDecision == .check && $0.firstGap() == nil } ?? false
    case .step: isOnePage && decision == .check
    case .before, .browser, .rename, .end, .checking, .outcome, .rights, .consent, .refreshToken,
      .choose, .linking, nil:
      false
    }
  }
  /// The same for what a link takes.
  var isLinkNear: Bool {
    switch state.screen {
    case .rights, .consent, .refreshToken, .choose: true
    case .step(let step):
      needsConsent && !isImpossible && state.ask { $0.route.last == step.stage } ?? false
    case .before, .browser, .rename, .review, .end, .checking, .outcome, .linking, nil: false
    }
  }

  /// Whether what was typed is to be sealed, in case the session ends early.
  var keepsTyped: Bool { options.keepsDrafts && hasTypedValues }

  /// Seals what has been accepted, if drafts are kept.
  borrowing func saveDraft() -> Effect {
    guard let draft = keptDraft() else { return .none }
    return .saveDraft(draft)
  }

  /// What has been accepted, if drafts are kept and there is anything.
  borrowing func keptDraft() -> KeptDraft? {
    guard keepsTyped, let submission = state.ask({ $0.draft.submission() }),
      let name = state.ask({ $0.name })
    else { return nil }
    return KeptDraft(submission, for: name)
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
