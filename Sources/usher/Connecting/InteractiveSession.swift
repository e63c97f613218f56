internal import Basics
internal import Credentials
internal import CursesTerminal
internal import Guides
internal import Onboarding
internal import Store

/// The wizard on this terminal: builds it, runs it under the supervisor, and says on the way out what came of it.
struct InteractiveSession {
  let catalogue: CatalogueOptions
  let store: StoreOptions
  let network: NetworkOptions
  let plain: Bool

  /// Begins with choosing a provider.
  func run() -> ExitCode {
    supervised { setting in
      Wizard(choosingFrom: setting.catalogue, options: try setting.options())
    }
  }

  /// Begins with a provider that is named on the command line.
  func connect(_ plan: ConnectionPlan) -> ExitCode {
    supervised { setting in
      var options = try setting.options()
      options.presets = setting.generatedValues(for: plan).merging(plan.presets) { $1 }
      options.skipsCheck = plan.skipsCheck
      options.replaces = plan.replaces
      options.account = setting.account(of: plan.name, in: options.linked)
      let kept = try setting.store.resume(plan.name)
      let opening = Opening(
        form: plan.form, name: plan.name, kept: kept,
        alternatives: setting.catalogue.alternatives(to: plan.form))
      return Wizard(opening, options: options)
    }
  }

  /// The wizard's process is the supervisor's child, so errors are told there, after the terminal has been given back.
  private func supervised(_ wizard: (Setting) throws -> Wizard) -> ExitCode {
    let status = Supervisor.run {
      do {
        let setting = try Setting(catalogue: catalogue, store: store, network: network)
        let outcome = try show(wizard(setting), in: setting)
        Farewell.say(outcome)
        if case .interrupted(let signal) = outcome { Supervisor.die(of: signal) }
        return outcome.exitCode.rawValue
      } catch {
        return ErrorPrinter.report(error).rawValue
      }
    }
    return ExitCode(rawValue: status) ?? .failed
  }

  private func show(_ wizard: consuming Wizard, in setting: Setting) throws -> Outcome {
    let mailbox = Mailbox()
    if !plain && !PlainMode.isAsked(by: .current()) && !PlainMode.suitsWindow {
      do throws(TerminalError) {
        var terminal = try CursesSession(mailbox: mailbox.descriptor)
        var loop = WizardLoop(
          wizard, surroundings: setting.surroundings(), mailbox: mailbox,
          glyphs: Glyphs(for: terminal.encoding))
        return loop.run(on: &terminal)
      } catch {
        guard case .unusable = error else { throw error }
        // Plain lines suit any terminal.
      }
    }
    var terminal = try LineTerminal()
    var lines = PlainLines(
      wizard, surroundings: setting.surroundings(), mailbox: mailbox,
      glyphs: Glyphs(for: terminal.encoding))
    return lines.run(on: &terminal)
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
private struct Setting {
  let store: SQLiteStore
  let catalogue: Catalogue
  private let network: NetworkOptions

  init(catalogue: CatalogueOptions, store: StoreOptions, network: NetworkOptions) throws {
    self.store = try store.openStore()
    self.catalogue = catalogue.catalogue()
    self.network = network
  }

  func options() throws -> WizardOptions {
    var options = WizardOptions(store: store.describe(), linked: try store.list())
    options.keepsDrafts = true
    return options
  }

  /// Whom what is stored under the name belongs to: a replacement has to belong to the same.
  func account(of name: ConnectionName, in linked: [ConnectionIndexEntry]) -> String? {
    guard linked.contains(where: { $0.name == name }) else { return nil }
    guard let record = try? store.open(name) else { return nil }
    return record.facts.diagnosis?.account
  }

  /// What was made up for the connection that is replaced, where this machine can open it.
  func generatedValues(for plan: ConnectionPlan) -> [Field.ID: String] {
    guard plan.replaces, plan.form.fields.contains(where: \.isGenerated),
      let record = try? store.open(plan.name)
    else { return [:] }
    return record.generatedValues(of: plan.form)
  }

  func surroundings() -> Surroundings {
    let (store, catalogue) = (store, catalogue)
    return Surroundings(checker: network.checker(), store: store, drafts: store) {
      slug throws(OpeningError) in
      guard let name = ConnectionName(provider: slug) else {
        throw OpeningError(Explanation(what: "\(slug) cannot be a connection's name"))
      }
      do {
        guard let form = catalogue.form(slug) else {
          throw CommandError.noProvider(slug: slug, suggestions: [])
        }
        return Opening(
          form: form, name: name, kept: try store.resume(name),
          alternatives: catalogue.alternatives(to: form))
      } catch let error as any Explained {
        throw OpeningError(error.explanation)
      } catch {
        throw OpeningError(Explanation(what: "cannot open the guide of \(slug)"))
      }
    }
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
