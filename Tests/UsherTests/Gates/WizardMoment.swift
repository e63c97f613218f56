import CLinux
import Glibc
import TestSupport

/// Where a person is in the wizard when something happens.
enum WizardMoment: CaseIterable, Sendable {
  case formIdle, halfTyped, dialog, checking, saving

  /// Brings the wizard there. False where a screen that has to come never does.
  ///
  /// - Parameter lock: held while the wizard saves, which then waits for the store.
  func reach(on terminal: PseudoTerminal, _ provider: HeldProvider, _ lock: StoreLock) -> Bool {
    guard terminal.begins(with: "Link Acme") else { return false }
    switch self {
    case .formIdle: return true
    case .halfTyped: return typeHalf(on: terminal)
    case .dialog:
      guard typeHalf(on: terminal) else { return false }
      terminal.type("\u{3}")
      return terminal.wait(for: "Leave without storing?")
    case .checking: return check(on: terminal)
    case .saving:
      let before = provider.checks
      guard check(on: terminal), terminal.wait(until: { _ in provider.checks > before }),
        lock.take(provider.program.storePath)
      else { return false }
      provider.answer()
      return terminal.wait(for: "Waiting for")
    }
  }

  private func typeHalf(on terminal: PseudoTerminal) -> Bool {
    terminal.type(String(HeldProvider.typedKey.prefix(10)))
    return terminal.wait(for: "10 characters")
  }

  private func check(on terminal: PseudoTerminal) -> Bool {
    terminal.type(HeldProvider.typedKey)
    return terminal.wait(for: "\(HeldProvider.typedKey.utf8.count) characters")
      && terminal.pressEnter(until: "Asking Acme")
  }
}

/// What keeps others from writing to a store, and not from reading it, until it is let go.
final class StoreLock {
  /// Where SQLite locks a file that is about to be written to.
  private static let reserved: off_t = 0x4000_0001
  private var file: Int32 = -1

  deinit { release() }

  /// Waits for somebody else who is writing: the wizard keeps what was accepted in the background. False where that does not
  /// end.
  func take(_ path: String) -> Bool {
    file = unsafe linux_open(path, O_RDWR | O_CLOEXEC, 0)
    guard file >= 0 else { return false }
    let end = ContinuousClock.now.advanced(by: .seconds(10))
    while linux_lock_byte(file, Self.reserved) != 0 {
      guard .now < end else { return false }
    }
    return true
  }

  func release() {
    guard file >= 0 else { return }
    close(file)
    file = -1
  }
}
