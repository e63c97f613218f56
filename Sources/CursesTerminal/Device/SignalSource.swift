internal import CLinux
internal import Glibc

/// Signals as bytes to poll for, instead of handlers that interrupt. Make it before the first task or thread: a thread
/// that exists already would take the signals with their default action.
@safe
struct SignalSource: ~Copyable {
  /// What ends the session, what resizes it, and what stops and continues it.
  static let watched = [
    SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGWINCH, SIGTSTP, SIGCONT,
  ]

  /// Readable when a signal waits.
  let descriptor: Int32
  private var previousMask = sigset_t()

  init() {
    var mask = SignalSource.set(SignalSource.watched)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, &previousMask)
    descriptor = unsafe signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
  }

  deinit {
    close(descriptor)
    var mask = previousMask
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// The next signal that waits.
  func next() -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard unsafe read(descriptor, &info, size) == size else { return nil }
    return Int32(info.ssi_signo)
  }

  /// Stops the process group as Ctrl-Z does, and again for as long as it is continued in the background (`bg`): the
  /// terminal belongs to the shell then.
  static func stopUntilForeground(_ tty: borrowing Tty) {
    var wasContinued = stopGroup(with: SIGTSTP)
    while wasContinued && !tty.isForeground { wasContinued = stopGroup(with: SIGTTIN) }
  }

  /// Stops the process group, and returns when it is continued. Returns false at once where nobody could
  /// continue it (the kernel ignores the stop of an orphaned group).
  private static func stopGroup(with number: Int32) -> Bool {
    _ = linux_signal_default(number)
    kill(0, number)
    deliver(number)
    var continued = set([SIGCONT])
    var none = timespec()
    return unsafe sigtimedwait(&continued, nil, &none) == SIGCONT
  }

  /// Stops this process alone, under the same condition.
  static func stopProcess(with number: Int32) {
    _ = linux_signal_default(number)
    kill(getpid(), number)
    deliver(number)
  }

  /// Does something to the terminal whoever has it. A process in the background would be stopped half way (SIGTTOU), and
  /// then nobody is left to restore anything.
  static func withoutStopping(_ body: () -> Void) {
    var mask = set([SIGTTOU])
    var previous = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, &mask, &previous)
    body()
    unsafe pthread_sigmask(SIG_SETMASK, &previous, nil)
  }

  /// Lets a blocked signal that waits do its work.
  private static func deliver(_ number: Int32) {
    var mask = set([number])
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
  }

  static func set(_ numbers: [Int32]) -> sigset_t {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for number in numbers { unsafe sigaddset(&mask, number) }
    return mask
  }
}
