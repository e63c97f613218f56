internal import Basics
internal import CLinux
internal import CNcurses
internal import Glibc
internal import TerminalUI

/// ncurses on one terminal: the only type that calls it. Lives on the thread that made it.
@safe
struct CursesScreen: ~Copyable {
  private let screen: OpaquePointer
  private let outputFile: UnsafeMutablePointer<FILE>
  private let inputFile: UnsafeMutablePointer<FILE>
  private var buffer: UpdateBuffer

  /// Takes the terminal: alternate screen, raw line settings, application keys. `undo` goes to the supervisor first.
  init(tty: borrowing Tty) throws(TerminalError) {
    let term = Environment.value("TERM") ?? ""
    guard let output = unsafe fdopen(fcntl(tty.output, F_DUPFD_CLOEXEC, 3), "w"),
      let input = unsafe fdopen(fcntl(tty.input, F_DUPFD_CLOEXEC, 3), "r")
    else { throw SystemError.last.isOpenFileLimit ? .tooManyFiles : .noTerminal }
    do throws(TerminalError) {
      unsafe screen = try CursesScreen.open(term, output, input)
    } catch {
      unsafe fclose(output)
      unsafe fclose(input)
      throw error
    }
    unsafe outputFile = output
    unsafe inputFile = input
    // None that follows xterm has delays in what it is painted with.
    buffer = unsafe UpdateBuffer(
      descriptor: fileno(output), terminal: tty.output, holdsZeros: !CursesScreen.followsXterm)
    configure()
  }

  deinit {
    leave()
    unsafe delscreen(screen)
    unsafe fclose(outputFile)
    unsafe fclose(inputFile)
  }

  // MARK: - Painting

  var size: Size {
    unsafe Size(columns: Int(getmaxx(curses_window())), rows: Int(getmaxy(curses_window())))
  }

  /// Puts cells into ncurses' picture of the screen; nothing is written yet.
  func put(_ cells: [cchar_t], at point: Point) {
    unsafe wmove(curses_window(), Int32(point.row), Int32(point.column))
    unsafe wadd_wchnstr(curses_window(), cells, Int32(cells.count))
  }

  /// Writes the difference to what the terminal shows, in as few bytes as ncurses can and in one piece.
  ///
  /// - Parameter isHeld: the terminal is asked to show it at once, even if it does not arrive at once.
  mutating func update(cursor: Point?, isHeld: Bool) {
    if let cursor {
      unsafe wmove(curses_window(), Int32(cursor.row), Int32(cursor.column))
    }
    unsafe leaveok(curses_window(), cursor == nil)
    buffer.begin(with: isHeld ? TerminalModes.holdOn : "")
    unsafe wnoutrefresh(curses_window())
    doupdate()
    curs_set(cursor == nil ? 0 : 1)
    buffer.end(with: isHeld ? TerminalModes.holdOff : "")
  }

  /// Forgets what the terminal shows: the next update paints everything.
  func invalidate() {
    unsafe werase(curses_window())
    unsafe clearok(curses_screen(), true)
  }

  func resize(to size: Size) {
    resize_term(Int32(max(1, size.rows)), Int32(max(1, size.columns)))
    invalidate()
  }

  // MARK: - Leaving and coming back

  /// Restores the line settings and the normal screen.
  func leave() {
    buffer.release()
    // A second time it would write everything a second time.
    if !isendwin() { endwin() }
  }

  /// Makes the line settings that the terminal has now those to leave behind: somebody else has made them.
  func saveSettings() {
    buffer.release()
    def_shell_mode()
  }

  /// Takes the terminal again, whatever was done to it in between. The settings it has now are those to leave behind.
  mutating func enter() {
    // Not gathered: ncurses sets the line settings here, and takes them on its own descriptor.
    buffer.restart()
    def_shell_mode()
    unsafe clearok(curses_screen(), true)
    doupdate()
  }

