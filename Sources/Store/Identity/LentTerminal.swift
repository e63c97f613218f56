internal import Basics
internal import CLinux
internal import Glibc

/// The terminal, while a command has it that may ask a person something.
///
/// Ctrl-C goes to the command and to this process. The command's end is waited for all the same, for a moment: then the
/// terminal is as it was, also where the command ended in the middle of a passphrase and left it without an echo.
struct LentTerminal {
  private let descriptor: Int32
  private var settings = termios()
  private var signals = sigset_t()
  private let keyboard: EventDescriptor

  /// Lends it. Signals that interrupt wait for `takeBack`, in this thread.
  init() {
    descriptor = unsafe linux_open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK, 0)
    if descriptor >= 0 { unsafe tcgetattr(descriptor, &settings) }
    unsafe pthread_sigmask(SIG_BLOCK, nil, &signals)
    keyboard = EventDescriptor(signals: [SIGINT, SIGQUIT, SIGTERM, SIGHUP])
  }

  /// For polling: becomes readable when somebody interrupts, at the keyboard or by a signal that ends programs, and stays
  /// so. What waits is neither read nor lost.
  var interruption: Int32 { keyboard.number }

  /// Puts its settings back; then what has interrupted meanwhile takes effect. To be called once.
  func takeBack() {
    var (settings, signals) = (settings, signals)
    if descriptor >= 0 {
      // Whoever is in the background has no say about the terminal, and would be stopped for trying.
      if tcgetpgrp(descriptor) == getpgrp() { unsafe tcsetattr(descriptor, TCSANOW, &settings) }
      close(descriptor)
    }
    unsafe pthread_sigmask(SIG_SETMASK, &signals, nil)
  }
}
