package import Basics
package import Requests

/// What a list shows of a connection. The facts without what only its page, its check and its use need: no host, no
/// sentence, no value.
///
/// A store keeps it beside the record, so that a list opens none. The record stays the truth: nothing is sent, handed out
/// or decided by a summary.
package struct ConnectionSummary: Equatable, Sendable {
  /// What the index says of it in the clear.
  package var entry: ConnectionIndexEntry
  /// When its check came through last; nil when none has.
  package var checked: Timestamp?
  /// The last check since then that found nothing out; nil where there was none.
  package var attempt: CheckAttempt?
  /// What the last check found; nil means stored and not checked.
  package var finding: Finding?
  /// The application that it was linked with; nil where there is none.
  package var application: ApplicationName?
  /// When the values end, as whoever made them chose it; nil where nobody said so.
  package var chosenEnd: Timestamp?

  /// When the credentials end: as the provider says it, or as it was chosen, whichever comes first.
  package var end: Timestamp? { ends.holding }

  /// Whether that end is one that was chosen, and the provider names none as early.
  package var hasChosenEnd: Bool { ends.isChosen }

  private var ends: CredentialEnds {
    CredentialEnds(provider: finding?.expires, chosen: chosenEnd)
  }

  /// The part of a diagnosis that is listed. Each member is that of `Diagnosis`.
  package struct Finding: Equatable, Sendable {
    /// What happened.
    package var kind: Diagnosis.Kind
    /// Who the credentials belong to.
    package var account: String?
    /// The account's organization, team or workspace.
    package var organization: String?
    /// When the credentials end.
    package var expires: Timestamp?
    /// The end of validity that could not be read.
    package var unreadExpiry: String?
    /// When the token ends that was fetched for the check.
    package var tokenExpires: Timestamp?
    /// The end of that token, where it could not be read.
    package var unreadTokenExpiry: String?
    /// What the credentials may do, in the provider's words.
    package var rights: [String] = []
    /// What later use needs, by the name that the provider's entry gives.
    package var metadata: [String: String] = [:]

    package init(kind: Diagnosis.Kind) { self.kind = kind }
  }

  package init(entry: ConnectionIndexEntry) { self.entry = entry }
}

extension ConnectionFacts {
  /// What a list shows of them.
  package var summary: ConnectionSummary {
    var summary = ConnectionSummary(
      entry: ConnectionIndexEntry(
        name: name, version: version, created: created, changed: changed))
    summary.checked = checked
    summary.attempt = attempt
    summary.application = application
    summary.chosenEnd = chosenEnd
    summary.finding = diagnosis.map { diagnosis in
      var finding = ConnectionSummary.Finding(kind: diagnosis.kind)
      finding.account = diagnosis.account
      finding.organization = diagnosis.organization
      finding.expires = diagnosis.expires
      finding.unreadExpiry = diagnosis.unreadExpiry
      finding.tokenExpires = diagnosis.tokenExpires
      finding.unreadTokenExpiry = diagnosis.unreadTokenExpiry
      finding.rights = diagnosis.rights
      finding.metadata = diagnosis.metadata
      return finding
    }
    return summary
  }
}
