package import Basics
package import Drafts
package import ProviderFormat
package import Requests
internal import Secrets

/// What is known of a linked account apart from its secrets. Sealed with them.
package struct ConnectionFacts: Equatable, Sendable {
  /// What it is stored under.
  package var name: ConnectionName
  /// The store that the record belongs to, so that a record of another store is not mistaken for one of this. Set by
  /// the store, and compared by it.
  package var storeID = ""
  /// Set by the store at the first save; empty before.
  package var id = ""
  /// 1 at the first save, one more at each change. Set by the store.
  package var version = 0
  /// When it was linked.
  package var created: Timestamp
  /// When it was saved last.
  package var changed: Timestamp
  /// The hosts that the check and later use send the credentials to, in order of first use. Empty in records of
  /// before, which the wizard sealed without them.
  package var hosts: [String] = []
  /// What the last check found; nil means stored and not checked.
  package var diagnosis: Diagnosis?
  /// When its check came through last; nil when none has.
  package var checked: Timestamp?
  /// The last check since then that found nothing out; nil where there was none.
  package var attempt: CheckAttempt?
  /// The application that it was linked with; nil where that is kept with the connection alone, or there is none.
  package var application: ApplicationName?
  /// When the values end, as whoever made them chose it; nil where nobody said so. What the provider says of it counts
  /// where it is earlier.
  package var chosenEnd: Timestamp?
  /// What happened to it, the latest at the end; empty in records of before. The store notes what it does itself. Of more
  /// than `historyLimit` the oldest goes, but never the one at the front that says who linked the account.
  package var history: [ConnectionEvent] = [] {
    didSet {
      while history.count > ConnectionFacts.historyLimit {
        history.remove(at: history[0].kind == .linked ? 1 : 0)
      }
    }
  }

  /// How many events are kept: some years of them, in less than what a usual record takes anyway.
  package static let historyLimit = 50

  package init(name: ConnectionName, created: Timestamp, changed: Timestamp) {
    self.name = name
    self.created = created
    self.changed = changed
  }
}

/// A check that did not come through, or whose answer said nothing of the credentials.
package struct CheckAttempt: Equatable, Sendable {
  /// When it ended.
  package var time: Timestamp
  /// Why nothing was found out.
  package var kind: Diagnosis.Kind

  package init(time: Timestamp, kind: Diagnosis.Kind) {
    self.time = time
    self.kind = kind
  }
}

/// A connection, opened: its facts, the provider entry it was made with, and its values.
///
/// The provider's entry is part of the record so that nothing that is acted on (host, address, header) is ever taken
/// from outside the seal.
package struct ConnectionRecord: ~Copyable, Sendable {
  /// What is known of it and is no secret.
  package var facts: ConnectionFacts
  /// The entry as it was when the account was linked.
  package let provider: Provider
  /// The values, by field.
  package var values: SecretValues

  /// Facts and values are taken as they are; see `init(name:submission:…)` for a new connection.
  package init(facts: ConnectionFacts, provider: Provider, values: consuming SecretValues) {
    self.facts = facts
    self.provider = provider
    self.values = values
  }
}

extension ConnectionRecord {
  /// The one maker of records: a submission that has been checked, or not, with its facts and the hosts that it will be
  /// used with. The store sets the rest when it saves it.
  ///
  /// - Parameter checked: when the provider answered; `now` where nothing else is said. Means nothing without a
  ///   diagnosis.
  package init(
    name: ConnectionName, submission: consuming Submission, diagnosis: Diagnosis?,
    checked: Timestamp? = nil, now: Timestamp = .now()
  ) {
    var facts = ConnectionFacts(name: name, created: now, changed: now)
    facts.hosts = CheckSession.hosts(of: submission)
    facts.diagnosis = diagnosis
    facts.checked = diagnosis == nil ? nil : checked ?? now
    let provider = submission.provider
    self.init(facts: facts, provider: provider, values: submission.takeValues())
  }

  /// Whether both ask the same of the same with the same values, so that what one of them got serves the other. Facts do
  /// not count.
  package borrowing func hasSameCredentials(as other: borrowing ConnectionRecord) -> Bool {
    provider.slug == other.provider.slug && provider.entry == other.provider.entry
      && values.hasSameValues(as: other.values)
  }

  /// What is checked again: a second copy of the values, owned by whoever performs the check.
  package borrowing func submission() -> Submission {
    Submission(provider: provider, values: values.duplicate())
  }
}
