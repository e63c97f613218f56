internal import Credentials
internal import Guides

/// What the graph is made of: showing screens, and covering them.
extension Wizard {
  var hasTypedValues: Bool { visit?.hasTypedValues() ?? false }

  mutating func show(_ screen: Screen) {
    self.screen = screen
    overlay = nil
    finder = nil
    pendingLink = nil
    jumps = []
    scroll = 0
    sideways = [:]
  }

  mutating func showStart() {
    let isFirst = index == nil
    let needsBrowser = visit?.needsBrowser() ?? false
    show(
      needsBrowser
        ? .browser(BrowserScreen(isFirst: isFirst)) : .before(BeforeScreen(isFirst: isFirst)))
  }

  mutating func showStep(
    _ stage: Int, focus: Field.ID? = nil, returnsToReview: Bool = false
  ) {
    guard let step = visit?.step(stage, focus: focus, returnsToReview: returnsToReview) else {
      return
    }
    show(.step(step))
  }

  mutating func showReview(_ notice: Notice? = nil) {
    guard let review = visit?.review(notice) else { return }
    show(.review(review))
  }

  /// Seals what has been accepted, if drafts are kept.
  borrowing func keepDraft() -> Effect {
    guard options.keepsDrafts, hasTypedValues, let submission = visit?.submission(),
      let name = visit?.currentName()
    else { return .none }
    return .keepDraft(submission, name)
  }

  mutating func cover(with overlay: Overlay) {
    if self.overlay == nil { coveredScroll = scroll }
    self.overlay = overlay
    pendingLink = nil
    scroll = 0
  }

  mutating func dismiss() {
    overlay = nil
    scroll = coveredScroll
  }
}
