internal import Basics
internal import Catalogues
internal import Checking
internal import Connections
internal import CursesTerminal
internal import Drafts
internal import Onboarding
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store
internal import Synchronization
internal import TerminalUI

/// The wizard on this terminal: builds it, runs it under the supervisor, and says on the way out what came of it.
struct InteractiveSession {
  let catalogue: Catalogue
  let store: StoreOptions
  let network: NetworkOptions
  let plain: Bool

  /// Begins with choosing a provider.
  func run() -> ExitCode {
    supervised { setting in
      Wizard(
        choosingFrom: setting.catalogue, options: try setting.options(in: setting.store.session()))
    }
  }

  /// Begins with a provider that is named on the command line.
  func connect(_ plan: ConnectionPlan) -> ExitCode {
    supervised { setting in
      let session = setting.store.session()
      var options = try setting.options(in: session)
      var plan = plan
      var client = plan.givenClient()
      options.skipsCheck = plan.skipsCheck
      options.replaces = plan.replaces
      if options.linked.contains(where: { $0.name == plan.name }),
        let record = try? session.read(plan.name)
      {
        // A replacement has to belong to the same, and keeps what was made up for it.
        options.account = record.facts.diagnosis?.account
        if plan.replaces {
          plan.keep(from: record)
          client = plan.client(keptBy: record)
        }
      }
      options.presets = plan.presets
      options.link = plan.link
      options.application = plan.application
      let kept = try session.resume(plan.name)
      let applications = try session.applications(
        for: plan.form.provider, named: plan.application)
      return Wizard(
        setting.catalogue.opening(
          of: plan.form, as: plan.name, kept, applications, client: client),
        options: options)
    }
  }

  /// The wizard's process is the supervisor's child, so errors are told there, after the terminal has been given back.
  private func supervised(_ wizard: (SessionContext) throws -> Wizard) -> ExitCode {
    let status = Supervisor.run {
      do {
        Threads.silencePool()
        guard Threads.areAvailable else { throw CommandError.failed(Threads.explanation) }
        let setting = try SessionContext(catalogue: catalogue, store: store, network: network)
        let (outcome, lines) = try show(wizard(setting), in: setting)
        ClosingMessage.show(outcome, lines)
        if case .interrupted(let signal) = outcome { Supervisor.die(of: signal) }
        return outcome.exitCode.rawValue
      } catch {
        return ErrorPrinter.report(error).rawValue
      }
    }
    return ExitCode(rawValue: status) ?? .failed
  }

  /// Returns what came of it, and what is to stay on the terminal when a full screen has gone.
  private func show(
    _ wizard: consuming Wizard, in setting: SessionContext
  ) throws -> (Outcome, closing: [String]) {
    setting.giveUpStandardError()
    let mailbox = Mailbox()
    var reason = plain ? nil : PlainMode.reason(in: .current())
    if !plain && !PlainMode.isPrompted(by: .current()) && !PlainMode.suitsWindow {
      do throws(TerminalError) {
        var terminal = try CursesSession(mailbox: mailbox.descriptor)
        var loop = WizardLoop(
          wizard, dependencies: setting.dependencies(), mailbox: mailbox,
          glyphs: Glyphs(for: terminal.encoding), clipboard: terminal.clipboard)
        let outcome = loop.run(on: &terminal)
        return (outcome, loop.closingLines(columns: terminal.size.columns))
      } catch {
        guard case .unusable(let why) = error else { throw error }
        // Plain lines suit any terminal.
        reason = why
      }
    }
    var terminal = try LineTerminal()
    var lines = PlainLines(
      wizard, dependencies: setting.dependencies(), mailbox: mailbox,
      glyphs: Glyphs(for: terminal.encoding), reason: reason)
    return (lines.run(on: &terminal), [])
  }
}

/// What is to be linked, as the command line says it.
struct ConnectionPlan {
  let form: Form
  let name: ConnectionName
  var presets: [Field.ID: String] = [:]
  var skipsCheck = false
  var replaces = false
  var link = LinkPlan()
  /// The one that was named.
  var application: ApplicationName?
}

/// What every wizard of one session shares.
private struct SessionContext {
  /// One for the whole session: an identity that comes by a descriptor can be read once.
  let store: StoreHandle
  let catalogue: Catalogue
  private let network: NetworkOptions
  private let notices: NoticeGate

  init(catalogue: Catalogue, store: StoreOptions, network: NetworkOptions) throws {
    let notices = NoticeGate()
    self.store = try store.handle { notices.report($0) }
    self.catalogue = catalogue
    self.network = network
    self.notices = notices
  }

  /// The terminal is the interface's from now on, and standard error would spoil it.
  func giveUpStandardError() { notices.close() }

  func options(in session: borrowing StoreSession) throws -> WizardOptions {
    var options = WizardOptions(store: session.describe(), linked: try session.list())
    options.keepsDrafts = true
    options.tunnel = Tunnel(in: .current())
    return options
  }

  func dependencies() -> Dependencies {
    let (store, catalogue) = (store, catalogue)
    let open: @Sendable (String) throws(OpeningError) -> Opening = { slug throws(OpeningError) in
      guard let name = ConnectionName(provider: slug) else {
        throw OpeningError(Explanation(what: "\(slug) cannot be a connection's name"))
      }
      do {
        guard let form = catalogue.form(slug) else {
          throw catalogue.problem(with: slug).map {
            CommandError.unusableProvider(slug: slug, $0)
          } ?? CommandError.noProvider(slug: slug, suggestions: [])
        }
        let session = store.session()
        let applications = try session.applications(for: form.provider)
        return catalogue.opening(of: form, as: name, try session.resume(name), applications)
      } catch let error as any Explained {
        throw OpeningError(error.explanation)
      } catch {
        throw OpeningError(Explanation(what: "cannot open the guide of \(slug)"))
      }
    }
    var dependencies = Dependencies(
      checker: network.checker(), linker: network.linker(), store: { store.session() },
      open: open)
    dependencies.receiver = LoopbackListener()
    dependencies.storeHolder = { store.holder() }
    let checkOptions = network.checkOptions
    dependencies.refreshGuide = { slug in
      guard let provider = catalogue.provider(slug),
        let guide = FetchedGuide(of: provider, in: catalogue)
      else { return .unchanged }
      return await guide.refresh(checkOptions)
    }
    return dependencies
  }
}

/// What the store has to say goes to standard error as long as no screen is there.
private final class NoticeGate: Sendable {
  private let isClosed = Atomic(false)

  func close() { isClosed.store(true, ordering: .relaxed) }

  func report(_ notice: StoreNotice) {
    if !isClosed.load(ordering: .relaxed) { StoreOptions.report(notice) }
  }
}

extension Catalogue {
  /// What the wizard begins with.
  fileprivate func opening(
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

extension Glyphs {
  init(for encoding: TextEncoding) {
    switch encoding {
    case .utf8: self = .unicode
    case .ascii: self = .ascii
    }
  }
}

extension StoreSession {
  /// The applications that an account can be linked with: those of its provider, and the one that was named.
  fileprivate func applications(
    for provider: Provider, named name: ApplicationName? = nil
  ) throws(StoreError) -> [ApplicationFacts] {
    guard LinkWay(provider) != nil else { return [] }
    return try applications().filter { $0.provider == provider.slug || $0.name == name }
  }
}
