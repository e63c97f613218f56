internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// How values are taken where nobody can be asked, whichever command takes them.
struct UnattendedTerms {
  /// What may be there of the connection already.
  enum Purpose: Equatable {
    /// Nothing: the name has to be free.
    case link
    /// Whatever there is gives way.
    case linkOrReplace
    /// What there is gives way.
    case replace
    /// One value of it does.
    case edit(Field.ID)
  }

  let purpose: Purpose
  let network: NetworkOptions
  var link = LinkOptions.none
  var replay = ReplayContext()
  /// `--insist`: values are used although they do not look right.
  var insists = false
  /// `--no-check`
  var skipsCheck = false
  /// `--other-account`: values of another account may take the place of those that are there.
  var acceptsOther = false
  /// `--revoke-old`: what was there is taken back at the provider afterwards.
  var revokesOld = false
  /// `--expires`
  var end: ChosenEnd?
  var isJSON = false
  /// `--dry-run`
  var isDryRun = false
  /// `--reveal`
  var reveals = false

  /// What there is under a name and gives way; nil where there is nothing, or it cannot be opened here and nothing of it
  /// has to stay.
  /// A dry run of a connection that is to be new touches no store.
  /// - Throws: where the name is taken and has to be free.
  func replaced(
    _ connection: ConnectionName, _ form: Form, in session: borrowing StoreSession
  ) throws -> ConnectionRecord? {
    if isDryRun, purpose == .link { return nil }
    guard try session.hasRow(of: connection) else { return nil }
    switch purpose {
    case .link:
      let taken = try session.list(.provider(connection.provider)).map(\.name)
      throw CommandError.taken(connection, free: connection.free(besides: taken))
    case .linkOrReplace:
      let mustStay =
        form.provider.authMode.needsConsent || form.fields.contains(where: \.isGenerated)
      if mustStay { return try session.read(connection) }
      return try? session.read(connection)
    case .replace, .edit: return try session.read(connection)
    }
  }

  /// What stays of a connection's values: for a change of one all the others, else those that are no secret.
  func kept(of old: borrowing ConnectionRecord?, _ form: Form) -> SecretValues? {
    switch old {
    case nil: return nil
    case .some(let old):
      guard case .edit(let field) = purpose else { return old.keptValues(of: form) }
      var kept = old.values.duplicate()
      kept.remove(field)
      return kept
    }
  }

  /// Whether values are of the account of those that they take the place of; nil where they take nothing's.
  func comparison(
    of record: borrowing ConnectionRecord, with old: borrowing ConnectionRecord?
  ) -> AccountComparison? {
    switch old {
    case .some(let old): AccountComparison(old.accountTraits(), record.accountTraits())
    case nil: nil
    }
  }

  /// Why values are not to take the place of others: they belong to another account, which nobody has agreed to.
  func objection(
    to record: borrowing ConnectionRecord, against old: borrowing ConnectionRecord?
  ) -> Diagnosis? {
    guard !acceptsOther else { return nil }
    return comparison(of: record, with: old)?.diagnosis(
      replacing: record.facts.name,
      advice:
        "With --other-account they take its place; usher connect \(record.facts.name.provider) --name NAME links them beside it."
    )
  }

  /// The facts that do not come out of the values. A change of one value goes on with those that there are, so that
  /// nothing that another process does meanwhile is lost.
  func describe(
    _ record: inout ConnectionRecord, replacing old: borrowing ConnectionRecord?
  ) {
    switch old {
    case .some(let old):
      if case .edit(let field) = purpose {
        record.facts = Self.changed(old.facts, by: record.facts, in: field)
      }
    case nil: break
    }
    if let end { record.facts.chosenEnd = end.moment }
  }

  private static func changed(
    _ old: ConnectionFacts, by new: ConnectionFacts, in field: Field.ID
  ) -> ConnectionFacts {
    var facts = old
    facts.hosts = new.hosts
    facts.diagnosis = new.diagnosis
    facts.checked = new.checked
    facts.attempt = nil
    facts.history.append(ConnectionEvent(.edited, detail: field.description))
    return facts
  }
}
