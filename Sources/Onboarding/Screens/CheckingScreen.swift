internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests

/// While the provider is asked, and while the answer is stored.
struct CheckingScreen: WizardScreen {
  enum Phase: Equatable {
    case asking, storing
    /// What was replaced is taken back; the facts of what took its place, which is stored.
    case revoking(ConnectionFacts)
  }
  /// Where the user wants to get who gave up waiting for the store.
  enum WayOut: Equatable { case back, leave }

  let phase: Phase
  let started: ContinuousClock.Instant
  /// What is being asked, without secrets.
  private let request: String?
  /// Who is being asked at the moment.
  private var progress: CheckProgress?
  private var seconds = 0
  /// Set while the end of a save is waited for that is not wanted any more.
  private(set) var givenUp: WayOut?
  /// What is waited for while storing; nil until it takes long.
  private var holder: String?

  init(_ phase: Phase, request: String? = nil, at now: ContinuousClock.Instant) {
    self.phase = phase
    self.request = request
    started = now
  }

  var screen: Screen { .checking(self) }

  mutating func tick(at now: ContinuousClock.Instant) {
    seconds = Int((now - started).components.seconds)
  }

  mutating func record(_ progress: CheckProgress) {
    if phase == .asking { self.progress = progress }
  }

  /// Storing takes long.
  mutating func wait(for holder: String?) {
    guard phase == .storing else { return }
    self.holder = holder ?? "another process"
  }

  mutating func giveUp(_ way: WayOut) { givenUp = way }

  /// When the next second is full. Storing takes a hundredth of one and shows none, unless somebody is waited for.
  var deadline: ContinuousClock.Instant? {
    phase != .storing || holder != nil ? started + .seconds(seconds + 1) : nil
  }

  /// Whether an old key is being taken back.
  var isRevoking: Bool { if case .revoking = phase { true } else { false } }

  /// Nothing can be chosen here: a second Enter that was meant for the screen before does nothing. What is being
  /// stored is stored whole or not at all, whenever it is left.
  func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    switch input {
    case .command(.back): .back
    case .command(.leave): .leave
    case .command, .edit: .stay
    }
  }

  func page(_ visit: borrowing LinkSession) -> Page {
    switch phase {
    case .asking: asking(visit)
    case .storing: storing(visit)
    case .revoking(let facts): revoking(facts, visit)
    }
  }

  private func asking(_ visit: borrowing LinkSession) -> Page {
    let name = visit.provider.displayName
    var page = Page(
      header: visit.header(position: "Checking", station: visit.lastStation),
      title: "Asking \(name)")
    var facts: [Page.Fact] = []
    if let request { facts.append(.init("Request", request)) }
    if let progress {
      let number = progress.request > 1 ? ", request \(progress.request)" : ""
      facts.append(.init("Asking", progress.place + number))
    }
    facts.append(
      .init(
        "Waiting", "\(seconds) s of at most \(visit.options.checkTimeLimit.components.seconds) s"))
    page.items = [
      .paragraph("Does \(name) accept these values? Nothing is stored before the answer."),
      .facts(facts),
    ]
    page.keys = [
      KeyHint(.back, "cancel", weight: 10), KeyHint(.help, "help", weight: 8, isTyping: true),
    ]
    return page
  }

  private func revoking(_ facts: ConnectionFacts, _ visit: borrowing LinkSession) -> Page {
    let name = visit.provider.displayName
    var page = Page(
      header: visit.header(position: "Revoking", station: visit.lastStation),
      title: "Revoking the old key")
    page.items = [
      .paragraph("\(name) is asked to take the old key of \(facts.name) back. The new one stays."),
      .facts([.init("Waiting", "\(seconds) s")]),
    ]
    page.keys = [
      KeyHint(.back, "do not wait", weight: 10),
      KeyHint(.help, "help", weight: 8, isTyping: true),
    ]
    return page
  }

  private func storing(_ visit: borrowing LinkSession) -> Page {
    var page = Page(
      header: visit.header(position: "Storing", station: visit.lastStation), title: "Storing")
    page.items = [
      .paragraph("Sealing the values and writing them to \(visit.options.store.location).")
    ]
    if givenUp != nil {
      page.items.append(.paragraph("Giving up. What has been written by now stays written."))
    } else if let holder {
      let limit = StoreWaiting.limit.components.seconds
      page.items.append(
        .facts([
          .init("Waiting for", "\(holder), which has the store at the moment"),
          .init("Waited", "\(seconds) s of at most \(limit) s"),
        ]))
    }
    page.keys = [
      KeyHint(.back, "give up", weight: 10), KeyHint(.help, "help", weight: 8, isTyping: true),
    ]
    return page
  }
}
