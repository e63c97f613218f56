package import Basics
package import Connections
package import Drafts
package import Requests

/// What the wizard wants done. Its answer, where there is one, comes back as an event.
package enum Effect: ~Copyable {
  case none
  /// Read the provider's form and guide, and what was kept of an earlier session; answer with `.opened` or
  /// `.notOpened`.
  case open(slug: String)
  /// Ask again for the page that the provider's guide was fetched from; answer with `.guideRefreshed`.
  case refreshGuide(slug: String)
  /// Ask the provider; tell of it with `.asking`, and answer with `.checked`. `keptAs` names the connection whose values
  /// are to be sealed before, as with `saveDraft`.
  case check(Submission, keptAs: ConnectionName? = nil)
  /// The answer to the check is no longer wanted.
  case cancelCheck
  /// Seal and write; answer with `.stored` or `.notStored`, and with `.waiting` meanwhile when it takes long. Forget the
  /// kept draft when it worked.
  case save(ConnectionRecord, replacing: Bool)
  /// The store is not to be waited for any longer. The answer to the save comes all the same.
  case cancelSave
  /// Offer an address or code, cleaned, to the terminal's clipboard.
  case copy(String)
  /// Read a file that the user named; answer with `.fileRead` or `.fileNotRead`.
  case read(path: String)
  case suspend
  /// Seal what has been accepted so far. Best effort; `.draftSaved` comes when it fails, and when it works again.
  case saveDraft(Submission, ConnectionName)
  /// The end. `forgetting` names the connection whose kept draft is not wanted any more.
  case leave(Outcome, forgetting: ConnectionName? = nil)
}

/// How a session ended.
package enum Outcome: Equatable, Sendable {
  /// Stored. `facts.diagnosis` is nil when it was not checked.
  case linked(ConnectionFacts)
  /// The user left before anything was stored. `after` is the last check's diagnosis, if there was one.
  case left(after: Diagnosis?)
  /// SIGTERM, SIGHUP or the end of the terminal.
  case interrupted(signal: Int32)
  /// The user left after the store had failed.
  case failed(StoreError)

  /// What a script is told.
  package var exitCode: ExitCode {
    switch self {
    case .linked: .done
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