  /// Takes the terminal again after a stop that left no time to give it back. Never goes through the shell's settings:
  /// what is typed at that moment would be echoed.
  mutating func retake() {
    buffer.restart()
    reset_prog_mode()
    unsafe clearok(curses_screen(), true)
    // Whatever it was: the next update hides it again if it has to.
    curs_set(1)
  }

  // MARK: - What the terminal's description says

  /// A capability's text, without the delays that terminals of the 1970s needed.
  static func capability(_ name: String) -> [UInt8]? {
    guard let text = unsafe curses_capability(name) else { return nil }
    return withoutDelays(Array(unsafe String(cString: text).utf8))
  }

  /// Whether it understands control sequences at all: everything in use does, a Wyse 50 does not.
  static var isANSI: Bool { capability("cup")?.starts(with: [0x1B, 0x5B]) ?? false }

  /// Whether it follows xterm, and so at least ignores private modes that it does not know.
  static var followsXterm: Bool { unsafe tigetflag("XT") == 1 }

  /// The keys as the terminal's description has them.
  static var keys: [[UInt8]: Key] {
    var keys: [[UInt8]: Key] = [:]
    for (name, key) in KeySequences.capabilities {
      if let sequence = capability(name), sequence.count > 2, sequence[0] == 0x1B {
        keys[sequence] = key
      }
    }
    return keys
  }

  // MARK: - Opening

  private static func refuseUseless(_ term: String) throws(TerminalError) {
    switch term {
    case "": throw .unusable(reason: "TERM is not set")
    case "dumb", "unknown": throw .unusable(reason: "TERM is \(term)")
    default: return
    }
  }

  /// A screen of ncurses' own on two files, for a terminal that can place its cursor.
  static func open(
    _ term: String, _ output: UnsafeMutablePointer<FILE>, _ input: UnsafeMutablePointer<FILE>
  ) throws(TerminalError) -> OpaquePointer {
    try refuseUseless(term)
    // Where SIGTSTP is ignored at this moment ncurses never touches it again; else it does, twice at each update.
    _ = linux_signal_ignore(SIGTSTP)
    let opened = unsafe openNamed(term, output, input)
    // newterm takes the others where they have no handler; all are read from a descriptor here.
    for number in [SIGINT, SIGTERM, SIGTSTP, SIGWINCH] { _ = linux_signal_default(number) }
    guard let screen = unsafe opened else {
      throw .unusable(reason: "nothing is known of a terminal called \(Sanitizer.clean(term))")
    }
    guard capability("cup") != nil else {
      endwin()
      unsafe delscreen(screen)
      throw .unusable(reason: "the cursor of a \(Sanitizer.clean(term)) terminal cannot be placed")
    }
    return unsafe screen
  }

  /// Opens the terminal by its name, or by an embedded entry where the system has none of that name.
  private static func openNamed(
    _ term: String, _ output: UnsafeMutablePointer<FILE>, _ input: UnsafeMutablePointer<FILE>
  ) -> OpaquePointer? {
    if let screen = unsafe newterm(term, output, input) { return unsafe screen }
    guard let entry = EmbeddedTerminfo.entry(for: term) else { return nil }
    let previous = Environment.value("TERMINFO")
    unsafe setenv("TERMINFO", entry.text, 1)
    // Not left behind for a program that is run later.
    defer {
      if let previous {
        unsafe setenv("TERMINFO", previous, 1)
      } else {
        unsafe unsetenv("TERMINFO")
      }
    }
    return unsafe newterm(entry.name, output, input)
  }

  private func configure() {
    raw()
    noecho()
    nonl()
    unsafe keypad(curses_window(), true)
    // Keys are read by our own decoder: ncurses need not look for them while it paints.
    typeahead(-1)
    unsafe scrollok(curses_window(), false)
  }

  /// Takes out `$<5>`, `$<5*/>` and the like.
  private static func withoutDelays(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text[...]
    while let byte = rest.first {
      if rest.starts(with: "$<".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
