internal import Basics
internal import Connections
internal import Drafts
internal import Projects

/// Setting a project up: the list, what is linked from it, and back. Part of the graph of screens.
extension Wizard {
  /// Where a request of the list, or of what leads to it, goes.
  mutating func goSettingUp(_ request: Request) -> Effect {
    guard case .declared(let name) = request else {
      // Somebody else has stored one meanwhile: the list that is known does not have it.
      let isOutdated = isOvertaken
      showList()
      return isOutdated ? .survey : .none
    }
    // What was typed for it before is still there.
    guard state.ask({ $0.name }) == name else { return .openDeclared(name) }
    showStart()
    return .none
  }

  /// Something was stored: says what comes next, and looks at the store again meanwhile.
  mutating func showDone(_ name: ConnectionName, at now: ContinuousClock.Instant) -> Effect {
    quiet.arrive(at: now)
    if case .project(let survey, let asksForOptional) = errand {
      state.change {
        $0.sequel = Sequel(after: name, survey, asksForOptional: asksForOptional)
      }
    }
    return .survey
  }

  /// How things are now.
  mutating func receive(_ survey: ProjectSurvey) {
    guard case .project(_, let asksForOptional) = errand else { return }
    errand = .project(survey, asksForOptional: asksForOptional)
    if state.isChoosing { showList() }
  }

  /// Whether the connection turned out to be linked already.
  private var isOvertaken: Bool {
    if case .before = state.screen { return state.ask { $0.isNameTaken } ?? false }
    guard case .outcome(let screen) = state.screen, case .notStored(.exists) = screen.finding
    else { return false }
    return true
  }

  /// The list as things are now. A connection that was linked, by whomever, is done with.
  private mutating func showList() {
    guard let first = firstScreen else { return }
    var isDone = isOvertaken
    if case .outcome(let screen) = state.screen, case .stored = screen.finding { isDone = true }
    if isDone {
      state = .choosing(WizardState.Choosing(first))
    } else {
      state.show(first)
    }
    startOver()
  }

  /// A project's file has named its connections already.
  mutating func askForName() {
    guard survey == nil else {
      let name = state.ask { "\($0.name)" } ?? ""
      remark = Notice(.note, "The project's file calls it \(name): another name is not looked for.")
      return
    }
    if let rename = state.ask({ RenameScreen($0) }) { show(.rename(rename)) }
  }

  /// Whether all that was typed has been kept already: it was left by way of the list, which seals it.
  var isKeptByLeaving: Bool {
    state.isChoosing && survey != nil && options.keepsDrafts && draftError == nil
  }

  /// The same connection once more, with what its files say now.
  func reopening(_ slug: String) -> Effect {
    guard survey != nil, let name = state.ask({ $0.name }) else { return .open(slug: slug) }
    return .openDeclared(name)
  }
}
