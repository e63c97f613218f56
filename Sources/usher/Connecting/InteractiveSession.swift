internal import Basics
internal import Catalogues
internal import Connections
internal import CursesTerminal
internal import Onboarding
internal import ProviderFormat
internal import Requests
internal import Store
internal import TerminalUI

/// The wizard on this terminal: builds it, runs it under the supervisor, and says on the way out what came of it.
struct InteractiveSession {
  let catalogue: CatalogueOptions
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
      options.skipsCheck = plan.skipsCheck
      options.replaces = plan.replaces
      if options.linked.contains(where: { $0.name == plan.name }),
        let record = try? session.read(plan.name)
      {
        // A replacement has to belong to the same, and keeps what was made up for it.
        options.account = record.facts.diagnosis?.account
        if plan.replaces { options.presets = record.generatedValues(of: plan.form) }
      }
      options.presets.merge(plan.presets) { $1 }
      let kept = try session.resume(plan.name)
      let opening = Opening(
        form: plan.form, name: plan.name, kept: kept,
        alternatives: setting.catalogue.alternatives(to: plan.form))
      return Wizard(opening, options: options)
    }
  }

  /// The wizard's process is the supervisor's child, so errors are told there, after the terminal has been given back.
  private func supervised(_ wizard: (SessionContext) throws -> Wizard) -> ExitCode {
    let status = Supervisor.run {
      do {
        guard Threads.areAvailable else { throw CommandError.failed(Threads.explanation) }
        let setting = try SessionContext(catalogue: catalogue, store: store, network: network)
        let (outcome, lines) = try show(wizard(setting), in: setting)
        ClosingMessage.say(outcome, lines)
        if case .interrupted(let signal) = outcome { Supervisor.die(of: signal) }
        return outcome.exitCode.rawValue
      } catch {
        return ErrorPrinter.report(error).rawValue
      }
    }
    return ExitCode(rawValue: status) ?? .failed
  }

  /// Returns what came of it, and what is to stay on the terminal.
  private func show(
    _ wizard: consuming Wizard, in setting: SessionContext
  ) throws -> (Outcome, closing: [String]) {
    let mailbox = Mailbox()
    let columns = PlainMode.windowSize?.columns ?? PageLayout.textWidth
    var reason = plain ? nil : PlainMode.reason(in: .current())
    if !plain && !PlainMode.isPrompted(by: .current()) && !PlainMode.suitsWindow {
      do throws(TerminalError) {
        var terminal = try CursesSession(mailbox: mailbox.descriptor)
        var loop = WizardLoop(
          wizard, surroundings: setting.surroundings(), mailbox: mailbox,
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
      wizard, surroundings: setting.surroundings(), mailbox: mailbox,
      glyphs: Glyphs(for: terminal.encoding), reason: reason)
    let outcome = lines.run(on: &terminal)
    return (outcome, lines.closingLines(columns: columns))
  }
}

/// What is to be linked, as the command line says it.
struct ConnectionPlan {
  let form: Form
  let name: ConnectionName
  var presets: [Field.ID: String] = [:]
  var skipsCheck = false
  var replaces = false
}

/// What every wizard of one session shares.
private struct SessionContext {
  let store: StoreHandle
  let catalogue: Catalogue
  private let network: NetworkOptions

  init(catalogue: CatalogueOptions, store: StoreOptions, network: NetworkOptions) throws {
    self.store = try store.handle(isSilent: true)
    self.catalogue = catalogue.catalogue()
    self.network = network
  }

  func options(in session: borrowing StoreSession) throws -> WizardOptions {
    var options = WizardOptions(store: session.describe(), linked: try session.list())
    options.keepsDrafts = true
    let names = try? VariableNames(renaming: [])
    options.variable = { names?.variable(for: $0, of: $1) }
    return options
  }

  func surroundings() -> Dependencies {
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
        return Opening(
          form: form, name: name, kept: try store.session().resume(name),
          alternatives: catalogue.alternatives(to: form))
      } catch let error as any Explained {
        throw OpeningError(error.explanation)
      } catch {
        throw OpeningError(Explanation(what: "cannot open the guide of \(slug)"))
      }
    }
    var dependencies = Dependencies(
      checker: network.checker(), store: { store.session() }, open: open)
    dependencies.storeHolder = { store.holder() }
    return dependencies
  }
}

extension Catalogue {
  /// Looks through all entries only for a provider that needs a browser.
  fileprivate func alternatives(to form: Form) -> [CatalogueEntry] {
    form.provider.authMode.isFormBased ? [] : entries.alternatives(to: form.provider)
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
