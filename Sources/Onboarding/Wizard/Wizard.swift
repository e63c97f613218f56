internal import Basics
internal import Connections
internal import Drafts
package import Projects
internal import ProviderFormat
internal import Requests
package import TerminalUI

/// The wizard, as a value: it is told what happens and says what to show and what to do. It reads no clock, no file and
/// no terminal, so every path through it can be walked in a test.
///
/// Which screen comes next is in `Wizard+Graph` and `Wizard+Consent` and nowhere else, how it is put up in `Wizard+Showing`, how keys become
/// requests in `Wizard+Input`, and what is shown in `Wizard+Scrolling`.
package struct Wizard: ~Copyable {
  let options: WizardOptions
  /// What the session is about, and with it the screen that comes before all others.
  var errand: Errand
  var state: WizardState
  var overlay: Overlay?
  /// How far the page is scrolled, and how far the one below an overlay was.
  var scroll = 0
  var coveredScroll = 0
  /// How far blocks of code are scrolled sideways, by their numbers on the page.
  var sideways: [Int: Int] = [:]
  /// The places from which links of the guide led here, the last one at the end. Any other way to go on forgets them.
  var jumps: [StepPlace] = []
  /// The search in the guide that is on.
  var finder: GuideSearch?
  /// What is to be said on the consent that is being prepared.
  var news: Notice?
  /// Why what was typed could not be kept the last time.
  var draftError: StoreError?
  /// What the last key could not do, where no screen says so itself.
  var remark: Notice?
  var size = Size(columns: 80, rows: 24)
  /// The last size in which a page could be shown: the one that `scroll` is meant for.
  var lastUsable = Size(columns: 80, rows: 24)
  /// Whether a store is about to be made, and nobody was asked yet for a second key that opens it.
  var offersSecondKey: Bool
  /// The most fields that the window has room for at once; nil before there is a window, as in plain mode, which says all.
  var mostFields: Int?
  /// The signs that pages are drawn with: how far one can be scrolled depends on them.
  package var glyphs = Glyphs.unicode
  var allowances: Allowances { options.allowances }
  /// What becomes of text that is copied.
  package var clipboard = Clipboard.terminal
  let layouts = LayoutCache()
  let drawn = DrawnRows()
  /// The link number that is being typed; 0 before its first digit.
  var pendingLink: Int?
  var quiet = InputGuard()

  /// Begins with choosing a provider.
  package init(choosingFrom index: any ProviderSearching, options: WizardOptions) {
    self.options = options
    offersSecondKey = options.offersSecondKey
    errand = .anything(index)
    let pick = PickScreen(index, linked: options.linked)
    state = .choosing(WizardState.Choosing(pick))
  }

  /// Begins with the list of what a project needs, and comes back to it after each of them.
  /// - Parameter asksForOptional: whether what can be done without is asked for, too.
  package init(
    settingUp survey: ProjectSurvey, asksForOptional: Bool = false, options: WizardOptions
  ) {
    self.options = options
    offersSecondKey = options.offersSecondKey
    errand = .project(survey, asksForOptional: asksForOptional)
    let list = SetupScreen(survey, asksForOptional: asksForOptional, at: options.now)
    state = .choosing(WizardState.Choosing(list))
  }

  /// Begins with a provider that has been chosen already.
  package init(
    _ opening: consuming Opening, options: WizardOptions, at now: ContinuousClock.Instant = .now
  ) {
    self.options = options
    offersSecondKey = options.offersSecondKey
    errand = .one
    state = .linking(
      WizardState.Visit(LinkSession(opening, options: options, isFirst: true, at: now)))
    showStart()
    offerSecondKey()
  }

  /// How the session ends if it ends now, whoever ends it.
  borrowing func outcome() -> Outcome {
    if case .outcome(let screen) = state.screen {
      switch screen.finding {
      case .stored(let facts) where survey == nil: return .linked(facts)
      case .stored: break
      case .notStored(let error): return .failed(error)
      case .otherAccount(let diagnosis): return .left(after: diagnosis)
      case .diagnosed, .notLinked: break
      }
    }
    if let survey { return .setUp(survey.verdict) }
    // Stored it is, whatever becomes of what it took the place of.
    if case .checking(let screen) = state.screen, case .revoking(let facts) = screen.phase {
      return .linked(facts)
    }
    return .left(after: state.ask { $0.diagnosis } ?? nil)
  }
}
