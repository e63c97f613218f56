internal import Drafts

/// The wizard together with what does its effects: what both front ends have in common.
struct WizardRunner: ~Copyable {
  /// What only a screen can do. Plain mode prints addresses whole, and has no screen to put to sleep.
  enum ScreenEffect {
    case copy(String)
    case suspend
  }

  var wizard: Wizard
  var effectRunner: EffectRunner
  /// How the session ended; nil while it is on.
  var outcome: Outcome?
  private var hasLostDraft = false

  init(
    _ wizard: consuming Wizard, dependencies: Dependencies, mailbox: Mailbox, glyphs: Glyphs
  ) {
    self.wizard = wizard
    effectRunner = EffectRunner(dependencies, mailbox: mailbox)
    self.wizard.glyphs = glyphs
  }

  /// What is to stay on the terminal: nothing unless something was stored, or is lost that was to be kept.
  borrowing func closingLines(columns: Int) -> [String] {
    let page = closingPage.map { ClosingText($0, glyphs: wizard.glyphs, columns: columns).lines }
    return (page ?? []) + loss
  }

  /// That what was typed is lost, where it was to be kept and could not be.
  var loss: [String] {
    switch outcome {
    case .left, .setUp: hasLostDraft ? [WizardRunner.lostDraft] : []
    case .linked, .interrupted, .failed, nil: []
    }
  }

  /// What is said at the end: what was stored, or how the project is; nil where nothing came of it.
  var closingPage: Page? {
    switch outcome {
    case .linked: wizard.page()
    case .setUp: wizard.survey.map { SetupScreen.closingPage(of: $0, at: wizard.options.now) }
    case .left, .interrupted, .failed, nil: nil
    }
  }

  /// To be called between events, when there is time: gets ready for what is likely to come.
  mutating func prepare() {
    effectRunner.expectCheck(outcome == nil && wizard.isCheckNear)
    effectRunner.expectLink(outcome == nil && wizard.isLinkNear)
  }

  /// Waits for what is under way, for a moment.
  mutating func finish() { hasLostDraft = !effectRunner.finish() }

  private static let lostDraft =
    "What you typed could not be kept: the store could not be written, or is used by another process."

  /// Tells the wizard what happened and does what it wants done, until it wants nothing more at once.
  mutating func send(
    _ event: consuming Event, onScreen: (ScreenEffect) -> Void = { _ in }
  ) {
    switch wizard.handle(event, at: .now) {
    case .none: break
    case .open(let slug): send(effectRunner.open(slug), onScreen: onScreen)
    case .openReplacement(let name):
      send(effectRunner.openReplacement(of: name), onScreen: onScreen)
    case .revokeFormer(let name): effectRunner.startRevocation(of: name)
    case .cancelRevocation: effectRunner.cancelRevocation()
    case .openDeclared(let name):
      if let event = effectRunner.openDeclared(name) { send(event, onScreen: onScreen) }
    case .survey:
      if let event = effectRunner.survey() { send(event, onScreen: onScreen) }
    case .refreshGuide(let slug): effectRunner.refreshGuide(slug)
    case .read(let path): send(effectRunner.read(path), onScreen: onScreen)
    case .unlock(let passphrase): send(effectRunner.unlock(passphrase), onScreen: onScreen)
    case .addReader(let recipient):
      send(effectRunner.addReader(recipient), onScreen: onScreen)
    case .check(let order):
      if let name = order.keptAs { effectRunner.saveDraft(order.submission.duplicate(), for: name) }
      effectRunner.startCheck(order.takeSubmission())
    case .cancelCheck: effectRunner.cancelCheck()
    case .save(let order): effectRunner.save(order)
    case .cancelSave: effectRunner.cancelSave()
    case .copy(let text): onScreen(.copy(text))
    case .suspend: onScreen(.suspend)
    case .saveDraft(let draft): effectRunner.saveDraft(draft)
    case .loadApplication(let name): send(effectRunner.loadApplication(name), onScreen: onScreen)
    case .link(let errand):
      if let event = effectRunner.start(errand) { send(event, onScreen: onScreen) }
    case .cancelLink: effectRunner.cancelLink()
    case .leave(let outcome, let forgetting):
      effectRunner.forget(forgetting)
      self.outcome = outcome
    }
  }
}
