internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets
package import TerminalUI

/// The full screen on the controlling terminal, by ncurses. Make it before the first task or thread (see `SignalSource`)
/// and keep it on the thread that made it; the terminal is given back when the value goes.
///
/// Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-Q arrive as keys. SIGTSTP suspends, SIGCONT repaints; SIGWINCH becomes `.resized`; every
/// other signal that would end the program becomes `.terminated`.
package struct CursesSession: ~Copyable, Terminal {
  /// Rows that change at once from which on the terminal is asked to show them together.
  private static let rowsWorthHolding = 6

  /// Of the window, in cells.
  package private(set) var size: Size
  /// Which characters the terminal gets to see; the wizard's own signs have a spelling for each.
  package let encoding: TextEncoding
  /// What becomes of text that is copied.
  package let clipboard: Clipboard

  // Given back in this order: first the screen, then the signals.
  private var screen: CursesScreen
  private let signals: SignalSource
  private let tty: Tty
  private let mailbox: Int32?
  private let undo: [UInt8]
  private let isANSI: Bool
  private let holdsUpdates: Bool
  private var input: InputReader
  private var painter: Painter
  /// A canvas that is painted as soon as no more input waits.
  private var deferred: Canvas?
  private var cursor: Point?
  /// Whether the screen shows a part of a secret.
  private var isSensitive = false
  private var isResizePending = false
  /// Whether another process group has the terminal: nothing is read or painted until it is back.
  private var isAway = false
  /// Whether the terminal was given back before that.
  private var wasLeft = false
  /// How often to look whether it is back; nobody tells.
  private static let awayInterval = Duration.milliseconds(250)

  /// Takes the terminal.
  ///
  /// - Parameter mailbox: a descriptor that becomes readable when another thread has news. Whoever collects them makes
  ///   it unreadable again; until then `.mail` is reported.
  /// - Throws: `TerminalError.unusable` where only plain lines work, `.noTerminal` where nothing does.
  package init(mailbox: Int32? = nil) throws(TerminalError) {
    let tty = try Tty()
    let signals = SignalSource()
    let encoding = TextEncoding.establish()
    let screen = try CursesSession.openScreen(on: tty)
    let undo = TerminalModes.undoFullScreen
    SharedTerminalState.shared.acquire(undo: undo)
    let size = tty.windowSize() ?? screen.size
    screen.resize(to: size)
    self.size = size
    self.encoding = encoding
    self.undo = undo
    isANSI = CursesScreen.isANSI
    clipboard = isANSI ? Clipboard() : .none
    holdsUpdates = CursesScreen.followsXterm
    input = InputReader(decoder: KeyDecoder(keys: KeySequences(described: CursesScreen.keys)))
    // no-color.org: set to anything but nothing.
    let allowsColor = (Environment.value("NO_COLOR") ?? "").isEmpty
    painter = Painter(
      theme: Theme(allowsColor: allowsColor), encoding: encoding, size: size)
    self.mailbox = mailbox
    self.screen = screen
    self.signals = signals
    self.tty = tty
    claimInput()
  }

  /// What is switched on beyond what ncurses knows of.
  private func claimInput() {
    if isANSI { tty.write(TerminalModes.pasteOn) }
    if holdsUpdates { tty.write(TerminalModes.plainKeys) }
  }

  private static func openScreen(on tty: borrowing Tty) throws(TerminalError) -> CursesScreen {
    // Before the first change, although what undoes it exactly is known only after.
    SharedTerminalState.shared.acquire(undo: TerminalModes.undoUnknown)
    do throws(TerminalError) {
      return try CursesScreen(tty: tty)
    } catch {
      SharedTerminalState.shared.release()
      throw error
    }
  }

  deinit {
    // The supervisor may be gone, and a shell may have the terminal already.
    SignalSource.withoutStopping { giveBack() }
  }

  private func giveBack() {
    if isANSI { tty.write(TerminalModes.pasteOff) }
    if tty.isInBackground && !tty.isOurs { screen.saveSettings() }
    screen.leave()
    SharedTerminalState.shared.release()
  }

  // MARK: - Painting

  /// Shows a canvas, at once or after the input that already waits. A canvas that is sensitive is painted over
  /// completely by the next one that is not, so that its text stays neither in ncurses nor here.
  package mutating func present(_ canvas: borrowing Canvas) {
    input.goesIntoText = canvas.cursor != nil
    if input.hasPending || isAway {
      if deferred?.isSensitive == true { deferred?.wipe() }
      deferred = copy canvas
    } else {
      paint(canvas)
    }
  }

  private mutating func paint(_ canvas: borrowing Canvas) {
    deferred = nil
    if isSensitive && !canvas.isSensitive { startOver() }
    isSensitive = canvas.isSensitive
    var changes = painter.changes(to: canvas)
    for change in changes { screen.put(change.cells, at: change.start) }
    if isSensitive { for index in changes.indices { changes[index].wipe() } }
    cursor = canvas.cursor.flatMap { isInside($0) ? $0 : nil }
    screen.update(
      cursor: cursor, isHeld: holdsUpdates && changes.count >= CursesSession.rowsWorthHolding)
  }

  private func isInside(_ point: Point) -> Bool {
    (0..<size.columns).contains(point.column) && (0..<size.rows).contains(point.row)
  }

  private mutating func startOver() {
    screen.invalidate()
    painter.forget()
    painter.startOver(size: size)
  }

  // MARK: - Events

  /// A new size comes first, then what was typed, then signals, mail and the deadline. In the background nothing is
  /// read: what is typed there belongs to another process.
  package mutating func nextEvent(before deadline: ContinuousClock.Instant?) -> TerminalEvent {
    while true {
      if isResizePending {
        isResizePending = false
        return .resized(size)
      }
      switch input.next() {
      case .key(let key): return .key(key)
      case .paste(let paste):
        let isCut = paste.isCut
        return .paste(paste.contents(), isCut: isCut)
      case .unmarkedPaste(let paste):
        let isCut = paste.isCut
        return .unmarkedPaste(paste.contents(), isCut: isCut)
      case .arriving(let characters): return .arriving(characters: characters)
      case .none: break
      }
      if isAway { comeBackIfAllowed() }
      if let canvas = deferred, !isAway { paint(canvas) }
      let look = isAway ? ContinuousClock.now.advanced(by: CursesSession.awayInterval) : nil
      let end = [deadline, input.decision, look].compactMap(\.self).min()
      let ready = PollResult.wait(tty, signals, other: mailbox, until: end, hearsInput: !isAway)
      if ready.signal, let ending = handleSignals() { return .terminated(signal: ending) }
      if ready.input, !input.read(from: tty.input) {
        guard tty.isInBackground else { return .terminated(signal: SIGHUP) }
        isAway = true
      }
      if ready.input || ready.signal { continue }
      if ready.other { return .mail }
      if let deadline, deadline <= .now { return .deadline }
    }
  }

  /// Handles the signals that came; returns the first that ends the session.
  private mutating func handleSignals() -> Int32? {
    while let number = signals.next() {
      switch number {
      case SIGWINCH: resize()
      case SIGTSTP: suspend()
      case SIGCONT: if tty.isInBackground { isAway = true } else { comeBack() }
      default: return number
      }
    }
    return nil
  }

  private mutating func resize() {
    guard let new = tty.windowSize(), new != size else { return }
    size = new
    screen.resize(to: new)
    painter.startOver(size: new)
    deferred = nil
    isResizePending = true
  }

  // MARK: - Suspending

  /// Returns once the process group is continued. Where that happened in the background, the terminal is taken again
  /// when it comes to the foreground.
  package mutating func suspend() {
    leave()
    SignalSource.stopUntilForeground(tty)
    guard !tty.isInBackground else {
      isAway = true
      wasLeft = true
      return
    }
    enter()
  }

  /// Continued in the background, where nobody could stop it: waits for the terminal as for any other news.
  private mutating func comeBackIfAllowed() {
    guard !tty.isInBackground else { return }
    isAway = false
    if wasLeft { enter() } else { comeBack() }
    wasLeft = false
  }

  /// After a stop that could not be caught: the shell, or the supervisor, had the terminal meanwhile.
  private mutating func comeBack() {
    SharedTerminalState.shared.acquire(undo: undo)
    screen.retake()
    if let alternateScreen = CursesScreen.capability("smcup") { tty.write(alternateScreen) }
    showAgain()
  }

  private func leave() {
    if isANSI { tty.write(TerminalModes.pasteOff) }
    screen.leave()
    SharedTerminalState.shared.release()
  }

  private mutating func enter() {
    // The mark comes first: from here on the supervisor must not take the settings for the shell's.
    SharedTerminalState.shared.acquire(undo: undo)
    screen.enter()
    showAgain()
  }

  private mutating func showAgain() {
    claimInput()
    resize()
    if !isResizePending { screen.update(cursor: cursor, isHeld: false) }
  }

  // MARK: - Clipboard

  /// Does nothing where the terminal is known to take no text, or not as much.
  package mutating func copy(_ text: String) {
    guard clipboard.takes(text) else { return }
    let content = String(decoding: Base64.padded.encode(text.utf8), as: UTF8.self)
    tty.write("\u{1B}]52;c;\(content)\u{07}")
    // A multiplexer of another version may take less and write the rest over the page.
    if clipboard == .screen { startOver() }
  }
}
