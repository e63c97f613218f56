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

  /// - Parameters:
  ///   - old: the connection that is replaced.
  ///   - findsApplication: whether one is looked for that nobody has named.
  func draft(
    of file: borrowing LinkFile, presets: [Field.ID: String],
    replacing old: borrowing ConnectionRecord?,
    findsApplication: Bool = true
  ) throws -> LinkDraft {
    var values: SecretValues
    var (kept, oldScopes): (ApplicationName?, Scopes?) = (nil, nil)
    switch old {
    case .some(let old):
      values = old.values.duplicate()
      // It may have been forgotten, and belongs to one redirect address.
      if values.contains(OAuthClient.registeredSetting) {
        for id in [OAuthClient.idField, OAuthClient.secretField] { values.remove(id) }
      }
      kept = old.facts.application
      let text = old.values.withBytes(of: Scopes.setting) { $0.shownText }
      oldScopes = text.isEmpty ? nil : Scopes(text: text)
    case nil: values = SecretValues()
    }
    var plan = try options.plan(for: form.provider)
    plan.scopes = plan.scopes ?? file.scopes ?? oldScopes
    let named = try name(in: file)
    let givesClient = options.clientID != nil || file.values.contains(OAuthClient.idField)
    let hasClient = givesClient || values.contains(OAuthClient.idField)
    // The provider's own name is the usual one for its application.
    let usual = findsApplication && !hasClient ? ApplicationName(form.provider.slug) : nil
    var application = named ?? (givesClient ? nil : kept ?? usual)
    if let name = application {
      switch try stored(name) {
      case .some(let found): take(found, into: &values, &plan)
      case nil:
        if named != nil, !givesClient { throw missing(name) }
        if named == nil { application = name == kept ? kept : nil }
      }
    }
    for id in file.values.keys {
      if let value = file.values.duplicate(of: id) { values.set(id, to: value) }
    }
    if let id = options.clientID {
      values.set(OAuthClient.idField, to: SecretBuffer(text: id, capacity: 1))
    }
    let submission = try submission(values, presets)
    return LinkDraft(
      submission: submission, plan: plan, application: application,
      isNewApplication: named != nil && givesClient)
  }

  /// The fields of the form as it holds them, and a client that the form does not ask for, because it could register
  /// itself.
  private func submission(
    _ values: consuming SecretValues, _ presets: [Field.ID: String]
  ) throws -> Submission {
    var client = SecretValues()
    for id in [OAuthClient.idField, OAuthClient.secretField]
    where !form.fields.contains(where: { $0.id == id }) && options.clientID != nil {
      if let value = values.duplicate(of: id) { client.set(id, to: value) }
    }
    var submission = try rules.make(of: values, presets: presets).submission()
    for id in client.keys {
      if let value = client.duplicate(of: id) { submission.values.set(id, to: value) }
    }
    return submission
  }

  // MARK: Applications

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
