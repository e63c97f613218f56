internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What linking with a person's consent wants done outside.
extension EffectRunner {
  /// At once: one row of the store, which the user waits for.
  func loadApplication(_ name: ApplicationName) -> Event {
    do throws(StoreError) {
      guard let application = try dependencies.store().application(name) else {
        return .applicationNotRead(
          Explanation(
            what: "there is no application \(name) any more",
            advice: "use another one, or enter its identifier and secret"))
      }
      return .applicationRead(application)
    } catch {
      return .applicationNotRead(error.explanation)
    }
  }

  /// Gets ready for what is likely to be asked of a provider next, or gives back what that took.
  mutating func expectLink(_ isLikely: Bool) {
    guard isLikely != expectsLink else { return }
    expectsLink = isLikely
    if isLikely { dependencies.linker.prepare() } else { dependencies.linker.dismiss() }
  }

  /// - Returns: what is known at once; nil where that is nothing.
  mutating func start(_ errand: consuming LinkErrand) -> Event? {
    if let draft = errand.draft.take() { saveDraft(draft) }
    cancelLink()
    switch errand.takeDeed() {
    case .listen(let matcher): return listen(for: matcher)
    case .perform(let job):
      perform(job)
      return nil
    }
  }

  /// Neither a provider nor a browser is waited for any longer.
  mutating func cancelLink() {
    link?.cancel()
    link = nil
    port?.close()
    port = nil
    linkTicket += 1
  }

  private mutating func listen(for matcher: consuming RedirectMatcher) -> Event? {
    guard let receiver = dependencies.receiver else { return nil }
    let (mailbox, ticket) = (mailbox, linkTicket)
    do throws(ListeningError) {
      port = try receiver.listen(for: matcher) { address in
        mailbox.post(.link(Mailbox.Parcel(.redirected(address)), ticket: ticket))
      }
      return .listening
    } catch {
      return .notListening(error.explanation)
    }
  }

  /// Detached: a task of the main actor would not run while the loop waits on it.
  private mutating func perform(_ job: consuming LinkJob) {
    // What was made ready is taken by the job.
    expectsLink = false
    let (dependencies, mailbox, ticket) = (dependencies, mailbox, linkTicket)
    guard Threads.areAvailable else {
      let refusal = LinkRefusal(.withoutThreads())
      mailbox.post(.link(Mailbox.Parcel(.answered(.refused(refusal))), ticket: ticket))
      return
    }
    let box = SendOnceBox(job)
    link = Task.detached {
      guard let job = box.take() else { return }
      let result = await dependencies.linker.perform(job) { progress in
        mailbox.post(.link(Mailbox.Parcel(LinkNews(progress)), ticket: ticket))
      }
      mailbox.post(.link(Mailbox.Parcel(.answered(result)), ticket: ticket))
    }
  }
}

extension LinkNews {
  /// What the wizard is told; nil where there is nothing.
  static func event(_ news: consuming LinkNews?) -> Event? {
    switch consume news {
    case .some(let news): .link(news)
    case nil: nil
    }
  }

  init(_ progress: consuming LinkProgress) {
    switch consume progress {
    case .asking(let progress): self = .asking(progress)
    case .code(let code): self = .code(code)
    }
  }
}

extension WizardOptions {
  /// What an application that is typed is kept as, as far as that is known before anything is.
  func freeName(of name: ApplicationName?, for opening: borrowing Opening) -> ApplicationName? {
    guard let name else { return nil }
    let facts = ApplicationFacts(
      name: name, provider: opening.form.provider.slug,
      clientID: presets[OAuthClient.idField] ?? "", callback: nil, created: now, changed: now)
    return facts.freeName(among: opening.applications)
  }
}

extension ApplicationFacts {
  /// The name that they are kept under: their own, unless it is another application's.
  func freeName(among kept: [ApplicationFacts]) -> ApplicationName {
    func isFree(_ name: ApplicationName) -> Bool {
      guard let other = kept.first(where: { $0.name == name }) else { return true }
      return other.provider == provider && other.clientID == clientID
    }
    var (name, number) = (self.name, 2)
    while !isFree(name), let next = ApplicationName("\(self.name)-\(number)") {
      name = next
      number += 1
    }
    return name
  }
}
