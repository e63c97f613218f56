import BenchmarkProbe
import CLinux
import Glibc
import TestSupport

/// A program on a terminal of its own. What it writes is stamped when it is read and looked at later, so that the
/// emulated screen costs the measured program nothing.
final class TerminalRun {
  private static let columns = 80
  private static let rows = 24

  /// Everything written since the start.
  private(set) var output: [UInt8] = []
  /// How much of it each read brought, and when.
  private var reads: [(end: Int, time: ContinuousClock.Instant)] = []
  /// When the last of them were read.
  private(set) var lastRead = ContinuousClock.now
  /// When the program was started.
  let started: ContinuousClock.Instant
  let process: Int32

  private let device: TerminalDevice
  private var screen = ScreenEmulator(columns: columns, rows: rows)
  /// How much of `output` the screen has seen.
  private var fed = 0
  private var isClosed = false
  private var isOver = false

  init(_ command: Command, in workspace: Workspace) throws(Unmeasured) {
    guard let device = TerminalDevice(columns: TerminalRun.columns, rows: TerminalRun.rows) else {
      throw Unmeasured(reason: "there is no pseudo terminal")
    }
    self.device = device
    if workspace.isRoot {
      unsafe chown(device.path, uid_t(workspace.user), gid_t(workspace.user))
    }
    device.doNotBlock()
    started = .now
    process = try Launch.start(command, as: workspace.user, terminal: device.path)
  }

  deinit { if !isOver { _ = end() } }

  // MARK: - Waiting

  /// Waits for bytes that stand together in the output, for one text or another. Milliseconds since the start.
  func wait(forBytes texts: String..., seconds: Double = 30) throws(Unmeasured) -> Double {
    let wanted = texts.map { Array($0.utf8) }
    let longest = wanted.map(\.count).max() ?? 0
    var searched = 0
    try wait(for: texts.joined(separator: "” or “"), seconds: seconds) {
      defer { searched = max(0, self.output.count - longest) }
      return wanted.contains { self.output.contains($0, from: searched) }
    }
    return milliseconds(since: started, to: lastRead)
  }

  /// Waits for a text on the screen. Milliseconds since the start.
  @discardableResult
  func wait(for text: String, seconds: Double = 30) throws(Unmeasured) -> Double {
    try wait(for: text, seconds: seconds) { self.shows(text) }
    return milliseconds(since: started, to: lastRead)
  }

  /// Whether the screen shows a text.
  func shows(_ text: String) -> Bool {
    screen.feed(output[fed...])
    fed = output.count
    return screen.text.contains(text)
  }

  private func wait(for text: String, seconds: Double, until isMet: () -> Bool) throws(Unmeasured) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !isMet() {
      let left = milliseconds(since: .now, to: deadline)
      guard !isClosed, left > 0, poll(for: Int16(POLLIN), Int32(left) + 1) != nil else {
        throw Unmeasured(reason: "the screen never showed “\(text)”\(lastLine)")
      }
      readAll()
    }
  }

  private var lastLine: String {
    _ = shows("")
    let line = screen.lines.first { !$0.allSatisfy { $0 == " " } }
    return line.map { ", but: \($0)" } ?? ""
  }

  /// Reads until nothing was written, and nothing typed is left unread, for so many milliseconds.
  func settle(_ quiet: Int32, seconds: Double = 120) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !isClosed, ContinuousClock.now < deadline {
      if poll(for: Int16(POLLIN), quiet) != nil {
        readAll()
      } else if device.pendingInput <= 0 {
        return
      }
    }
  }

  /// Goes through what the screen has not seen yet, as it was read: when a text was on the screen for the first time.
  func firstShown(_ text: String) throws(Unmeasured) -> ContinuousClock.Instant {
    for read in reads where read.end > fed {
      screen.feed(output[fed..<read.end])
      fed = read.end
      if screen.text.contains(text) { return read.time }
    }
    throw Unmeasured(reason: "the screen never showed “\(text)”\(lastLine)")
  }

  // MARK: - Acting

  func press(_ text: String) { press(Array(text.utf8)) }

  /// Types bytes, and reads meanwhile: both directions have little room.
  func press(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty, !isClosed {
      let written = device.write(rest.prefix(4096))
      rest = rest.dropFirst(written)
      if rest.isEmpty { return }
      guard let ready = poll(for: Int16(POLLIN | POLLOUT), 60_000) else { return }
      if ready & Int16(POLLIN) != 0 { readAll() }
    }
  }

  /// Types a key and waits for what it changes. Milliseconds to the last byte of it.
  func key(_ text: String, quiet: Int32 = 3, seconds: Double = 60) throws(Unmeasured) -> Double {
    let before = output.count
    let pressed = ContinuousClock.now
    press(text)
    let deadline = pressed + .seconds(seconds)
    while output.count == before {
      guard !isClosed, ContinuousClock.now < deadline else {
        throw Unmeasured(reason: "a key changed nothing on the screen")
      }
      if poll(for: Int16(POLLIN), 1000) != nil { readAll() }
    }
    while poll(for: Int16(POLLIN), quiet) != nil, !isClosed { readAll() }
    return milliseconds(since: pressed, to: lastRead)
  }

  // MARK: - Ending

  /// Kills the program with all its processes where it stands, so that an orderly end is not in the figures.
  /// Milliseconds on a processor of them all.
  func end() -> Double {
    let all = [process] + PseudoTerminal.descendants(of: process)
    for process in all { kill(process, SIGKILL) }
    isOver = true
    device.close()
    return all.reduce(0) { $0 + (Launch.wait(for: $1)?.processor ?? 0) }
  }

  /// Asks the program to end, so that a tool that counts can say what it has counted.
  func terminate() {
    let below = PseudoTerminal.descendants(of: process)
    for process in below.isEmpty ? [process] : below { kill(process, SIGTERM) }
    while !isClosed, poll(for: Int16(POLLIN), 30_000) != nil { readAll() }
    device.close()
    isClosed = true
    if Launch.isOver(process, within: 30_000) {
      _ = Launch.wait(for: process)
      isOver = true
    } else {
      _ = end()
    }
  }

  // MARK: - Bytes

  private func poll(for events: Int16, _ timeout: Int32) -> Int16? {
    var watched = pollfd(fd: device.file, events: events, revents: 0)
    guard unsafe Glibc.poll(&watched, 1, timeout) > 0 else { return nil }
    return watched.revents
  }

  private func readAll() {
    while true {
      switch device.read() {
      case .nothing: return
      case .end:
        isClosed = true
        return
      case .bytes(let bytes):
        lastRead = .now
        output += bytes
        reads.append((output.count, lastRead))
      }
    }
  }
}

extension [UInt8] {
  /// Whether some bytes stand in these, from a place on.
  fileprivate func contains(_ wanted: [UInt8], from start: Int) -> Bool {
    guard count - start >= wanted.count else { return false }
    return unsafe self[start...].withUnsafeBytes { bytes in
      unsafe wanted.withUnsafeBytes { wanted in
        unsafe probe_contains(bytes.baseAddress, bytes.count, wanted.baseAddress, wanted.count) != 0
      }
    }
  }
}
