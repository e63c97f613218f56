internal import CLinux
internal import FoundationEssentials
internal import Glibc

/// A program on a terminal of its own: a session with a controlling terminal, a screen to look at, keys to press.
///
/// Nothing sleeps: every wait ends with output or the program's end. A minute and a half without either is a failure.
package final class PseudoTerminal {
  /// Longer than any of the programs takes for anything: a passphrase twice, unoptimized, beside work of all kinds.
  private static let patience: Int32 = 90_000

  package private(set) var screen: ScreenEmulator
  /// Every byte that was written, and how many reads it took.
  package private(set) var output: [UInt8] = []
  package private(set) var isClosed = false
  package let process: Int32
  /// The line settings before the program started.
  package let initialSettings: [UInt32]
  private let device: TerminalDevice
  private var status: Int32?

  /// Starts a program as the leader of a new session. Nil where there is no pseudo terminal or no such program.
  package init?(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24
  ) {
    guard let device = TerminalDevice(columns: columns, rows: rows) else { return nil }
    let settings = PseudoTerminal.settings(of: device.file)
    let defaults = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    let process = Spawn.start(
      program, arguments, environment: defaults.merging(environment) { $1 }.filter { $1 != "-" },
      descriptors: [:], terminal: device.path)
    guard let process else { return nil }
    initialSettings = settings
    self.process = process
    self.device = device
    screen = ScreenEmulator(columns: columns, rows: rows)
  }

  /// A session that is still there is ended, as by closing the window.
  deinit {
    device.close()
    if status == nil {
      kill(process, SIGKILL)
      _ = Spawn.wait(for: process)
    }
  }

  // MARK: - Acting

  package func type(_ text: String) { type(Array(text.utf8)) }

  /// Writes bytes as the terminal's user, and reads meanwhile: both directions have little room.
  package func type(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let ready = poll(for: POLLIN | POLLOUT) else { return }
      if ready & POLLIN != 0 { readOnce() }
      if ready & POLLOUT != 0 {
        rest = rest.dropFirst(device.write(rest.prefix(1024)))
      }
    }
  }

  /// Types on a terminal that is behind: what the program has written waits meanwhile. False where nothing does.
  package func typeUnread(_ text: String) -> Bool {
    guard let ready = poll(for: POLLIN), ready & POLLIN != 0 else { return false }
    return device.write(Array(text.utf8)[...]) == text.utf8.count
  }

  package func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    device.resize(columns: columns, rows: rows)
  }

  /// The line settings, as numbers that can be compared.
  package var settings: [UInt32] { PseudoTerminal.settings(of: device.file) }

  private static func settings(of descriptor: Int32) -> [UInt32] {
    var settings = termios()
    unsafe tcgetattr(descriptor, &settings)
    return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
  }

  /// Opens the terminal as a second program, such as the shell that waits behind the first one. The caller closes it.
  package func openAnother() -> Int32 {
    unsafe linux_open(device.path, O_RDWR | O_NOCTTY | O_CLOEXEC, 0)
  }

  /// Waits until something was typed that no program has read yet.
  package static func waitForInput(on terminal: Int32) -> Bool {
    var watched = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    return unsafe Glibc.poll(&watched, 1, patience) == 1
  }

  /// How many bytes that are.
  package static func pendingInput(on terminal: Int32) -> Int {
    Int(linux_pending_input(terminal))
  }

  /// What a program left behind that the next one would suffer from; empty when the terminal is as it was.
  package var damage: [String] {
    // Cursor shown, lines wrapped, and screen's own name for a visible cursor: on is as it should be.
    let usual: Set = ["?25", "?7", "34"]
    var damage = screen.modes.filter { !usual.contains($0.key) && $0.value }.map(\.key)
    if !screen.isOn("?25") { damage.append("cursor hidden") }
    if screen.isKeypadApplication { damage.append("keypad") }
    if screen.hasRendition { damage.append("colours or attributes") }
    if settings != initialSettings { damage.append("line settings") }
    return damage
  }

  /// The program's children.
  package var children: [Int32] { PseudoTerminal.children(of: process) }

  /// Whichever of its threads started them.
  package static func children(of process: Int32) -> [Int32] {
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task"))
    return (threads ?? []).flatMap { thread in
      let list = TextFile.read("/proc/\(process)/task/\(thread)/children") ?? []
      return String(decoding: list, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
    }
  }

  /// The children of a process, theirs, and so on.
  package static func descendants(of process: Int32) -> [Int32] {
    children(of: process).flatMap { [$0] + descendants(of: $0) }
  }

  /// Closes the window: the program loses its terminal.
  package func hangUp() {
    device.close()
    isClosed = true
  }

  /// Waits until a process that need not be ours has ended. False when it is still there after half a minute.
  package static func waitForEnd(of process: Int32) -> Bool {
    let descriptor = linux_pidfd_open(process)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe Glibc.poll(&watched, 1, patience) == 1
  }

  /// The process group that has the terminal.
  package var foregroundGroup: Int32 { tcgetpgrp(device.file) }

  // MARK: - Waiting

  /// Waits until the screen meets a condition. False when the program ended or fell silent before.
  package func wait(until isMet: (ScreenEmulator) -> Bool) -> Bool {
    while !isMet(screen) {
      guard !isClosed, let ready = poll(for: POLLIN) else { return false }
      if ready & (POLLIN | POLLHUP) != 0 { readOnce() }
    }
    return true
  }

  package func wait(for text: String) -> Bool { wait { $0.text.contains(text) } }

  /// Reads to the end of the output and returns the exit code, or 128 and the signal that ended the program.
  package func waitForEnd() -> Int32? {
    if let status { return status }
    _ = wait { _ in false }
    guard isClosed else { return nil }
    let status = Spawn.wait(for: process)
    self.status = status
    return status
  }

  private func poll(for events: Int32) -> Int32? {
    var descriptor = pollfd(fd: device.file, events: Int16(events), revents: 0)
    guard unsafe Glibc.poll(&descriptor, 1, PseudoTerminal.patience) > 0 else { return nil }
    return Int32(descriptor.revents)
  }

  private func readOnce() {
    switch device.read() {
    case .nothing: break
    case .end: isClosed = true
    case .bytes(let bytes):
      output += bytes
      screen.feed(bytes)
    }
  }
}
