import Basics
import Connections
import Onboarding
import ProviderFormat
import Requests
import Secrets
import Synchronization
import TerminalUI
import Testing

/// Both front ends, with what does the effects: lines, and the full screen.
@Suite(.timeLimit(.minutes(1))) struct LinkLoopTests {
  /// A line device on which the person reads the address, as a person does, and answers to it.
  private struct Reader: LineDevice, ~Copyable {
    private(set) var transcript: [String] = []
    private var lines: ArraySlice<String>
    private let receiver: ScriptedReceiver?

    init(_ lines: [String], receiver: ScriptedReceiver?) {
      self.lines = lines[...]
      self.receiver = receiver
    }

    mutating func print(_ line: String) { transcript.append(line) }

    mutating func readLine(_ prompt: String, echo: LineEcho, orNewsAt descriptor: Int32?)
      -> LineInput
    {
      guard var line = lines.popFirst() else {
        transcript.append(prompt)
        return .interrupted(.end)
      }
      let question = transcript.last { $0.hasPrefix("https://quay.example/oauth") } ?? ""
      if line == "ARRIVE", let receiver, let descriptor {
        transcript.append(prompt)
        receiver.arrive(at: Links.answer(to: question))
        waitUntilReadable(descriptor)
        return .news
      }
      if line == "ANSWER" {
        line = Links.answer(to: question)
        #expect(echo == .nothing)
      }
      transcript.append(prompt + (echo == .nothing ? "" : line))
      return .line(SecretBuffer(line))
    }

    mutating func wait(for descriptor: Int32) -> LineInterruption? {
      waitUntilReadable(descriptor)
      return nil
    }
  }

  private struct Run: Sendable {
    var outcome: Outcome
    var transcript: [String]
  }

  private func plain(
    _ lines: [String], store: ScriptedStore, linker: ScriptedLinker,
    receiver: ScriptedReceiver? = nil, _ options: WizardOptions = Links.options()
  ) async -> Run {
    var made = Dependencies(
      checker: ScriptedChecker([]), linker: linker, store: { store },
      open: { _ throws(OpeningError) in Links.opening(Links.form("quay")) })
    made.receiver = receiver
    let dependencies = made
    let kept = store.keptApplications
    return await onThread {
      let mailbox = Mailbox()
      var plain = PlainLines(
        Wizard(
          Links.opening(Links.form("quay"), kept: kept, scopeNames: Links.names),
          options: options), dependencies: dependencies, mailbox: mailbox)
      var device = Reader(lines, receiver: receiver)
      let outcome = plain.run(on: &device)
      return Run(
        outcome: outcome, transcript: device.transcript.map(Links.fixed))
    }
  }

  @Test func `the whole way in lines, with a new application`() async {
    let (store, receiver) = (ScriptedStore(), ScriptedReceiver())
    let linker = ScriptedLinker([{ .linked(Links.account()) }])
    let run = await plain(
      [
        "", Links.clientID, Links.clientSecret, "org", "2", "billing", "", "https://mail.example/",
        "ANSWER",
      ],
      store: store, linker: linker, receiver: receiver,
      Links.options { $0.tunnel = Tunnel(login: "jane@build-7") })
    #expect(run.outcome.exitCode == .done, "\(run.transcript.joined(separator: "\n"))")
    #expect(linker.kinds == [.redeem])
    #expect(store.savedTokens == 1)
    #expect(store.keptApplications.map(\.name.description) == ["quay"])
    #expect(store.facts.first?.application?.description == "quay")
    #expect(receiver.events == ["listen http://127.0.0.1:8976/callback", "close"])
    #expect(!run.transcript.joined().contains(Links.clientSecret))
    expectText(run.transcript.joined(separator: "\n") + "\n", "plain-link.txt")
  }

  @Test func `another application of the name keeps it`() async {
    let store = ScriptedStore()
    store.keep(Links.facts("quay", of: "other"))
    let linker = ScriptedLinker([{ .linked(Links.account()) }])
    let run = await plain(
      ["2", "client-9", "", "", "ANSWER"], store: store, linker: linker)
    #expect(run.outcome.exitCode == .done, "\(run.transcript.joined(separator: "\n"))")
    #expect(store.keptApplications.map(\.name.description) == ["quay", "quay-2"])
    #expect(store.facts.first?.application?.description == "quay-2")
  }

  @Test func `other ways have numbers in lines`() async {
    let store = ScriptedStore()
    store.keep(Links.facts())
    let linker = ScriptedLinker([{ .linked(Links.account()) }])
    let run = await plain(
      ["", "", "3", "refresh-0123456789"], store: store, linker: linker)
    #expect(run.outcome.exitCode == .done, "\(run.transcript.joined(separator: "\n"))")
    #expect(linker.kinds == [.renew])
    expectText(run.transcript.joined(separator: "\n") + "\n", "plain-link-renew.txt")
  }

  @Test func `an address is never echoed in lines, wherever it is asked for`() async {
    let store = ScriptedStore()
    store.keep(Links.facts())
    let linker = ScriptedLinker([{ .linked(Links.account()) }])
    // The reader expects no echo for each ANSWER: at the consent, and at the question about a code.
    let run = await plain(
      ["", "", "3", ":back", "77", Links.code, "ANSWER"], store: store, linker: linker)
    #expect(run.outcome.exitCode == .done, "\(run.transcript.joined(separator: "\n"))")
    #expect(linker.kinds == [.redeem])
    #expect(run.transcript.contains("There is no number 77 here. Nothing was read."))
    #expect(!run.transcript.joined().contains(Links.code))
  }

  @Test func `the browser comes back by itself in lines too`() async {
    let (store, receiver) = (ScriptedStore(), ScriptedReceiver())
    store.keep(Links.facts())
    let linker = ScriptedLinker([{ .linked(Links.account()) }])
    let run = await plain(["", "", "ARRIVE"], store: store, linker: linker, receiver: receiver)
    #expect(run.outcome.exitCode == .done, "\(run.transcript.joined(separator: "\n"))")
    #expect(linker.kinds == [.redeem])
    #expect(receiver.events == ["listen http://127.0.0.1:8976/callback", "close"])
  }

  /// Plays keys, and is the browser.
  private struct Browser: Terminal, ~Copyable {
    enum Step {
      case key(Key)
      case mail, arrive
    }
    private(set) var size = Size(columns: 80, rows: 40)
    private(set) var screens: [String] = []
    private var address = ""
    private var steps: ArraySlice<Step>
    private let mailbox: Mailbox
    private let receiver: ScriptedReceiver

    init(_ steps: [Step], mailbox: Mailbox, receiver: ScriptedReceiver) {
      self.steps = steps[...]
      self.mailbox = mailbox
      self.receiver = receiver
    }

    mutating func nextEvent(before deadline: ContinuousClock.Instant?) -> TerminalEvent {
      switch steps.popFirst() {
      case .key(let key):
        // The quiet time after an arrival passes: the loop reads the real clock.
        let end = ContinuousClock.now + InputGuard.time
        while ContinuousClock.now < end {}
        return .key(key)
      case .mail:
        waitUntilReadable(mailbox.descriptor)
        return .mail
      case .arrive:
        receiver.arrive(at: Links.answer(to: address))
        waitUntilReadable(mailbox.descriptor)
        return .mail
      case nil: return .terminated(signal: 1)
      }
    }

    mutating func present(_ canvas: borrowing Canvas) {
      let lines = canvas.lines
      screens.append(lines.joined(separator: "\n"))
      guard let start = lines.firstIndex(where: { $0.hasPrefix("https://quay.example/oauth") })
      else { return }
      address = lines[start...].prefix { !$0.isEmpty }.joined()
    }

    mutating func suspend() {}
    mutating func copy(_ text: String) {}
  }

  @Test func `on the full screen the browser comes back by itself`() async {
    let (store, receiver) = (ScriptedStore(), ScriptedReceiver())
    store.keep(Links.facts())
    let linker = ScriptedLinker([{ .linked(Links.account()) }])
    var made = Dependencies(
      checker: ScriptedChecker([]), linker: linker, store: { store },
      open: { _ throws(OpeningError) in Links.opening(Links.form("quay")) })
    made.receiver = receiver
    let dependencies = made
    let (outcome, screens) = await onThread { () -> (Outcome, [String]) in
      let mailbox = Mailbox()
      var loop = WizardLoop(
        Wizard(
          Links.opening(
            Links.form("quay"), kept: [Links.facts()], scopeNames: Links.names),
          options: Links.options()), dependencies: dependencies, mailbox: mailbox)
      var terminal = Browser(
        [.key(.enter), .key(.enter), .arrive, .mail, .mail], mailbox: mailbox, receiver: receiver)
      let outcome = loop.run(on: &terminal)
      return (outcome, terminal.screens)
    }
    #expect(outcome.exitCode == .done)
    #expect(receiver.events == ["listen http://127.0.0.1:8976/callback", "close"])
    #expect(screens.contains { $0.contains("Usher listens at") })
    #expect(store.savedTokens == 1)
  }

  @Test func `leaving ends what is asked, and nobody listens`() async {
    let (store, receiver) = (ScriptedStore(), ScriptedReceiver())
    store.keep(Links.facts())
    let linker = ScriptedLinker([], waitsForCancel: true)
    let run = await plain(["", "", ":quit"], store: store, linker: linker, receiver: receiver)
    #expect(run.outcome == .left(after: nil))
    #expect(receiver.events == ["listen http://127.0.0.1:8976/callback", "close"])
    #expect(store.names.isEmpty)
  }

  @Test func `a port that is taken is told in lines`() async {
    let store = ScriptedStore()
    store.keep(Links.facts())
    let run = await plain(
      ["", "", ":quit"], store: store, linker: ScriptedLinker([]),
      receiver: ScriptedReceiver(failing: .taken(port: 8976)))
    #expect(run.transcript.joined(separator: "\n").contains("port 8976 of this machine is in use"))
  }
}
