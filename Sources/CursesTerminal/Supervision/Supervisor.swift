internal import Basics
internal import CLinux
internal import Glibc

/// A parent process that does nothing but look after the terminal: whatever way the interface ends or stops, a crash and
/// SIGKILL included, the terminal is left as it was found.
///
/// The interface is the child. Both are in the same process group, so the shell's job control sees one job: when the
/// child stops, the parent stops; its exit code is passed on, and of the signal that killed it the parent dies too.
/// Signals sent to the parent alone reach the child; when the parent is killed, the child is told to end.
package enum Supervisor {
  /// How long a child may take to end. A save takes milliseconds; what is stuck is killed.
  struct Patience {
    /// After the terminal has gone.
    let hangup = Duration.milliseconds(800)
    /// After any other signal that ends a program.
    let signal = Duration.seconds(2)
  }

  /// Runs `body` in a child process and returns its exit code in the parent; in the child it never returns. Without a
  /// controlling terminal there is nothing to look after, and `body` runs right here.
  ///
  /// Must be called before any thread exists: a forked child has only the thread that forked. That one still counts as the
  /// parent's in the runtime's eyes, so `body` gets another.
  package static func run(_ body: () -> Int32) -> Int32 {
    guard let terminal = SavedTerminal() else { return body() }
    // Mapped before the fork, so that both sides share it.
    SharedTerminalState.shared.release()
    var mask = SignalSource.set(ChildMonitor.watched + [SIGTTOU])
    var previous = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, &mask, &previous)
    let parent = getpid()
    let child = linux_fork()
    if child > 0 {
      let watch = ChildMonitor(child: child, terminal: terminal, patience: Patience())
      switch watch.run() {
      case .exited(let code): return code
      case .killed(let number): die(of: number)
      }
    }
    unsafe pthread_sigmask(SIG_SETMASK, &previous, nil)
    // Without a child there is no supervision, but there is no reason to refuse the work either.
    guard child == 0 else { return body() }
    _ = linux_prctl(PR_SET_PDEATHSIG, UInt(SIGTERM))
    if getppid() != parent { _exit(1) }
    Threads.shareOneHeap()
    exit(Threads.run(body) ?? body())
  }

  /// Ends this process by a signal, as if it had never been caught: what a shell expects of an interrupted program.
  package static func die(of number: Int32) -> Never {
    _ = linux_signal_default(number)
    var mask = SignalSource.set([number])
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    kill(getpid(), number)
    // Only for signals that end nothing.
    exit(128 + number)
  }
}
