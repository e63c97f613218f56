internal import Basics
internal import Catalogues
internal import Checking
internal import Connections
internal import Onboarding
internal import Projects
internal import Requests
internal import Store
internal import Synchronization

/// What every wizard of one session shares.
struct SessionContext {
  let openings: SessionOpenings
  private let network: NetworkOptions
  /// What is set up, if anything is.
  private let project: Project?
  private let notices: NoticeGate

  init(
    catalogue: Catalogue, store: StoreOptions, network: NetworkOptions, project: Project?
  ) throws {
    let notices = NoticeGate()
    self.project = project
    openings = SessionOpenings(
      store: try store.handle { notices.report($0) }, catalogue: catalogue,
      checkTimeLimit: network.checkOptions.limits.total)
    self.network = network
    self.notices = notices
  }

  /// The terminal is the interface's from now on, and standard error would spoil it.
  func giveUpStandardError() { notices.close() }

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

/// What the store has to say goes to standard error as long as no screen is there.
private final class NoticeGate: Sendable {
  private let isClosed = Atomic(false)

  func close() { isClosed.store(true, ordering: .relaxed) }

  func report(_ notice: StoreNotice) {
    if !isClosed.load(ordering: .relaxed) { StoreOptions.report(notice) }
  }
}
