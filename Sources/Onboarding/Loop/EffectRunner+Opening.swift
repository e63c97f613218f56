internal import Basics
internal import Connections
internal import Secrets

/// Opening what is linked, or to be linked, at once: nothing is shown meanwhile.
extension EffectRunner {
  func open(_ slug: String) -> Event {
    opening(.provider(slug: slug)) { () throws(OpeningError) in try dependencies.open(slug) }
  }

  /// A stored connection, to put other values in its place.
  func openReplacement(of name: ConnectionName) -> Event {
    opening(.replacement(of: name)) { () throws(OpeningError) in
      try dependencies.openReplacement(name)
    }
  }

  /// A connection of the project; nil where there is no project.
  func openDeclared(_ name: ConnectionName) -> Event? {
    guard let project = dependencies.project else { return nil }
    return opening(.declared(name)) { () throws(OpeningError) in try project.open(name) }
  }

  private func opening(
    _ place: LockedPlace, _ open: () throws(OpeningError) -> Opening
  ) -> Event {
    do throws(OpeningError) {
      return .opened(try open())
    } catch {
      return error.isLocked ? .locked(place) : .notOpened(error.explanation)
    }
  }

  /// Takes about a second, which is what it costs whoever guesses.
  func unlock(_ passphrase: borrowing SecretBuffer) -> Event {
    do throws(OpeningError) {
      try dependencies.unlock(passphrase)
      return .unlocked
    } catch {
      return .notUnlocked(error.explanation)
    }
  }

  /// Making a store that holds nothing takes milliseconds.
  func addReader(_ recipient: String) -> Event {
    do throws(OpeningError) {
      return .readerAdded(try dependencies.addReader(recipient))
    } catch {
      return .readerNotAdded(error.explanation)
    }
  }
}
