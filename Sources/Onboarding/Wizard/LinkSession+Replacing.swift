internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// Values that take the place of others.
extension LinkSession {
  /// Whether the values of a connection are only looked at and changed.
  var isEditing: Bool { replacement?.isEdit ?? false }

  /// What the header and the first page call what is done.
  var replacing: String? {
    replacement.map { "\($0.isEdit ? "Edit" : "Replace") \($0.facts.name)" }
  }

  /// The application that is wanted, by name: what the command line says, else what the account is linked with.
  var wantedApplication: ApplicationName? {
    options.application ?? replacement?.facts.application
  }

  /// A draft with what is known before anybody has typed.
  /// - Parameter kept: what an earlier session left. It counts before what was known then.
  static func draft(
    of form: Form, known: borrowing SecretValues?, kept: borrowing SecretValues?
  ) -> Draft {
    var values = SecretValues()
    switch known {
    case .some(let known): values = known.duplicate()
    case nil: break
    }
    switch kept {
    case .some(let kept):
      for id in kept.keys { if let value = kept.duplicate(of: id) { values.set(id, to: value) } }
    case nil: break
    }
    guard !values.isEmpty else { return Draft(form: form) }
    return Draft(form: form, resuming: values)
  }

  /// Values that were taken once are not stopped anew as long as nobody touches them.
  mutating func acceptKnown() {
    for field in form.fields where isKnown(field.id) {
      let state = draft.state(of: field.id)
      if state.isBlocked || !state.warnings.isEmpty { draft.acceptAsIs(field.id) }
    }
  }

  private borrowing func isKnown(_ field: Field.ID) -> Bool {
    switch known {
    case .some(let known): known.contains(field)
    case nil: false
    }
  }

  /// The field that a step begins with. Where what is known of a connection is filled in, that is the first one that is
  /// still to be typed: whoever comes with a new key in hand pastes it at once.
  borrowing func firstField(of stage: Int) -> Field.ID? {
    let fields = fields(of: stage).all
    guard let replacement, !replacement.isEdit else { return fields.first?.id }
    let missing = fields.first { field in
      let state = draft.state(of: field.id)
      return state.characters == 0 && state.isBlocked
    }
    return (missing ?? fields.first)?.id
  }

  /// Whether nothing of an edited connection is another than before.
  var isUnchanged: Bool { isEditing && end == nil && changedFields().isEmpty }

  /// Whether of an edited connection only that is said, when its values end.
  var isEndAlone: Bool { isEditing && end != nil && changedFields().isEmpty }

  /// The fields of an edited connection that hold another value than before. One that was typed again as it was does not
  /// count.
  borrowing func changedFields() -> [Field.ID] {
    let edited = draft.editedFields
    guard isEditing, !edited.isEmpty else { return [] }
    switch known {
    case nil: return edited
    case .some(let known): return draft.submission().values.changed(edited, since: known)
    }
  }

  // MARK: The end

  /// Whether somebody can be asked when the values end: nobody else says it.
  var mayChooseEnd: Bool {
    !needsConsent && !isImpossible && !provider.usher.tellsExpiry
      && diagnosis?.expires == nil && replacement?.facts.diagnosis?.expires == nil
  }

  /// The end as it was chosen, now or for what is edited; nil where nobody said so.
  var shownEnd: String? {
    if let end {
      return end.moment.map { Sentences.expiry($0, seenFrom: moment) } ?? "never"
    }
    guard let replacement, replacement.isEdit else { return nil }
    return replacement.facts.chosenEnd.map { Sentences.expiry($0, seenFrom: moment) }
  }

  // MARK: The account

  /// Whether the values are of the account of those that give way; nil for a new connection.
  borrowing func comparison() -> AccountComparison? {
    guard let replacement else { return nil }
    let order = newOrder()
    return AccountComparison(replacement.account, order.record.accountTraits())
  }

  /// What is said of values that belong to another account, and that nobody has agreed to yet. They are marked as not
  /// accepted until one of them is changed.
  mutating func otherAccount() -> Diagnosis? {
    guard !acceptsOther, let replacement else { return nil }
    let found = comparison()?.diagnosis(
      replacing: replacement.facts.name,
      advice:
        "Enter values of that account, or link this one beside it under a name of its own: "
        + "usher connect \(provider.slug) --name NAME.")
    if !needsConsent { refusal = found }
    return found
  }

  /// The user wants it so.
  mutating func acceptOther() {
    acceptsOther = true
    refusal = nil
  }

  // MARK: What is stored

  /// The facts that do not come out of the values. The store puts what happened before in front of what did now.
  borrowing func describe(_ facts: inout ConnectionFacts) {
    if let end { facts.chosenEnd = end.moment }
    guard let replacement else { return }
    // The store refuses to put it in the place of what another process has stored since.
    facts.storeID = replacement.facts.storeID
    facts.id = replacement.facts.id
    facts.version = replacement.facts.version
    guard replacement.isEdit else { return }
    if end == nil { facts.chosenEnd = replacement.facts.chosenEnd }
    facts.history = changedFields().map {
      ConnectionEvent(.edited, time: moment, detail: "\($0)")
    }
    guard isEndAlone else { return }
    facts.diagnosis = replacement.facts.diagnosis
    facts.checked = replacement.facts.checked
    facts.attempt = replacement.facts.attempt
    facts.history.append(ConnectionEvent(.edited, time: moment, detail: "expires"))
  }

  // MARK: Afterwards

  /// Remembers what is to be said of the swap, before the values are wiped.
  /// - Parameter leavesOldKey: whether the store keeps a key that could be taken back alone.
  mutating func recordSwap(leavesOldKey: Bool) {
    guard let replacement else { return }
    aftermath.isEndAlone = isEndAlone
    guard !isEndAlone else { return }
    let changed = changedFields()
    aftermath.keepsFormer = true
    aftermath.isSameAccountUnknown = comparison() == .unknown
    let hasOtherKey =
      !replacement.isEdit || form.fields.contains { $0.isMasked && changed.contains($0.id) }
    aftermath.leavesOldKey = leavesOldKey && hasOtherKey
  }

  /// How the old key can be taken back; nil where there is none, or it has been.
  var oldKey: RevocationWay? {
    guard aftermath.leavesOldKey, !aftermath.oldKey.isRevoked else { return nil }
    return replacement?.revocation
  }
}

extension SecretMap<Field.ID> {
  /// Those of some fields that have other values in another map.
  fileprivate borrowing func changed(
    _ fields: [Field.ID], since former: borrowing SecretValues
  ) -> [Field.ID] {
    var changed: [Field.ID] = []
    for id in fields {
      let isSame = withBytes(of: id) { own in former.withBytes(of: id) { own.equals($0) } }
      if !isSame { changed.append(id) }
    }
    return changed
  }
}

extension UsherExtension {
  /// Whether the declared check reads an end of validity out of an answer.
  fileprivate var tellsExpiry: Bool {
    check.flatMap(\.answers).flatMap(\.read).contains { $0.fact == .expires }
  }
}
