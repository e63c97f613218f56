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

  /// Completes a record by what does not come out of its values, and holds it against what it takes the place of.
  ///
  /// It goes on with the version that it was held against: the store refuses it where another process has changed the
  /// connection meanwhile, so that nothing of that is lost.
  func settle(
    _ record: inout ConnectionRecord, replacing old: borrowing ConnectionRecord?
  ) -> Settlement {
    var comparison: AccountComparison?
    switch old {
    case .some(let old):
      comparison = AccountComparison(old.accountTraits(), record.accountTraits())
      record.facts = facts(record.facts, replacing: old.facts)
    case nil: break
    }
    if let end { record.facts.chosenEnd = end.moment }
    return Settlement(comparison: comparison, objection: objection(record.facts.name, comparison))
  }

  /// Why values are not to take the place of others: they belong to another account, which nobody has agreed to.
  private func objection(
    _ name: ConnectionName, _ comparison: AccountComparison?
  ) -> Diagnosis? {
    guard !acceptsOther else { return nil }
    return comparison?.diagnosis(
      replacing: name,
      advice:
        "With --other-account they take its place; usher connect \(name.provider) --name NAME links them beside it."
    )
  }

  /// A change of one value keeps what else is known; of values that are replaced only the connection itself goes on.
  private func facts(
    _ new: ConnectionFacts, replacing old: ConnectionFacts
  ) -> ConnectionFacts {
    guard case .edit(let field) = purpose else {
      var facts = new
      facts.storeID = old.storeID
      facts.id = old.id
      facts.version = old.version
      facts.history = old.history
      return facts
    }
    var facts = old
    facts.hosts = new.hosts
    facts.diagnosis = new.diagnosis
    facts.checked = new.checked
    facts.attempt = nil
    facts.history.append(ConnectionEvent(.edited, detail: field.description))
    return facts
  }
}

/// How values that were found good stand to those that they are to take the place of.
struct Settlement {
  /// Nil where they take nothing's.
  let comparison: AccountComparison?
  /// Why they are not to be stored; nil where they may.
  let objection: Diagnosis?
}
