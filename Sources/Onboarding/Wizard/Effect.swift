package import Basics
package import Connections
package import Projects
package import Requests
package import Secrets

/// What the wizard wants done. Its answer, where there is one, comes back as an event.
package enum Effect: ~Copyable {
  case none
  /// Read the provider's form and guide, and what was kept of an earlier session; answer with `.opened` or
  /// `.notOpened`.
  case open(slug: String)
  /// Open the connection of that name, to put other values in its place; answer with `.opened` or `.notOpened`.
  case openReplacement(of: ConnectionName)
  /// The same for a connection that a project needs, under its name; a replacement where it is linked already.
  case openDeclared(ConnectionName)
  /// Look at the store for how what the project needs is now; answer with `.surveyed` or `.notSurveyed`.
  case survey
  /// Ask again for the page that the provider's guide was fetched from; answer with `.guideRefreshed`.
  case refreshGuide(slug: String)
  /// Ask the provider; tell of it with `.asking`, and answer with `.checked`.
  case check(CheckOrder)
  /// The answer to the check is no longer wanted.
  case cancelCheck
  /// Seal and write; answer with `.stored` or `.notStored`, and with `.waiting` meanwhile when it takes long. Forget the
  /// kept draft when it worked.
  case save(SaveOrder)
  /// The store is not to be waited for any longer. The answer to the save comes all the same.
  case cancelSave
  /// Have what the connection's last change took the place of taken back at the provider; answer with `.revoked`.
  case revokeFormer(of: ConnectionName)
  /// The answer to that is no longer waited for.
  case cancelRevocation
  /// Offer an address or code, cleaned, to the terminal's clipboard.
  case copy(String)
  /// Make the store, sealed to this public key as well; answer with `.readerAdded` or `.readerNotAdded`.
  case addReader(String)
  /// Unlock the identity for the rest of the session; answer with `.unlocked` or `.notUnlocked`.
  case unlock(SecretBuffer)
  /// Read a file that the user named; answer with `.fileRead` or `.fileNotRead`.
  case read(path: String)
  case suspend
  /// Open a kept application; answer with `.applicationRead` or `.applicationNotRead`.
  case loadApplication(ApplicationName)
  /// Ask a provider what a link takes, or wait for the browser, in place of whatever was asked or waited for before.
  case link(LinkErrand)
  /// Neither is wanted any longer.
  case cancelLink
  /// Seal what has been accepted so far. Best effort; `.draftSaved` comes when it fails, and when it works again.
  case saveDraft(KeptDraft)
  /// The end. `forgetting` names the connection whose kept draft is not wanted any more.
  case leave(Outcome, forgetting: ConnectionName? = nil)
}

/// How a session ended.
package enum Outcome: Equatable, Sendable {
  /// Stored. `facts.diagnosis` is nil when it was not checked.
  case linked(ConnectionFacts)
  /// A project was set up, as far as the user wanted to: how what it requires is then.
  case setUp(ProjectSurvey.Verdict)
  /// The user left before anything was stored. `after` is the last check's diagnosis, if there was one.
  case left(after: Diagnosis?)
  /// SIGTERM, SIGHUP or the end of the terminal.
  case interrupted(signal: Int32)
  /// The user left after the store had failed.
  case failed(StoreError)

  /// What a script is told.
  package var exitCode: ExitCode {
    switch self {
    case .linked, .setUp(.complete): .done
    case .setUp(.open): .left
    case .setUp(.unreadable), .setUp(.sealed): .storeFailed
    case .left(let diagnosis):
      switch diagnosis?.exitCode {
      case .refused: .refused
      case .notAsked: .notAsked
      case .done, .failed, .usage, .left, .noTerminal, .storeFailed, .notFound,
        .notRunnable, .noCommand, .interrupted, nil:
        .left
      }
    case .interrupted: .interrupted
    case .failed(.notFound): .notFound
    case .failed(.exists): .usage
    case .failed: .storeFailed
    }
  }
}
