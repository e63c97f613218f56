internal import CLinux
internal import Glibc

/// The terminal as the supervisor found it.
struct SavedTerminal: ~Copyable {
  /// Does not block: a terminal that nobody reads from must not hold up the end.
  private let descriptor: Int32
  private var settings: termios

  init?() {
    descriptor = unsafe linux_open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK, 0)
    settings = termios()
    guard descriptor >= 0, unsafe tcgetattr(descriptor, &settings) == 0 else {
      if descriptor >= 0 { close(descriptor) }
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Undoes what the interface did, if it still has the terminal.
  ///
  /// - Parameters:
  ///   - discardingInput: what was being pasted when the interface died must not become commands of the shell.
  ///   - again: the modes are undone once more where the interface has given the terminal back, for what it wrote may never
  ///     have come there.
  func restore(discardingInput: Bool, again: Bool = false) {
    let isTaken = SharedTerminalState.shared.isTaken
    guard isTaken || again else { return }
    // Empty where nothing has been changed.
    writeWhole(SharedTerminalState.shared.undo)
    guard isTaken else { return }
    var settings = settings
    unsafe tcsetattr(descriptor, TCSANOW, &settings)
    if discardingInput { tcflush(descriptor, TCIFLUSH) }
    SharedTerminalState.shared.release()
  }

  /// Where there is no room, what stands in the way goes: a picture that nobody looked at is worth less than a terminal
  /// that works.
  private func writeWhole(_ bytes: [UInt8]) {
    let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    if count == bytes.count { return }
    tcflush(descriptor, TCOFLUSH)
    tcflow(descriptor, TCOON)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Takes note of the settings after a stop, in which the user may have changed them; not when the interface, continued
  /// at the same moment, has already taken the terminal again.
  mutating func refresh() {
    var current = termios()
    guard unsafe tcgetattr(descriptor, &current) == 0, !SharedTerminalState.shared.isTaken else {
      return
    }
    settings = current
  }
}
