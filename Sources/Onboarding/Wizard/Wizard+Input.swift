internal import Basics
internal import Connections
internal import Drafts
internal import Requests
internal import Secrets
internal import TerminalUI

extension Wizard {
  /// Takes one event in and says what is to be done about it.
  package mutating func handle(
    _ event: consuming Event, at now: ContinuousClock.Instant
  ) -> Effect {
    state.change { $0.now = now }
    switch consume event {
    case .key(let key): return handle(key, at: now)
    case .paste(let pasted, let isCut):
      quiet.pasted(at: now)
      paste(pasted, isCut: isCut)
    case .unmarkedPaste(let pasted, let isCut): paste(pasted, isCut: isCut)
    case .arriving(let characters):
      if overlay == nil, finder == nil, pendingLink == nil { state.showArriving(characters) }
    case .answer(let line):
      guard overlay == nil else {
        overlay?.current.receive(line, .line)
        return act(on: .command(.activate), at: now)
      }
      let request = state.receive(line, .line)
      offerFound()
      return go(request, at: now)
    case .command(let command): return act(on: .command(command), at: now)
    case .edit(let edit): return act(on: .edit(edit), at: now)
    case .find(let text): find(text)
    case .action(let number):
      if overlay == nil { state.select(.action(number)) }
      overlay?.current.select(action: number)
      return act(on: .command(.activate), at: now)
    case .row(let number):
      state.select(.row(number))
      return act(on: .command(.activate), at: now)
    case .resized(let size): resize(to: size)
    case .tick: state.tick(at: now)
    case .opened(let opening): open(opening, at: now)
    case .notOpened(let explanation): report(explanation)
    case .locked(let place): cover(with: .passphrase(PassphraseSheet(for: place)))
    case .unlocked: return goOnUnlocked()
    case .notUnlocked(let explanation): reportLocked(explanation)
    case .surveyed(let survey): receive(survey)
    case .notSurveyed(let explanation):
      remark = Notice(.warning, Sentences.paragraph(explanation))
    case .guideRefreshed(let slug, let news): return receive(news, about: slug)
    case .asking(let progress): record(progress)
    case .fileRead(let file): receive(file)
    case .fileNotRead(let explanation): reportUnreadFile(explanation)
    case .readerAdded(let recipient): receiveReader(recipient)
    case .readerNotAdded(let explanation): reportUnaddedReader(explanation)
    case .checked(let diagnosis, let checked): return receive(diagnosis, checked, at: now)
    case .applicationRead(let application): return receive(application, at: now)
    case .applicationNotRead(let explanation): reportUnreadApplication(explanation)
    case .listening: learn(.listening)
    case .notListening(let explanation): learn(.deaf(explanation))
    case .link(let news): return receive(news, at: now)
    case .waiting(let holder): wait(for: holder)
    case .stored(let facts, let leavesOldKey):
      return finish(facts, leavesOldKey: leavesOldKey, at: now)
    case .revoked(let outcome, let unnoted): return learn(outcome, unnoted: unnoted, at: now)
    case .notStored(let error): return fail(error, at: now)
    case .draftSaved(let error): learnDraft(error)
    }
    return .none
  }

  private mutating func handle(_ key: Key, at now: ContinuousClock.Instant) -> Effect {
    // Nobody should act on what cannot be seen: a window that is too small takes the keys that it names.
    guard PageLayout.fits(size) || key == .control("c") || key == .control("z") else {
      return .none
    }
    let isTyping =
      overlay?.current.isTyping ?? (pendingLink == nil && (finder != nil || state.isTyping))
    guard let input = KeyMap.input(for: key, isTyping: isTyping) else {
      pendingLink = nil
      return .none
    }
    if quiet.swallows(input, at: now) { return .none }
    return act(on: input, at: now)
  }

  /// What means the same everywhere is done here; the rest is up to what lies on top.
  private mutating func act(on input: Input, at now: ContinuousClock.Instant) -> Effect {
    remark = nil
    if case .command(let command) = input, !allowances.permit(command) {
      remark = Notice(.note, "That is switched off in this session.")
      return .none
    }
    if let pending = pendingLink {
      pendingLink = nil
      switch input {
      case .command(.digit(let digit)): return chooseLink(pending, followedBy: digit)
      case .command(.activate): return openLink(pending)
      case .command(.back), .command(.linkPrompt): return .none
      case .command, .edit: break
      }
    }
    if input == .command(.suspend) { return .suspend }
    if finder != nil, overlay == nil { return actFinding(on: input, at: now) }
    switch input {
    case .command(.help) where overlay == nil:
      cover(with: .help(HelpSheet()))
      return .none
    case .command(.digit(let digit)) where overlay == nil: return chooseLink(0, followedBy: digit)
    case .command(.linkPrompt) where overlay == nil:
      listLinks()
      return .none
    case .command(.link(let number)) where overlay == nil: return openLink(number)
    case .command(.find) where overlay == nil:
      find()
      return .none
    case .command, .edit: break
    }
    if let request = overlay?.current.handle(input) { return go(request, at: now) }
    return go(state.handle(input), at: now)
  }

  private mutating func paste(_ pasted: borrowing SecretBuffer, isCut: Bool) {
    guard overlay == nil else {
      overlay?.current.receive(pasted, .paste(isCut: isCut))
      return
    }
    guard pendingLink == nil else { return }
    remark = nil
    guard finder == nil else {
      finder?.paste(pasted)
      showMatch()
      return
    }
    _ = state.receive(pasted, .paste(isCut: isCut))
    if !page().fields.contains(where: \.isFocused) {
      remark = Notice(.warning, "A paste arrived, but nothing is asked for here. It was not used.")
    }
    offerFound()
  }

  // MARK: News

  private mutating func report(_ explanation: Explanation) {
    let notice = Notice(.failed, Sentences.paragraph(explanation))
    state.report(notice)
    if state.screen != nil { remark = notice }
  }

  /// Nothing is promised any more that does not hold, and a page that says so already is drawn anew.
  private mutating func learnDraft(_ error: StoreError?) {
    draftError = error
    if case .leave(var sheet) = overlay {
      sheet.error = error
      overlay = .leave(sheet)
    }
    guard let error else { return }
    remark = Notice(
      .warning, "What you typed is not kept: " + Sentences.paragraph(error.explanation))
  }

  /// What the check is doing; nothing once it is not waited for any more.
  private mutating func record(_ progress: CheckProgress) {
    guard case .checking(var checking) = state.screen else { return }
    checking.record(progress)
    state.show(.checking(checking))
  }

  private mutating func learn(_ hearing: ConsentScreen.Hearing) {
    guard case .consent(var screen) = state.screen else { return }
    screen.hearing = hearing
    state.show(.consent(screen))
  }

  /// The store is somebody else's at the moment.
  private mutating func wait(for holder: String?) {
    guard case .checking(var checking) = state.screen else { return }
    checking.wait(for: holder)
    state.show(.checking(checking))
  }

  // MARK: Files

  /// What was read after the user had left the sheet is not wanted any more.
  private mutating func receive(_ file: borrowing KeyFile) {
    guard case .file(let sheet) = overlay else { return }
    state.change { $0.replace(with: file, in: sheet.field) }
    dismiss()
    offerFound()
  }

  private mutating func reportUnreadFile(_ explanation: Explanation) {
    guard case .file(var sheet) = overlay else { return }
    sheet.report(explanation)
    overlay = .file(sheet)
  }
}
