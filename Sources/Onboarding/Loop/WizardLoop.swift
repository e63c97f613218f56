package import TerminalUI

/// Shows the wizard on a full-screen terminal: draw, wait, handle, perform. Between events nothing runs and nothing
/// wakes up; only screens that wait for an answer, and ends that are revealed, set a deadline.
package struct WizardLoop: ~Copyable {
  private var runner: WizardRunner

  /// - Parameter mailbox: the terminal has to report `.mail` when its descriptor becomes readable.
  package init(
    _ wizard: consuming Wizard, dependencies: Dependencies, mailbox: Mailbox,
    glyphs: Glyphs = .unicode, clipboard: Clipboard = .terminal
  ) {
    runner = WizardRunner(wizard, dependencies: dependencies, mailbox: mailbox, glyphs: glyphs)
    runner.wizard.clipboard = runner.wizard.allowances.contains(.clipboard) ? clipboard : .none
  }

  /// Runs until the user is done, leaves, or the process is told to end. A check that is still running is cancelled.
  package mutating func run<T: Terminal & ~Copyable>(on terminal: inout T) -> Outcome {
    send(.resized(terminal.size), to: &terminal)
    while true {
      if let outcome = runner.outcome { return outcome }
      present(on: &terminal)
      runner.prepare()
      switch terminal.nextEvent(before: runner.wizard.deadline) {
      case .key(let key): send(.key(key), to: &terminal)
      case .paste(let pasted, let isCut): send(.paste(pasted, isCut: isCut), to: &terminal)
      case .unmarkedPaste(let pasted, let isCut):
        send(.unmarkedPaste(pasted, isCut: isCut), to: &terminal)
      case .arriving(let characters): send(.arriving(characters: characters), to: &terminal)
      case .resized(let size): send(.resized(size), to: &terminal)
      case .deadline: send(.tick, to: &terminal)
      case .mail:
        for mail in runner.effectRunner.collect() {
          if let event = mail.event { send(event, to: &terminal) }
        }
      case .terminated(let signal): runner.outcome = .interrupted(signal: signal)
      }
      if runner.outcome != nil { runner.finish() }
    }
  }

  /// What the terminal should show when the full screen has gone, cleaned. No line is wider than `columns`.
  package borrowing func closingLines(columns: Int) -> [String] {
    runner.closingLines(columns: columns)
  }

  /// What a canvas shows of a secret does not outlive it here; the terminal wipes its own copy.
  private func present<T: Terminal & ~Copyable>(on terminal: inout T) {
    var canvas = runner.wizard.canvas(in: terminal.size)
    terminal.present(canvas)
    if canvas.isSensitive { canvas.wipe() }
  }

  private mutating func send<T: Terminal & ~Copyable>(
    _ event: consuming Event, to terminal: inout T
  ) {
    runner.send(event) { effect in
      switch effect {
      case .copy(let text): terminal.copy(text)
      case .suspend: terminal.suspend()
      }
    }
  }
}
