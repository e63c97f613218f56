internal import Basics
internal import Connections
internal import Drafts
internal import Requests

/// Does what the wizard wants done outside. The only place that starts tasks; their results come back by mail.
struct EffectRunner {
  let dependencies: Dependencies
  let mailbox: Mailbox
  private var check: Task<Void, Never>?
  private var saving: Task<Void, Never>?
  /// What is asked of a provider for a link that needs a person's consent.
  var link: Task<Void, Never>?
  /// Where the browser is waited for.
  var port: (any ListeningPort)?
  var expectsLink = false
  /// An old key that is being taken back.
  var revocation: Task<Void, Never>?
  var revocationTicket = 0
  /// Numbers what is asked or waited for, like the checks.
  var linkTicket = 0
  private let executor = StoreExecutor()
  private var drafts: DraftKeeper
  private var expectsCheck = false
  /// Numbers the checks, so that the answer to a cancelled one is told from the answer that is waited for.
  private var ticket = 0

  init(_ dependencies: Dependencies, mailbox: Mailbox) {
    self.dependencies = dependencies
    self.mailbox = mailbox
    drafts = DraftKeeper(dependencies, mailbox: mailbox, on: executor)
  }

  /// Gets ready for a check that is likely to be wanted next, or gives back what that took. Costs nothing where it is so
  /// already.
  mutating func expectCheck(_ isLikely: Bool) {
    guard isLikely != expectsCheck else { return }
    expectsCheck = isLikely
    if isLikely { dependencies.checker.prepare() } else { dependencies.checker.dismiss() }
  }

  /// How what the project needs is now; nil where there is no project.
  func survey() -> Event? {
    guard let project = dependencies.project else { return nil }
    do {
      return .surveyed(try project.survey())
    } catch {
      return .notSurveyed(error.explanation)
    }
  }

  /// In the background: a site may take its time.
  func refreshGuide(_ slug: String) {
    let (dependencies, mailbox) = (dependencies, mailbox)
    guard Threads.areAvailable else {
      let why = Sentences.paragraph(Threads.explanation)
      mailbox.post(.guideRefreshed(slug: slug, .failed(why)))
      return
    }
    Task.detached {
      mailbox.post(.guideRefreshed(slug: slug, await dependencies.refreshGuide(slug)))
    }
  }

  /// At once: a file of at most 1 MiB, which the user waits for.
  func read(_ path: String) -> Event {
    do throws(KeyFile.Problem) {
      return .fileRead(try KeyFile.read(path))
    } catch {
      return .fileNotRead(error.explanation)
    }
  }

  /// Detached: a task of the main actor would not run while the loop waits on it.
  mutating func startCheck(_ submission: consuming Submission) {
    cancelCheck()
    // What was made ready is taken by the check.
    expectsCheck = false
    guard Threads.areAvailable else {
      mailbox.post(.checked(.withoutThreads(), dependencies.now(), ticket: ticket))
      return
    }
    let box = SendOnceBox(submission)
    let (dependencies, mailbox, ticket) = (dependencies, mailbox, ticket)
    check = Task.detached {
      guard let submission = box.take() else { return }
      let diagnosis = await dependencies.checker.check(submission) { progress in
        mailbox.post(.asking(progress, ticket: ticket))
      }
      mailbox.post(.checked(diagnosis, dependencies.now(), ticket: ticket))
    }
  }

  mutating func cancelCheck() {
    check?.cancel()
    check = nil
    ticket += 1
  }

  /// Also in the background: another process may hold the store for some seconds. After the first of them the user is
  /// told whose it is.
  mutating func save(_ order: consuming SaveOrder) {
    guard Threads.areAvailable else {
      mailbox.post(.notStored(.failed(Threads.explanation)))
      return
    }
    let box = SendOnceBox(order)
    let (dependencies, mailbox) = (dependencies, mailbox)
    let waiting = Task.detached {
      guard (try? await Task.sleep(for: EffectRunner.patience)) != nil else { return }
      mailbox.post(.waiting(for: dependencies.storeHolder()))
    }
    // What is kept after the draft was forgotten would be there for ever.
    drafts.giveUp()
    saving = Task.detached(executorPreference: executor) {
      defer { waiting.cancel() }
      guard var order = box.take() else { return }
      let store = dependencies.store()
      do throws(StoreError) {
        // Without the connection it does no harm; the connection without it could not be told from others.
        if var application = order.application.take() {
          application.facts.name = application.facts.freeName(among: try store.applications())
          order.record.facts.application = application.facts.name
          try store.saveApplication(application)
        }
        let facts = order.record.facts
        let (isReplacing, keepsToken) = (order.isReplacing, order.keepsToken)
        // Only of what was opened before it is said what it leaves.
        let leavesValues = facts.version > 0 && !keepsToken
        if let token = order.token.take() {
          try store.save(order.takeRecord(), token: token, replacing: isReplacing)
        } else {
          try store.save(
            order.takeRecord(), replacing: isReplacing, keepingToken: keepsToken)
        }
        // What was kept in case the session ended early is of no more use. It is sealed: failing to remove it is not
        // worth a word.
        try? store.forget(facts.name)
        let leavesOldKey =
          leavesValues && EffectRunner.leavesOldKey(facts.name, with: dependencies)
        mailbox.post(.stored(facts, leavesOldKey: leavesOldKey))
      } catch {
        mailbox.post(.notStored(error))
      }
    }
  }

  /// A save that waits for another process ends without having written anything.
  func cancelSave() { saving?.cancel() }

  /// A save that takes longer waits for somebody.
  private static let patience = Duration.seconds(1)

  mutating func saveDraft(_ draft: consuming Submission, for name: ConnectionName) {
    drafts.save(draft, for: name)
  }

  mutating func saveDraft(_ draft: consuming KeptDraft) {
    let name = draft.name
    drafts.save(draft.takeValues(), for: name)
  }

  mutating func forget(_ name: ConnectionName?) {
    guard let name else { return }
    drafts.giveUp()
    drafts.finish()
    try? dependencies.store().forget(name)
  }

  /// Before the end: what is still being kept is worth a moment, and no more.
  /// - Returns: whether all that was to be kept is kept.
  @discardableResult
  mutating func finish() -> Bool {
    cancelCheck()
    expectCheck(false)
    cancelLink()
    expectLink(false)
    cancelRevocation()
    return drafts.finish()
  }

  /// What has come by mail. News of checks that nobody waits for any more are left out.
  func collect() -> [Mailbox.Mail] {
    mailbox.collect().filter { mail in
      switch mail {
      case .asking(_, let number), .checked(_, _, let number): number == ticket
      case .link(_, let number): number == linkTicket
      case .revoked(_, _, let number): number == revocationTicket
      case .waiting, .stored, .notStored, .guideRefreshed, .draftSaved: true
      }
    }
  }
}

extension Mailbox.Mail {
  /// Nil where what came was taken out before.
  var event: Event? {
    switch self {
    case .asking(let progress, _): .asking(progress)
    case .checked(let diagnosis, let time, _): .checked(diagnosis, time)
    case .link(let news, _): LinkNews.event(news.take())
    case .waiting(let holder): .waiting(for: holder)
    case .guideRefreshed(let slug, let news): .guideRefreshed(slug: slug, news)
    case .stored(let facts, let leavesOldKey): .stored(facts, leavesOldKey: leavesOldKey)
    case .notStored(let error): .notStored(error)
    case .revoked(let outcome, let unnoted, _): .revoked(outcome, unnoted: unnoted)
    case .draftSaved(let error): .draftSaved(error)
    }
  }
}
