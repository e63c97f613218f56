import CLinux
import CursesTerminal
import Secrets
import TerminalUI

/// One masked field on a full screen: what is typed, how much of it there is, what happened last.
///
/// Control-D ends with 0, Control-C with 3, Control-E leaves at once with 7, Control-F fails, Control-Z suspends,
/// Control-P makes it hang, Control-O makes it paint without end, Control-G lends the terminal to a child until that has
/// read a line,
/// Control-T asks to be woken in ten milliseconds, Control-N posts to its own mailbox,
/// Control-R shows the last two characters, Control-Y copies an address, Control-K shows a checksum of everything typed.
struct Form: ~Copyable {
  private var secret = SecretBuffer(capacity: SecretBuffer.fileCapacity)
  private var characters = 0
  private var isRevealing = false
  private var isSummed = false
  private var isStuck = false
  private var isFlooding = false
  private var last = "none"
  private var deadline: ContinuousClock.Instant?
  private let mailbox: Int32

  init(mailbox: Int32) { self.mailbox = mailbox }

  /// The exit code, or the signal that ended it as a negative number.
  mutating func run(on session: inout CursesSession) -> Int32 {
    while true {
      session.present(canvas(session.size))
      if isStuck { pause() }
      while isFlooding {
        characters += 1
        last = String(repeating: "\(characters % 10)", count: 60)
        session.present(canvas(session.size))
      }
      switch session.nextEvent(before: deadline) {
      case .key(let key):
        if let code = handle(key, on: &session) { return code }
      case .unmarkedPaste(let text, let isCut):
        append(text)
        last = isCut ? "cut paste" : "paste"
      case .paste(let text, let isCut):
        append(text)
        last = isCut ? "cut paste" : "paste"
      case .arriving: break
      case .resized(let size): last = "resized \(size.columns)x\(size.rows)"
      case .mail:
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(mailbox, &count)
        last = "mail"
      case .deadline:
        deadline = nil
        last = "deadline"
      case .terminated(let signal): return -signal
      }
    }
  }

  private mutating func handle(_ key: Key, on session: inout CursesSession) -> Int32? {
    if case .character = key {} else { last = "\(key)" }
    switch key {
    case .control("d"): return 0
    case .control("c"): return 3
    case .control("e"): exit(7)
    case .control("f"): fatalError("on purpose")
    case .control("n"): eventfd_write(mailbox, 1)
    case .control("t"): deadline = .now.advanced(by: .milliseconds(10))
    case .control("p"): isStuck = true
    case .control("o"): isFlooding = true
    case .control("g"): Form.lendTerminal()
    case .control("k"): isSummed = true
    case .control("r"): isRevealing.toggle()
    case .control("y"): session.copy("https://example.com/")
    case .control("z"): session.suspend()
    case .character(let scalar):
      for byte in String(Character(scalar)).utf8 { secret.append(byte) }
      characters += 1
    case .enter, .tab, .backTab, .escape, .backspace, .delete, .up, .down, .left, .right,
      .shiftLeft, .shiftRight, .home,
      .end, .pageUp, .pageDown, .control, .alt, .function:
      break
    }
    return nil
  }

  /// A child in a group of its own takes the foreground, says so, reads a line and gives it back.
  private static func lendTerminal() {
    let group = getpgrp()
    guard linux_fork() == 0 else { return }
    setpgid(0, 0)
    _ = linux_signal_ignore(SIGTTOU)
    let terminal = unsafe linux_open("/dev/tty", O_RDWR, 0)
    tcsetpgrp(terminal, getpid())
    let words = Array("lent".utf8)
    _ = unsafe words.withUnsafeBytes { unsafe write(terminal, $0.baseAddress, $0.count) }
    // The form sees the input first, and must not take it.
    var input = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    unsafe poll(&input, 1, -1)
    poll(nil, 0, 100)
    var byte: UInt8 = 0
    while unsafe read(terminal, &byte, 1) == 1, byte != 0x0D {}
    tcsetpgrp(terminal, group)
    _exit(0)
  }

  private mutating func append(_ text: borrowing SecretBuffer) {
    let before = secret.count
    text.withBytes { bytes in _ = secret.append(bytes) }
    characters += secret.count - before
  }

  private func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    let line = String(repeating: "─", count: max(0, size.columns - 2))
    canvas.write("┌\(line)┐", at: Point(column: 0, row: 0), style: .border)
    for row in 1..<9 {
      for column in [0, size.columns - 1] {
        canvas.write("│", at: Point(column: column, row: row), style: .border)
      }
    }
    canvas.write("└\(line)┘", at: Point(column: 0, row: 9), style: .border)
    canvas.write(
      "Form \(size.columns)x\(size.rows) Zoë 世界", at: Point(column: 2, row: 1), style: .heading)
    canvas.write("Password", at: Point(column: 2, row: 3), style: .strong)
    let mask = String(repeating: "*", count: min(40, characters))
    let used = canvas.write(mask, at: Point(column: 12, row: 3), style: .fieldFocused)
    canvas.write("\(characters) characters", at: Point(column: 2, row: 5), style: .muted)
    canvas.write("last: \(last)", at: Point(column: 2, row: 6))
    if isSummed { canvas.write("sum: \(sum)", at: Point(column: 2, row: 7), style: .success) }
    if isRevealing {
      canvas.write("ends: \(ending)", at: Point(column: 2, row: 8), style: .warning)
      canvas.isSensitive = true
    }
    canvas.cursor = Point(column: 12 + used, row: 3)
    return canvas
  }

  private var ending: String {
    secret.withBytes { bytes in
      (max(0, bytes.byteCount - 2)..<bytes.byteCount).map { offset in
        let byte = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
        return String(Character(Unicode.Scalar(byte)))
      }.joined()
    }
  }

  /// A checksum (FNV-1a), so that a test can tell that every byte arrived.
  private var sum: UInt32 { secret.withBytes { bytes in Checksum.of(bytes) } }
}

enum Checksum {
  static func of(_ bytes: RawSpan) -> UInt32 {
    (0..<bytes.byteCount).reduce(0x811C_9DC5) { sum, offset in
      (sum ^ UInt32(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))) &* 0x0100_0193
    }
  }
}
