import Basics
import Connections
import Onboarding
import Requests
import TerminalUI
import Testing

/// Taking the old key back from the last page, as the loop does it.
@Suite(.timeLimit(.minutes(1))) struct RevocationLoopTests {
  private let tally = ConnectionName(provider: "tally")!

  private struct Run: Sendable {
    var outcome: Outcome
    var closing: String
  }

  /// What takes the old key back, on the last page.
  private static let revoking: [ScriptedTerminal.Step] = [
    .pause, .key(.right), .key(.enter), .mail,
  ]

  /// From the first screen to the last page, and what is done there.
  private func run(
    _ store: ScriptedStore, _ revoker: ScriptedRevoker, then steps: [ScriptedTerminal.Step]
  ) async -> Run {
    var scripted = Dependencies(
      checker: ScriptedChecker([Walk.accepted()]), linker: ScriptedLinker([]), store: { store },
      open: { _ throws(OpeningError) in Samples.opening(Samples.tally) })
    scripted.revoker = revoker
    let dependencies = scripted
    let script: [ScriptedTerminal.Step] =
      [.key(.enter), .key(.enter), .paste(Samples.tallyKey), .pause, .key(.enter), .pause]
      + [.key(.enter), .mail, .mail] + steps
    return await onThread {
      let mailbox = Mailbox()
      var loop = WizardLoop(
        Wizard(
          Samples.replacement(
            of: Samples.tally, account: Walk.accepted().account, revocation: .request),
          options: Samples.options()),
        dependencies: dependencies, mailbox: mailbox)
      var terminal = ScriptedTerminal(script, mailbox: mailbox)
      let outcome = loop.run(on: &terminal)
      return Run(
        outcome: outcome, closing: loop.closingLines(columns: 80).joined(separator: "\n"))
    }
  }

  @Test func `what the provider has taken back is not kept any longer, and noted`() async {
    let store = ScriptedStore()
    store.put(key: Samples.tallyKey, former: "tly-old-EXAMPLE")
    let revoker = ScriptedRevoker([.revoked])
    let run = await run(store, revoker, then: Self.revoking)
    #expect(run.outcome.exitCode == .done)
    #expect(revoker.orders == [["apiKey"]])
    #expect(!store.keepsFormer)
    #expect(store.facts.last?.history.last?.kind == .revoked)
    #expect(run.closing.contains("has taken the old key back"))
  }

  @Test func `what was not taken back is kept, and the session ends as stored all the same`() async
  {
    let store = ScriptedStore()
    store.put(key: Samples.tallyKey, former: "tly-old-EXAMPLE")
    let refused = Diagnosis(kind: .refused, sentence: "Tally does not do that.")
    let run = await run(
      store, ScriptedRevoker([.failed(refused)]), then: Self.revoking + [.pause, .key(.enter)])
    #expect(run.outcome.exitCode == .done)
    #expect(store.keepsFormer)
    #expect(run.closing.contains("Tally does not do that."))
  }

  @Test func `a key that was taken back and could not be noted is said to be`() async {
    let store = ScriptedStore()
    store.put(key: Samples.tallyKey, former: "tly-old-EXAMPLE")
    store.failNoting(.failed(Explanation(what: "cannot write", why: "the disk is full")))
    let run = await run(store, ScriptedRevoker([.revoked]), then: Self.revoking)
    #expect(run.outcome.exitCode == .done)
    #expect(run.closing.contains("has taken the old key back, and only this"), "\(run.closing)")
    #expect(run.closing.contains("the disk is full"), "\(run.closing)")
    #expect(!run.closing.contains("--undo"))
  }

  @Test func `nobody is asked to take a key back where that could not be noted`() async {
    let store = ScriptedStore()
    store.put(key: Samples.tallyKey, former: "tly-old-EXAMPLE")
    store.refuseToPrepare(.failed(Explanation(what: "usher.db is read-only")))
    let revoker = ScriptedRevoker([.revoked])
    let run = await run(store, revoker, then: Self.revoking + [.pause, .key(.enter)])
    #expect(revoker.orders.isEmpty)
    #expect(store.keepsFormer)
    #expect(run.closing.contains("The old key is not revoked. usher.db is read-only"))
  }

  @Test func `a key that is the new one as well is not offered to be taken back`() async {
    let store = ScriptedStore()
    store.put(key: Samples.tallyKey, former: Samples.tallyKey)
    let revoker = ScriptedRevoker([])
    let run = await run(store, revoker, then: [])
    #expect(run.outcome.exitCode == .done)
    #expect(revoker.orders.isEmpty)
    #expect(store.keepsFormer)
    #expect(!run.closing.contains("old key"))
  }
}
