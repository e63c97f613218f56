internal import Drafts

/// The wizard together with what does its effects: what both front ends have in common.
struct WizardRunner: ~Copyable {
  /// What only a screen can do. Plain mode prints addresses whole, and has no screen to put to sleep.
  enum ScreenEffect {
    case copy(String)
    case suspend
  }

  var wizard: Wizard
  var performer: EffectRunner
  /// How the session ended; nil while it is on.
  var outcome: Outcome?

  init(
    _ wizard: consuming Wizard, surroundings: Dependencies, mailbox: Mailbox, glyphs: Glyphs
  ) {
    self.wizard = wizard
    performer = EffectRunner(surroundings, mailbox: mailbox)
    self.wizard.glyphs = glyphs
  }

  /// What is to stay on the terminal: nothing unless something was stored.
  borrowing func closingLines(columns: Int) -> [String] {
    guard case .linked = outcome else { return [] }
    return ClosingText(wizard.page(), glyphs: wizard.glyphs, columns: columns).lines
  }

  /// Tells the wizard what happened and does what it wants done, until it wants nothing more at once.
  mutating func send(
    _ event: consuming Event, onScreen: (ScreenEffect) -> Void = { _ in }
  ) {
    switch wizard.handle(event, at: .now) {
    case .none: break
    case .open(let slug): send(performer.open(slug), onScreen: onScreen)
    case .refreshGuide(let slug): performer.refreshGuide(slug)
    case .read(let path): send(performer.read(path), onScreen: onScreen)
    case .check(let submission, let name):
      if let name { performer.keep(submission.duplicate(), for: name) }
      performer.startCheck(submission)
    case .cancelCheck: performer.cancelCheck()
    case .save(let record, let replacing): performer.save(record, replacing: replacing)
    case .cancelSave: performer.cancelSave()
    case .copy(let text): onScreen(.copy(text))
    case .suspend: onScreen(.suspend)
    case .keepDraft(let draft, let name): performer.keep(draft, for: name)
    case .leave(let outcome, let forgetting):
      performer.forget(forgetting)
      self.outcome = outcome
    }
  }
}
