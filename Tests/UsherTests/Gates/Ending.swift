import Glibc
import TestSupport

/// A way in which the program may end, and what the shell is told then.
enum Ending: CaseIterable, Sendable {
  case key
  case interrupt, terminate, hangUp, quit, alarm, user
  /// Stopped, continued, and then left by a key.
  case stopped
  /// As a failed assertion, a wild pointer and the C library's own complaints end a program.
  case trap, crash, abort
  case kill
  /// The terminal is gone.
  case windowClosed
  /// The parent, which only looks after the terminal, is killed.
  case supervisorKilled

  /// What is sent to the interface.
  var signal: Int32? {
    switch self {
    case .key, .stopped, .windowClosed, .supervisorKilled: nil
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    case .quit: SIGQUIT
    case .alarm: SIGALRM
    case .user: SIGUSR1
    case .trap: SIGTRAP
    case .crash: SIGSEGV
    case .abort: SIGABRT
    case .kill: SIGKILL
    }
  }

  /// The exit code, or 128 and the number of a signal.
  var status: Int32 {
    switch self {
    case .key, .stopped: 3
    case .windowClosed: 128 + SIGHUP
    case .supervisorKilled: 128 + SIGKILL
    case .interrupt, .terminate, .hangUp, .quit, .alarm, .user, .trap, .crash, .abort, .kill:
      128 + (signal ?? 0)
    }
  }

  /// Every ending at every moment of the wizard; in the first ones each ending comes once and each moment at least twice.
  static let all: [(ending: Ending, moment: WizardMoment)] = {
    let moments = WizardMoment.allCases
    return moments.indices.flatMap { shift in
      Ending.allCases.enumerated().map { index, ending in
        (ending, moments[(index + shift) % moments.count])
      }
    }
  }()
}
