internal import Basics
internal import Catalogues
internal import Checking
internal import Connections
internal import Onboarding
internal import Projects
internal import Requests
internal import Secrets
internal import Store
internal import Synchronization

/// What every wizard of one session shares.
struct SessionContext {
  let openings: SessionOpenings
  private let network: NetworkOptions
  /// What is set up, if anything is.
  private let project: Project?
  private let gate: TerminalGate

  init(
    catalogue: Catalogue, store: StoreOptions, network: NetworkOptions, project: Project?,
    allowances: Allowances
  ) throws {
    let gate = TerminalGate(store.passphrases)
    self.project = project
    openings = SessionOpenings(
      store: try store.handle(notice: { gate.report($0) }, passphrases: gate), catalogue: catalogue,
      checkTimeLimit: network.checkOptions.limits.total, allowances: allowances,
      namedStore: store.store)
    self.network = network
    self.gate = gate
  }

  /// The terminal is the interface's from now on, and nobody else's to write to or to ask on.
  func giveUpTerminal() { gate.close() }

  func dependencies() -> Dependencies {
    let (openings, store, catalogue) = (openings, openings.store, openings.catalogue)
    var dependencies = Dependencies(
      checker: network.checker(), linker: network.linker(), store: { store.session() },
      open: { slug throws(OpeningError) in try openings.open(slug) })
    if let project {
      dependencies.project = ProjectDependencies(
        open: { name throws(OpeningError) in try openings.open(name) },
        survey: { () throws(OpeningError) in
          do {
            return try openings.survey(of: project)
          } catch let error as any Explained {
            throw OpeningError(error.explanation)
          } catch {
            throw OpeningError(Explanation(what: "cannot tell how the project is now"))
          }
        })
    }
    dependencies.openReplacement = { name throws(OpeningError) in
      try openings.open(replacing: name)
    }
    dependencies.unlock = { passphrase throws(OpeningError) in try openings.unlock(passphrase) }
    dependencies.addReader = { text throws(OpeningError) in try openings.addReader(text) }
    dependencies.receiver = LoopbackListener()
    dependencies.storeHolder = { store.holder() }
    let checkOptions = network.checkOptions
    dependencies.revoker = HelperRevoker(options: checkOptions)
    dependencies.refreshGuide = { slug in
      guard let provider = catalogue.provider(slug),
        let guide = FetchedGuide(of: provider, in: catalogue)
      else { return .unchanged }
      return await guide.refresh(checkOptions)
    }
    return dependencies
  }
}

/// What the store has to say goes to standard error, and the passphrase is asked for on the terminal, as long as no screen
/// is there.
private final class TerminalGate: PassphraseSource {
  private let isClosed = Atomic(false)
  private let input: PassphraseInput

  init(_ input: PassphraseInput) { self.input = input }

  func close() { isClosed.store(true, ordering: .relaxed) }

  func report(_ notice: StoreNotice) {
    if !isClosed.load(ordering: .relaxed) { StoreOptions.report(notice) }
  }

  func passphrase(for identity: String, attempt: Int) throws(StoreError) -> SecretBuffer? {
    if isClosed.load(ordering: .relaxed) { return nil }
    return try input.passphrase(for: identity, attempt: attempt)
  }
}
