package import Connections
package import ProviderFormat
package import Requests

/// A connection whose values are to give way to others.
package struct Replacement: Equatable, Sendable {
  /// What is asked for.
  package enum Purpose: Equatable, Sendable {
    /// The guide's steps again, with the settings that are known filled in.
    case replace
    /// The values as they are, to be looked at and changed; a field begins with that one.
    case edit(Field.ID?)
  }

  /// What is known of the connection.
  package var facts: ConnectionFacts
  package var purpose: Purpose
  /// Whose account it is, as far as that is known.
  package var account: AccountTraits
  /// The rights that were asked for; nil where none were, or it takes no person's consent.
  package var scopes: Scopes?
  /// How what gives way can be taken back at the provider; nil where nothing is known.
  package var revocation: RevocationWay?

  /// Of one of which nothing but its facts is known.
  package init(of facts: ConnectionFacts, _ purpose: Purpose = .replace) {
    self.facts = facts
    self.purpose = purpose
    account = AccountTraits(facts.diagnosis)
  }

  /// - Parameter token: what was got with the record; nil where none is kept.
  package init(
    of record: borrowing ConnectionRecord, token: borrowing TokenSet?,
    _ purpose: Purpose = .replace
  ) {
    self.init(of: record.facts, purpose)
    account = record.accountTraits()
    let asked = Scopes(askedIn: record.values)
    scopes = asked.isEmpty ? nil : asked
    revocation = RevocationWay(record.provider, known: token)
  }

  /// Whether the values are only looked at and changed.
  package var isEdit: Bool {
    switch purpose {
    case .replace: false
    case .edit: true
    }
  }
}
