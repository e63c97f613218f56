import Basics
import Connections
import Onboarding
import Requests
import Secrets
import TerminalUI
import Testing

/// The loop on a scripted terminal: what is shown, done, kept and left.
@Suite(.timeLimit(.minutes(1))) struct WizardLoopTests {
  /// What came of a run.
  private struct Run: Sendable {
    var outcome: Outcome
    var screens: [String]
    var deadlines: [ContinuousClock.Instant?]
    var copied: [String]
    var suspensions: Int
    var closing: String
  }

  private func run(
    _ steps: [ScriptedTerminal.Step], checker: ScriptedChecker = ScriptedChecker([]),
    store: ScriptedStore = ScriptedStore(), keepsDrafts: Bool = false,
    fromTheIndex: Bool = false
  ) async -> Run {
    let open: @Sendable (String) throws(OpeningError) -> Opening = { slug throws(OpeningError) in
      guard slug == "tally" else {
        throw OpeningError(Explanation(what: "no provider \(slug)", why: "there is no guide"))
      }
      return Samples.opening(Samples.tally)
    }
    let dependencies = Dependencies(
      checker: checker, linker: ScriptedLinker([]), store: { store }, open: open)
    var options = Samples.options()
    options.keepsDrafts = keepsDrafts
    return await onThread { [options] in
      let mailbox = Mailbox()
      var loop = WizardLoop(
        fromTheIndex
          ? Wizard(choosingFrom: Samples.index, options: options)
          : Wizard(Samples.opening(Samples.tally), options: options),
        dependencies: dependencies, mailbox: mailbox)
      var terminal = ScriptedTerminal(steps, mailbox: mailbox)
      let outcome = loop.run(on: &terminal)
      return Run(
        outcome: outcome, screens: terminal.screens.map { $0.joined(separator: "\n") },
        deadlines: terminal.deadlines, copied: terminal.copied,
        suspensions: terminal.suspensions,
        closing: loop.closingLines(columns: 80).joined(separator: "\n"))
    }
  }

  /// From the first screen to the review, the key typed by hand.
  private var toTheReview: [ScriptedTerminal.Step] {
    [.key(.enter), .key(.enter)]
      + Samples.tallyKey.unicodeScalars.map { .key(.character($0)) } + [.key(.enter), .pause]
  }

  @Test func `a link from the first key to the last`() async {
    let (checker, store) = (ScriptedChecker([Walk.accepted()]), ScriptedStore())
    let run = await run(
      toTheReview + [.key(.enter), .mail, .mail], checker: checker, store: store)
    #expect(run.outcome.exitCode == .done)
    #expect(checker.submissions == [["apiKey"]])
    #expect(store.names == [ConnectionName(provider: "tally")!])
    #expect(store.facts.first?.diagnosis?.isAccepted == true)
    #expect(run.screens.contains { $0.contains("Asking Tally") })
    #expect(run.closing.contains("Tally is linked"))
    #expect(run.closing.contains("Jane Doe, jane@example.com"))
    #expect(!run.screens.contains { $0.contains("abcdef") })
  }

  @Test func `nothing wakes the loop up while it waits for the user`() async {
    let run = await run([.key(.enter), .key(.enter), .key(.character("x"))])
    #expect(run.deadlines.allSatisfy { $0 == nil })
  }

  @Test func `a signal ends the loop without a question`() async {
    let run = await run([.key(.enter), .key(.enter), .key(.character("x")), .terminate(15)])
    #expect(run.outcome == .interrupted(signal: 15))
  }

  @Test func `a cancelled check is cancelled, and its late answer is dropped`() async {
    let store = ScriptedStore()
    let run = await run(
      toTheReview + [.key(.enter), .key(.escape), .mail, .key(.character("?"))],
      checker: ScriptedChecker([], waitsForCancel: true), store: store)
    #expect(run.screens.last?.contains("Help") == true)
    #expect(run.screens.dropLast().last?.contains("was cancelled") == true)
    #expect(store.names.isEmpty)
  }

  @Test func `drafts are kept step by step, and forgotten once stored`() async {
    let store = ScriptedStore()
    _ = await run(
      toTheReview + [.key(.enter), .mail, .mail], checker: ScriptedChecker([Walk.accepted()]),
      store: store, keepsDrafts: true)
    #expect(store.drafts == ["keep tally/default apiKey", "forget tally/default"])
  }

  @Test func `the next page does not wait for the store`() async {
    let gate = Gate()
    let store = ScriptedStore(gate: gate)
    let run = await run(toTheReview + [.open(gate)], store: store, keepsDrafts: true)
    // The store lets go after the review has been shown.
    #expect(run.screens.last?.contains("Review") == true)
    #expect(store.drafts == ["keep tally/default apiKey"])
  }

  @Test func `of the drafts that wait for the store the newest is kept`() async {
    let gate = Gate()
    let store = ScriptedStore(gate: gate)
    let again: [ScriptedTerminal.Step] = [.key(.escape), .key(.enter), .pause]
    let run = await run(
      toTheReview + again + again + again + [.open(gate)], store: store, keepsDrafts: true)
    #expect(run.screens.last?.contains("Review") == true)
    // The one that the store was busy with, and the last.
    #expect(store.drafts.count == 2)
  }

  @Test func `a draft that cannot be kept is said, and no promise is made of it`() async {
    let store = ScriptedStore(drafts: [.failed(Explanation(what: "the disk is full"))])
    let run = await run(
      toTheReview + [.mail, .key(.control("c"))], store: store, keepsDrafts: true)
    #expect(run.screens.contains { $0.contains("What you typed is not kept: The disk is full.") })
    let sheet = run.screens.last ?? ""
    #expect(sheet.contains("What you typed last could not be kept"), "\(sheet)")
    #expect(sheet.contains("The disk is full."))
  }

  @Test func `once a draft can be kept again nothing speaks against it`() async {
    let store = ScriptedStore(drafts: [.failed(Explanation(what: "the disk is full"))])
    let run = await run(
      toTheReview + [
        .mail, .key(.escape), .key(.enter), .mail, .pause, .key(.control("c")),
      ], store: store, keepsDrafts: true)
    #expect(run.screens.last?.contains("finished steps are kept, sealed") == true)
    #expect(store.drafts == ["keep tally/default apiKey"])
  }

  @Test func `a line that is cut waits for the draft that is under way`() async {
    let store = ScriptedStore()
    let run = await run(toTheReview + [.terminate(1)], store: store, keepsDrafts: true)
    #expect(run.outcome == .interrupted(signal: 1))
    #expect(store.drafts == ["keep tally/default apiKey"])
  }

  @Test func `a check is got ready for where it comes next, and given up where it does not`() async
  {
    let checker = ScriptedChecker([])
    _ = await run(
      toTheReview + [.key(.escape), .key(.enter), .pause, .terminate(15)], checker: checker)
    #expect(checker.preparations == ["prepare", "dismiss", "prepare", "dismiss"])
    let used = ScriptedChecker([Walk.accepted()])
    _ = await run(toTheReview + [.key(.enter), .mail, .mail], checker: used)
    #expect(used.preparations == ["prepare"])
  }

  @Test func `a store that fails is said, and tried again`() async {
    let store = ScriptedStore(failing: [.failed(Explanation(what: "the disk is full"))])
    let run = await run(
      toTheReview + [
        .key(.enter), .mail, .mail, .pause, .key(.enter), .mail, .pause, .key(.enter),
      ], checker: ScriptedChecker([Walk.accepted()]), store: store)
    #expect(run.screens.contains { $0.contains("The disk is full.") })
    #expect(run.outcome.exitCode == .done)
    #expect(store.names.count == 1)
  }

  @Test func `a provider that cannot be opened is explained where it was chosen`() async {
    let run = await run([.key(.enter)], fromTheIndex: true)
    #expect(run.screens.last?.contains("No provider tailscale-api-key: there is no guide.") == true)
  }

  @Test func `links are offered to the clipboard, and Ctrl-Z suspends`() async {
    let run = await run([.key(.enter), .key(.character("1")), .key(.control("z"))])
    #expect(run.copied == ["https://tally.so/settings/api-keys"])
    #expect(run.suspensions == 1)
  }

  @Test func `a resize redraws in the new size`() async {
    let run = await run([.resize(50, 14), .resize(20, 5)])
    let rows = run.screens.map { $0.split(separator: "\n", omittingEmptySubsequences: false).count }
    #expect(rows == [24, 14, 5])
  }
}

@Suite struct MailboxTests {
  @Test func `mail makes the descriptor readable until it is collected`() {
    let mailbox = Mailbox()
    let mail = Mailbox.Mail.checked(Walk.accepted(), Samples.now, ticket: 1)
    mailbox.post(mail)
    mailbox.post(mail)
    waitUntilReadable(mailbox.descriptor)
    #expect(mailbox.collect() == [mail, mail])
    #expect(mailbox.collect() == [])
  }
}
