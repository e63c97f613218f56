internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// Puts together what an account is linked with. What a file says counts before the application that is named, and that
/// before what the replaced connection had.
struct LinkDraftMaker {
  let options: LinkOptions
  let rules: UnattendedDraft
  /// The stored application of a name; nil where there is none.
  let stored: (ApplicationName) throws -> Application?

  private var form: Form { rules.form }

  /// - Parameter old: the connection that is replaced.
  func draft(
    of file: borrowing LinkFile, presets: [Field.ID: String],
    replacing old: borrowing ConnectionRecord?
  ) throws -> LinkDraft {
    var values: SecretValues
    var registered: SecretValues?
    var (kept, oldScopes): (ApplicationName?, Scopes?) = (nil, nil)
    switch old {
    case .some(let old):
      values = old.values.duplicate()
      // Nobody typed it: whatever is typed goes before it.
      if values.contains(KeptRegistration.setting) {
        registered = options.registersAnew ? nil : values.client()
        for id in [OAuthClient.idField, OAuthClient.secretField] { values.remove(id) }
      }
      kept = old.facts.application
      let scopes = Scopes(askedIn: old.values)
      oldScopes = scopes.isEmpty ? nil : scopes
    case nil: values = SecretValues()
    }
    var plan = try options.plan(for: form.provider)
    plan.scopes = plan.scopes ?? file.scopes ?? oldScopes
    let named = try name(in: file)
    let givenID = options.clientID ?? file.clientID
    let givesClient = givenID != nil
    let hasClient = givesClient || registered.isThere || values.contains(OAuthClient.idField)
    // The provider's own name is the usual one for its application.
    let usual = !hasClient ? ApplicationName(form.provider.slug) : nil
    var application = named ?? (givesClient ? nil : kept ?? usual)
    if let name = application {
      switch try stored(name) {
      case .some(let found):
        switch try use(of: found, isNamed: named != nil, givenID: givenID) {
        case .take: take(found, into: &values, &plan)
        case .renew: break
        case .leave: application = nil
        }
      case nil:
        if named != nil, !givesClient { throw missing(name) }
        if named == nil { application = name == kept ? kept : nil }
      }
    }
    // Another client has another secret.
    if let givenID, values.withBytes(of: OAuthClient.idField, { $0.shownText }) != givenID {
      values.remove(OAuthClient.secretField)
    }
    for id in file.values.keys {
      if let value = file.values.duplicate(of: id) { values.set(id, to: value) }
    }
    if let id = options.clientID {
      values.set(OAuthClient.idField, to: SecretBuffer(text: id, capacity: 1))
    }
    let submission = try submission(values, presets, registered)
    return LinkDraft(
      submission: submission, plan: plan, application: application,
      isNewApplication: named != nil && givesClient)
  }

  /// The fields of the form as it holds them, and a client that the form does not ask for, because it could register
  /// itself.
  /// - Parameter registered: the client that did so before; nil where there is none, or it is to do so anew.
  private func submission(
    _ values: consuming SecretValues, _ presets: [Field.ID: String],
    _ registered: borrowing SecretValues?
  ) throws -> Submission {
    let isAsked = form.fields.contains { $0.id == OAuthClient.idField }
    let given = isAsked ? nil : values.client()
    var submission = try rules.make(of: values, presets: presets).submission()
    switch given {
    case .some(let client): submission.values.setClient(from: client)
    case nil: break
    }
    guard !submission.values.contains(OAuthClient.idField) else { return submission }
    switch registered {
    case .some(let client): submission.values.setClient(from: client)
    case nil: break
    }
    return submission
  }

  // MARK: Applications

  private enum Use {
    /// The account is linked with it.
    case take
    /// What is given is kept in its place.
    case renew
    /// It is another provider's, and nobody has named it.
    case leave
  }

  /// - Parameter givenID: of the client that is given, if one is.
  private func use(
    of application: borrowing Application, isNamed: Bool, givenID: String?
  ) throws -> Use {
    let facts = application.facts
    let isOwn = facts.provider == form.provider.slug
    if let givenID {
      // What other accounts were linked with does not become another application.
      guard isOwn, facts.clientID == givenID else { throw taken(facts) }
      return .renew
    }
    if isOwn || isNamed && rules.insists { return .take }
    guard isNamed else { return .leave }
    throw CommandError.failed(
      Explanation(
        what: "the application \(facts.name) belongs to \(facts.provider)",
        why: "its secret would go to \(form.provider.displayName)",
        advice: "--insist uses it all the same, where both are one service"))
  }

  private func taken(_ facts: ApplicationFacts) -> CommandError {
    .usage(
      Explanation(
        what: "an application \(facts.name) is kept already",
        why: "it is another one, of \(facts.provider): accounts were linked with it",
        advice:
          "give the new one another name, or take that one away: usher apps remove \(facts.name)"))
  }

  private func name(in file: borrowing LinkFile) throws -> ApplicationName? {
    let given = try options.application()
    guard let text = file.application else { return given }
    guard let name = ApplicationName(text) else {
      throw CommandError.failed(
        Explanation(
          what: "the values name an application as none can be called",
          why: "letters, digits, -, _ and . are allowed, 64 of them at most"))
    }
    if let given, given != name {
      throw CommandError.usage(
        Explanation(
          what: "--app and the values name different applications", advice: "leave one of them out")
      )
    }
    return name
  }

  private func take(
    _ application: consuming Application, into values: inout SecretValues, _ plan: inout LinkPlan
  ) {
    values.set(application.client)
    for id in application.values.keys {
      if let value = application.values.duplicate(of: id) { values.set(id, to: value) }
    }
    // It is registered with that one; whoever gives another knows better.
    if options.redirectURI == nil, options.port == nil, let callback = application.facts.callback {
      plan.callback = callback
    }
  }

  private func missing(_ name: ApplicationName) -> CommandError {
    .failed(
      Explanation(
        what: "no application \(name) is kept", why: "the store has none under this name",
        advice:
          "usher apps list shows them; with \"client_id\" and \"client_secret\" among the values it is kept as \(name)"
      ))
  }
}

extension LinkFile {
  /// The identifier of the application that stands in it; nil where none does.
  fileprivate var clientID: String? {
    let id = values.withBytes(of: OAuthClient.idField) { $0.shownText }
    return id.isEmpty ? nil : id
  }
}
