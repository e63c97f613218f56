internal import Credentials
internal import TerminalUI

/// Shows the wizard on a full-screen terminal: draw, wait, handle, perform. Between events nothing runs and nothing
/// wakes up; only the checking screen, and ends that are revealed, set a deadline.
package struct WizardLoop: ~Copyable {
  private var wizard: Wizard
  private var performer: Performer
  private var outcome: Outcome?

  /// - Parameter mailbox: the terminal has to report `.mail` when its descriptor becomes readable.
  package init(
    _ wizard: consuming Wizard, surroundings: Surroundings, mailbox: Mailbox,
    glyphs: Glyphs = .unicode
  ) {
    self.wizard = wizard
    performer = Performer(surroundings, mailbox: mailbox)
    self.wizard.glyphs = glyphs
  }

  /// Runs until the user is done, leaves, or the process is told to end. A check that is still running is cancelled.
  package mutating func run<T: Terminal & ~Copyable>(on terminal: inout T) -> Outcome {
    send(.resized(terminal.size), to: &terminal)
    while true {
      if let outcome { return outcome }
      terminal.present(wizard.canvas(in: terminal.size))
      switch terminal.nextEvent(before: wizard.deadline) {
      case .key(let key): send(.key(key), to: &terminal)
      case .paste(let pasted, let isCut): send(.paste(pasted, isCut: isCut), to: &terminal)
      case .resized(let size): send(.resized(size), to: &terminal)
      case .deadline: send(.tick, to: &terminal)
      case .mail: for mail in performer.collect() { send(mail.event, to: &terminal) }
      case .terminated(let signal): outcome = .interrupted(signal: signal)
      }
      if outcome != nil { performer.cancelCheck() }
    }
  }

  private mutating func send<T: Terminal & ~Copyable>(
    _ event: consuming Event, to terminal: inout T
  ) {
    switch wizard.handle(event, at: .now) {
    case .none: break
    case .open(let slug): send(performer.open(slug), to: &terminal)
    case .read(let path): send(performer.read(path), to: &terminal)
    case .check(let submission): performer.startCheck(submission)
    case .cancelCheck: performer.cancelCheck()
    case .save(let record, let replacing): performer.save(record, replacing: replacing)
    case .copy(let text): terminal.copy(text)
    case .suspend: terminal.suspend()
    case .keepDraft(let draft, let name): performer.keep(draft, for: name)
    case .leave(let outcome, let forgetting):
      performer.forget(forgetting)
      self.outcome = outcome
    }
  }
}
