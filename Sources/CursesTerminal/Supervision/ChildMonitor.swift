internal import CLinux
internal import Glibc

/// The supervisor's one loop: waits for signals, and for what becomes of the child. It has no thread, no timer and no
/// signal handler.
struct ChildMonitor: ~Copyable {
  enum End {
    case exited(Int32)
    case killed(Int32)
  }

  /// Signals that end or stop a program, to be passed on, and the news of the child. SIGCONT is not among them: being
  /// continued is all it is for.
  static let watched = [
    SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGTSTP,
  ]

  /// How long a shell may take between continuing us and continuing the child.
  private static let continuePatience = Duration.milliseconds(20)

  private let child: pid_t
  private var terminal: SavedTerminal
  private let patience: Supervisor.Patience
  /// The first signal that was to end the child.
  private var ending: Int32?
  /// Whether the kernel has thrown away what was written and not yet shown, as it does at a key that sends a signal.
  private var isOutputLost = false
  /// When the child is killed, if that has not ended it by then.
  private var killTime: ContinuousClock.Instant?
  /// When the child is continued by us, if the shell has not done it by then.
  private var continueTime: ContinuousClock.Instant?

  init(child: pid_t, terminal: consuming SavedTerminal, patience: Supervisor.Patience) {
    self.child = child
    self.terminal = terminal
    self.patience = patience
  }

  /// Returns when the child has ended and the terminal is restored.
  consuming func run() -> End {
    while true {
      guard let signal = waitForSignal() else {
        actOnTime()
        continue
      }
      switch signal.number {
      case SIGCHLD:
        if let end = inspectChild() { return end }
      case SIGTSTP: pass(signal)
      default:
        if signal.isFromKey { isOutputLost = true }
        limit(signal.number)
        pass(signal)
      }
    }
  }

  /// The kernel (a key, the end of the terminal) and the child itself signal the whole group: it has that one already. A
  /// hang-up may have come from a shell that knows of this process alone.
  private func pass(_ signal: Signal) {
    if !signal.isSharedWithChild || signal.number == SIGHUP { kill(child, signal.number) }
  }

  /// A child that is stuck, or whose output nobody reads, hears no signal.
  private mutating func limit(_ number: Int32) {
    if ending == nil { ending = number }
    let time = ContinuousClock.now.advanced(
      by: number == SIGHUP ? patience.hangup : patience.signal)
    killTime = min(killTime ?? time, time)
  }

  private struct Signal {
    let number: Int32
    let isSharedWithChild: Bool
    let isFromKey: Bool
  }

  /// The next signal; nil when it is time to do something to the child.
  private func waitForSignal() -> Signal? {
    var mask = SignalSource.set(ChildMonitor.watched)
    while true {
      var info = unsafe siginfo_t()
      var number: Int32
      if let end = [killTime, continueTime].compactMap(\.self).min() {
        var rest = timespec(max(.zero, end - .now))
        number = unsafe sigtimedwait(&mask, &info, &rest)
        if number < 0 && linux_errno() == EAGAIN { return nil }
      } else {
        number = unsafe sigwaitinfo(&mask, &info)
      }
      if number > 0 {
        let isFromKernel = unsafe linux_sent_by_kernel(&info) != 0
        return Signal(
          number: number,
          isSharedWithChild: unsafe isFromKernel || linux_sender(&info) == child,
          isFromKey: isFromKernel && [SIGINT, SIGQUIT].contains(number))
      }
    }
  }

  private mutating func actOnTime() {
    if let time = continueTime, time <= .now {
      continueTime = nil
      kill(child, SIGCONT)
    }
    if let time = killTime, time <= .now {
      killTime = nil
      kill(child, SIGKILL)
    }
  }

  /// Finds out what happened to the child; returns how it ended.
  private mutating func inspectChild() -> End? {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, WNOHANG | WUNTRACED | WCONTINUED) == child {
      if linux_exited(status) != 0 {
        terminal.restore(discardingInput: false, again: isOutputLost)
        return .exited(linux_exit_code(status))
      }
      if linux_killed(status) != 0 {
        terminal.restore(discardingInput: true, again: isOutputLost)
        let number = linux_kill_signal(status)
        // Killed here, because another signal was not heard: that one is what ended it.
        return .killed(number == SIGKILL ? ending ?? number : number)
      }
      if linux_stopped(status) != 0 { stop() } else { continueTime = nil }
    }
    return nil
  }

  /// Stops with the child, so that the shell gets the terminal, and goes on with it. A shell continues the whole group,
  /// one process after the other; where nobody continues the child, it is done here.
  private mutating func stop() {
    terminal.restore(discardingInput: false)
    SignalSource.stopProcess(with: SIGTSTP)
    terminal.refresh()
    continueTime = .now.advanced(by: ChildMonitor.continuePatience)
  }
}

extension timespec {
  fileprivate init(_ duration: Duration) {
    self.init(
      tv_sec: Int(duration.components.seconds),
      tv_nsec: Int(duration.components.attoseconds / 1_000_000_000))
  }
}
