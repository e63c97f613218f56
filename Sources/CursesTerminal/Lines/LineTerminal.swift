internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets
package import TerminalUI

/// The controlling terminal as lines of text, for screen readers, serial consoles and terminals that can do nothing else.
///
/// The kernel's own line editing is off for the whole time: it cuts a line at 4,095 bytes, and shows what is typed ahead.
/// What may be seen is echoed here instead. Keys: Enter, Backspace, Ctrl-U (erase all), Ctrl-C, Ctrl-D, Ctrl-Z.
@safe
package struct LineTerminal: ~Copyable, LineDevice {
  /// Which characters the terminal gets to see.
  package let encoding: TextEncoding

  private let signals: SignalSource
  private let tty: Tty
  private let canMarkPastes: Bool
  private let canSleep: Bool
  private var settings: LineSettings
  private var input = InputReader(decoder: KeyDecoder(), findsPastes: false)

  /// Takes the terminal; it is given back when the value goes.
  /// - Parameter canSleep: whether Ctrl-Z gives the terminal to the shell.
  package init(canSleep: Bool = true) throws(TerminalError) {
    self.canSleep = canSleep
    let tty = try Tty()
    encoding = TextEncoding.establish()
    canMarkPastes = !["", "dumb", "unknown"].contains(Environment.value("TERM") ?? "")
    settings = LineSettings(of: tty)
    signals = SignalSource()
    self.tty = tty
    acquire()
  }

  deinit {
    // The supervisor may be gone, and a shell may have the terminal already.
    SignalSource.withoutStopping { giveBack() }
  }

  /// What the terminal's character set lacks is written in its nearest form.
  package mutating func print(_ line: String) {
    tty.write(shown(line) + "\n")
  }

  /// Reads keys itself, into locked memory: the kernel's line editing would cut a line at 4,095 bytes.
  package mutating func readLine(
    _ prompt: String, echo: LineEcho, orNewsAt descriptor: Int32?
  ) -> LineInput {
    tty.write(shown(prompt))
    var line = EditedLine(echo: echo, encoding: encoding)
    while true {
      switch input.next() {
      case .key(.enter):
        // Nothing was written for the further lines of a hidden value.
        if echo != .nothing || !prompt.isEmpty { tty.write("\n") }
        return .line(line.finish())
      case .key(.control("z")):
        suspend()
        tty.write(shown(prompt))
        line.show(on: tty)
      case .key(let key):
        if let interruption = line.handle(key, on: tty) {
          tty.write("\n")
          return .interrupted(interruption)
        }
      case .paste(let paste): line.insert(paste, on: tty)
      case .unmarkedPaste(let paste): line.insert(paste, on: tty)
      case .arriving: break
      case .none:
        let ready = PollResult.wait(tty, signals, other: descriptor, until: input.decision)
        if let interruption = handle(ready) { return .interrupted(interruption) }
        if ready.other {
          tty.write("\n")
          return .news
        }
      }
    }
  }

  /// Waits for somebody else's news. What is typed meanwhile is kept for the next line; Ctrl-C interrupts.
  package mutating func wait(for descriptor: Int32) -> LineInterruption? {
    while true {
      if input.takeInterrupt() { return .interrupt }
      let ready = PollResult.wait(tty, signals, other: descriptor, until: nil)
      if let interruption = handle(ready) { return interruption }
      if ready.other { return nil }
    }
  }

  private mutating func handle(_ ready: PollResult) -> LineInterruption? {
    if ready.signal, let number = handleSignals() { return .terminated(signal: number) }
    if ready.input, !input.read(from: tty.input) {
      return tty.isInBackground ? waitForForeground() : .terminated(signal: SIGHUP)
    }
    return nil
  }

  /// Another process group has the terminal, and nobody could stop this one: its input is not ours.
  private mutating func waitForForeground() -> LineInterruption? {
    while tty.isInBackground {
      let look = ContinuousClock.now.advanced(by: .milliseconds(250))
      let ready = PollResult.wait(tty, signals, other: nil, until: look, hearsInput: false)
      if ready.signal, let number = handleSignals() { return .terminated(signal: number) }
    }
    comeBack()
    return nil
  }

  /// Handles the signals that came; returns the first that ends the program.
  private mutating func handleSignals() -> Int32? {
    while let number = signals.next() {
      switch number {
      case SIGWINCH: break
      case SIGTSTP: suspend()
      case SIGCONT: comeBack()
      default: return number
      }
    }
    return nil
  }

  // MARK: - Taking and giving back

  private mutating func suspend() {
    guard canSleep else { return }
    giveBack()
    SignalSource.stopUntilForeground(tty)
    comeBack()
  }

  private mutating func comeBack() {
    // The mark first: what the terminal has now are the settings to go back to only if nothing of ours is left in them.
    if !SharedTerminalState.shared.isTaken { settings = LineSettings(of: tty) }
    acquire()
  }

  private func acquire() {
    SharedTerminalState.shared.acquire(
      undo: canMarkPastes ? Array(TerminalModes.pasteOff.utf8) : [])
    settings.makeRaw(tty)
    if canMarkPastes { tty.write(TerminalModes.pasteOn) }
  }

  private func giveBack() {
    if canMarkPastes { tty.write(TerminalModes.pasteOff) }
    if tty.isOurs || !tty.isInBackground { settings.giveBack(tty) }
    SharedTerminalState.shared.release()
  }

  /// Text as this terminal can show it. Cleaning text that is clean changes nothing.
  private func shown(_ text: String) -> String {
    let clean = Sanitizer.clean(text, keepingLineBreaks: true)
    return encoding == .ascii ? Transliteration.ascii(clean) : clean
  }
}
