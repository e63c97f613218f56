/// Searching in the guide. Nothing that was typed changes: the search stands in place of the fields, which come back
/// when it ends.
extension Wizard {
  /// Only steps are searched, and from steps only: elsewhere there is no guide to look through.
  mutating func find() {
    guard case .step(let step) = state.screen, let stages = state.ask({ $0.stages }),
      !stages.isEmpty
    else { return }
    let origin = StepPlace(step: step, scroll: scroll, sideways: sideways)
    finder = GuideSearch(in: stages, from: origin)
  }

  /// What a search does with its keys. Those that have no meaning in it do nothing.
  mutating func actFinding(on input: Input, at now: ContinuousClock.Instant) -> Effect {
    switch input {
    case .edit(let edit):
      finder?.apply(edit)
      showMatch()
    case .command(.activate), .command(.move(.down)):
      finder?.move(by: 1)
      showMatch()
    case .command(.move(.up)):
      finder?.move(by: -1)
      showMatch()
    case .command(.back): endFinding(staying: false)
    case .command(.find), .command(.nextControl), .command(.previousControl):
      endFinding(staying: true)
    case .command(.scroll(let scroll)): turn(scroll)
    case .command(.help): cover(with: .help(HelpSheet()))
    case .command(.leave):
      endFinding(staying: true)
      return go(.leave, at: now)
    case .command: break
    }
    return .none
  }

  /// Plain mode: a whole search. Goes to the next step that has the text, for this one has been printed.
  mutating func find(_ text: String) {
    find()
    guard finder != nil else {
      remark = Notice(.note, "The steps of the guide can be searched, from any of them.")
      return
    }
    finder?.look(for: text)
    finder?.leaveStep()
    showMatch()
    remark = finder?.summary
    endFinding(staying: true)
  }

  /// The step that holds the present match, scrolled to it; where nothing is found, where the search began.
  mutating func showMatch() {
    guard let finder else { return }
    guard let match = finder.match else {
      restore(finder.origin)
      return
    }
    show(stage: match.stage, from: finder.origin)
    if let target = layout().scrollToFound { scroll = target }
  }

  private mutating func endFinding(staying: Bool) {
    guard let finder else { return }
    self.finder = nil
    if !staying { restore(finder.origin) }
  }
}
