internal import Basics
internal import Catalogues
internal import Connections
internal import Drafts
internal import Onboarding
internal import Projects
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// Where one session of the wizard finds what it is to link.
struct SessionOpenings: Sendable {
  /// One for the whole session: an identity that comes by a descriptor can be read once.
  let store: StoreHandle
  let catalogue: Catalogue
  /// How long a check may take.
  let checkTimeLimit: Duration
  /// What may be done besides linking.
  let allowances: Allowances
  /// `--store`, as it was written; nil where it was not.
  let namedStore: String?

  /// What holds where nothing else is said.
  func options() throws -> WizardOptions { try options(in: store.session()) }

  private func options(in session: borrowing StoreSession) throws -> WizardOptions {
    // A screen that saves has nobody to ask.
    if try session.needsPassphraseToSave() { try session.unlockByAsking() }
    var options = WizardOptions(store: session.describe(), linked: try session.list())
    options.namedStore = namedStore
    options.keepsDrafts = true
    options.offersSecondKey = !options.store.exists
    options.allowances = allowances
    options.checkTimeLimit = checkTimeLimit
    options.tunnel = Tunnel(in: .current())
    return options
  }

  /// What a plan leads to. What is linked under its name already gives way, and stays until then.
  func opening(of plan: ConnectionPlan) throws -> Opening {
    let session = store.session()
    var options = try options(in: session)
    options.skipsCheck = plan.skipsCheck
    options.replaces = plan.replaces
    options.end = plan.end
    options.presets = plan.presets
    options.link = plan.link
    options.application = plan.application
    var opening = try opening(of: plan, options, in: session)
    opening.terms = options
    return opening
  }

  private func opening(
    of plan: ConnectionPlan, _ options: WizardOptions, in session: borrowing StoreSession
  ) throws -> Opening {
    // One that cannot be read here can give way all the same.
    if plan.replaces, let record = try? session.read(plan.name) {
      return try replacements.opening(
        replacing: record, form: plan.form, options: options, in: session)
    }
    let applications = try session.applications(
      for: plan.form.provider, named: plan.application)
    return catalogue.opening(
      of: plan.form, as: plan.name, try session.resume(plan.name), applications,
      client: plan.givenClient())
  }

  /// A connection whose values give way to others, or are changed.
  func opening(of plan: ReplacementPlan) throws -> Opening {
    let session = store.session()
    let record = try session.read(session.name(meant: plan.name))
    let form = catalogue.form(of: record.provider)
    var options = try options(in: session)
    options.presets = try Presets(plan.presets, for: form).values
    options.skipsCheck = plan.skipsCheck
    options.end = plan.end
    // What is only changed is sealed already, and its secrets are not to be kept a second time.
    options.keepsDrafts = !plan.isEdit
    var opening = try replacements.opening(
      replacing: record, try plan.purpose(of: record, form), form: form, options: options,
      in: session)
    opening.terms = options
    return opening
  }

  /// Makes what the wizard begins with where values give way to others.
  private var replacements: ReplacementMaker { ReplacementMaker(catalogue: catalogue) }

  /// How what the project needs is.
  func survey(of project: Project) throws -> ProjectSurvey {
    try project.survey(in: store.session(), catalogue)
  }

  func open(_ slug: String) throws(OpeningError) -> Opening {
    try explained(slug) {
      guard let name = ConnectionName(provider: slug) else {
        throw CommandError.failed(
          Explanation(what: "\(slug) cannot be a connection's name"))
      }
      let form = try form(slug)
      let session = store.session()
      let applications = try session.applications(for: form.provider)
      return catalogue.opening(of: form, as: name, try session.resume(name), applications)
    }
  }

  /// A connection that the project needs, in place of what is linked under its name, if anything is.
  func open(_ name: ConnectionName) throws(OpeningError) -> Opening {
    try explained(name.provider) {
      var plan = ConnectionPlan(form: try form(name.provider), name: name)
      plan.replaces = try store.session().find(name) != nil
      return try opening(of: plan)
    }
  }

  /// A stored connection, to put other values in its place.
  func open(replacing name: ConnectionName) throws(OpeningError) -> Opening {
    try explained(name.provider) {
      let session = store.session()
      return try replacements.opening(replacing: session.read(name), in: session)
    }
  }

  /// Unlocks the identity for all that follows.
  func unlock(_ passphrase: borrowing SecretBuffer) throws(OpeningError) {
    do throws(StoreError) {
      try store.session().unlock(passphrase)
    } catch {
      throw OpeningError(error.explanation)
    }
  }

  /// Makes the store, sealed to a public key as well; returns the key as it is shown.
  func addReader(_ text: String) throws(OpeningError) -> String {
    do {
      let recipient = try RecipientInput.parse(text)
      _ = try store.session().addRecipient(recipient, label: nil)
      return recipient.text
    } catch let error as any Explained {
      throw OpeningError(error.explanation)
    } catch {
      throw OpeningError(Explanation(what: "the key was not added"))
    }
  }

  private func form(_ slug: String) throws(CommandError) -> Form {
    if let form = catalogue.form(slug) { return form }
    throw catalogue.problem(with: slug).map { .unusableProvider(slug: slug, $0) }
      ?? .noProvider(slug: slug, suggestions: [])
  }

  private func explained(
    _ slug: String, _ body: () throws -> Opening
  ) throws(OpeningError) -> Opening {
    do {
      return try body()
    } catch let error as any Explained {
      let isLocked = error is StoreError && (try? store.session().needsPassphrase()) == true
      throw OpeningError(error.explanation, isLocked: isLocked)
    } catch {
      throw OpeningError(Explanation(what: "cannot open the guide of \(slug)"))
    }
  }
}

extension Catalogue {
  /// What the wizard begins with.
  func opening(
    of form: Form, as name: ConnectionName, _ kept: consuming SecretValues?,
    _ applications: [ApplicationFacts], client: consuming SecretValues? = nil
  ) -> Opening {
    let provider = form.provider
    return Opening(
      form: form, name: name, kept: kept, alternatives: alternatives(to: form),
      source: FetchedGuide(of: provider, in: self)?.source, applications: applications,
      client: client, scopeNames: LinkWay(provider) == nil ? [] : scopes(of: provider.slug))
  }

  /// Looks through all entries only for a provider that cannot be linked from here.
  fileprivate func alternatives(to form: Form) -> [CatalogueEntry] {
    LinkObstacle(form.provider) == nil ? [] : entries.alternatives(to: form.provider)
  }
}

extension StoreSession {
  /// The applications that an account can be linked with: those of its provider, and the one that was named.
  func applications(
    for provider: Provider, named name: ApplicationName? = nil
  ) throws(StoreError) -> [ApplicationFacts] {
    guard LinkWay(provider) != nil else { return [] }
    return try applications().filter { $0.provider == provider.slug || $0.name == name }
  }
}
