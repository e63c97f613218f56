internal import Basics

/// What is opened once the passphrase of the identity is given.
extension Wizard {
  func unlock() -> Effect {
    guard case .passphrase(let sheet) = overlay else { return .none }
    return .unlock(sheet.take())
  }

  /// What could not be opened is asked for again.
  mutating func goOnUnlocked() -> Effect {
    guard case .passphrase(let sheet) = overlay else { return .none }
    dismiss()
    return switch sheet.place {
    case .provider(let slug): .open(slug: slug)
    case .replacement(let name): .openReplacement(of: name)
    case .declared(let name): .openDeclared(name)
    }
  }

  mutating func reportLocked(_ explanation: Explanation) {
    guard case .passphrase(var sheet) = overlay else { return }
    sheet.report(explanation)
    overlay = .passphrase(sheet)
  }
}
