import Basics
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// The check, what it may answer, and what is stored after it.
@Suite struct CheckingTests {
  let tally = ConnectionName(provider: "tally")!

  @Test func `a second Enter starts nothing`() {
    let walk = Walk.toTheReview()
    #expect(walk.press(.enter) == .check(fields: [Samples.apiKey]))
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Asking Tally")
  }

  @Test func `an Enter that is held down stops at the review`() {
    let walk = Walk.through(Samples.tally)
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    #expect(walk.title == "Review")
    walk.pause = .milliseconds(30)
    for _ in 0..<50 { #expect(walk.press(.enter) == .none) }
    walk.pause = .milliseconds(200)
    #expect(walk.press(.enter) == .check(fields: [Samples.apiKey]))
  }

  @Test func `a check can be cancelled, and its answer then changes nothing`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    #expect(walk.press(.escape) == .cancelCheck)
    #expect(walk.title == "Review")
    #expect(walk.said == ["The check was cancelled. Nothing was stored."])
    #expect(walk.send(.checked(Walk.accepted(), Samples.now)) == .none)
    #expect(walk.title == "Review")
  }

  @Test func `seconds pass on the checking screen alone`() {
    let walk = Walk.toTheReview()
    #expect(walk.deadline == nil)
    walk.press(.enter)
    #expect(walk.deadline == walk.now + .seconds(1))
    walk.wait(.milliseconds(4100))
    #expect(walk.canvas.lines.contains { $0.contains("4 s of at most 10 s") })
    walk.press(.escape)
    #expect(walk.deadline == nil)
  }

  @Test func `who is asked is shown with the address, and then the next one`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.send(.asking(CheckProgress(host: "git.example:8443", address: "10.0.0.5", request: 1)))
    #expect(walk.title == "Asking Tally")
    #expect(walk.canvas.lines.contains { $0.contains("git.example:8443 at 10.0.0.5") })
    walk.send(.asking(CheckProgress(host: "a.example", proxy: "proxy.example:3128", request: 2)))
    #expect(
      walk.canvas.lines.contains {
        $0.contains("a.example through the proxy proxy.example:3128, request 2")
      })
    #expect(!walk.canvas.lines.contains { $0.contains("git.example") })
  }

  @Test func `who would have been asked is not shown after the check was cancelled`() {
    let walk = Walk.toTheReview()
    walk.press(.enter, .escape)
    let page = walk.page
    walk.send(.asking(CheckProgress(host: "git.example", address: "10.0.0.5", request: 1)))
    #expect(walk.page == page)
  }

  @Test func `an answer is shown even while the help covers the screen`() {
    let walk = Walk.toTheReview()
    walk.press(.enter, .function(1))
    #expect(walk.title == "Help")
    walk.answer(.busy)
    #expect(walk.title == "Tally is busy")
  }

  @Test func `asking again asks again`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.answer(.busy)
    #expect(walk.press(.enter) == .check(fields: [Samples.apiKey]))
  }

  @Test func `what the provider refused can be changed, and not be stored as unchecked`() {
    let walk = Walk.toTheReview()
    for kind in [Diagnosis.Kind.refused, .wrongKind, .wrongTenant, .lacksRight] {
      walk.press(.enter)
      walk.answer(kind)
      #expect(!walk.page.actions.map(\.label).contains("Store without a check"))
      walk.press(.enter)
      #expect(walk.title == "Enter the key")
      walk.press(.escape)
    }
  }

  @Test func `what could not be asked can be stored, and is said to be unchecked`() {
    for kind in [Diagnosis.Kind.busy, .unreachable, .unclear, .uncheckable] {
      let walk = Walk.toTheReview()
      walk.press(.enter)
      walk.answer(kind)
      let labels = walk.page.actions.map(\.label)
      let place = labels.firstIndex(of: "Store without a check") ?? 0
      for _ in 0..<place { walk.press(.right) }
      #expect(
        walk.press(.enter)
          == .save(tally, fields: [Samples.apiKey], replacing: false, checked: nil))
      walk.send(.stored(Walk.facts(nil)))
      #expect(walk.title == "Stored, not checked")
    }
  }

  @Test func `no check when none is wanted`() {
    var options = Samples.options()
    options.skipsCheck = true
    let walk = Walk.toTheReview(options: options)
    #expect(walk.page.actions.map(\.label) == ["Store without a check"])
    #expect(
      walk.press(.enter) == .save(tally, fields: [Samples.apiKey], replacing: false, checked: nil))
  }

  @Test func `the wizard makes the same record as a connect without hands`() throws {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    var values = SecretValues()
    values.set(Samples.apiKey, to: SecretBuffer(Samples.tallyKey))
    let record = ConnectionRecord(
      name: tally, submission: Submission(provider: Samples.tally.provider, values: values),
      diagnosis: Walk.accepted(), now: Samples.now)
    let facts = record.facts
    #expect(facts.hosts == ["api.tally.so"])
    #expect(walk.saved == facts)
  }

  private func storing() -> Walk {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    #expect(walk.title == "Storing")
    return walk
  }

  private let busy = StoreError.failed(Explanation(what: "the store is busy"))

  @Test func `storing says who it waits for, and how long`() {
    let walk = storing()
    #expect(walk.deadline == nil)
    walk.send(.waiting(for: "sqlite3 (process 4711)"))
    walk.wait(.milliseconds(3100))
    let text = walk.canvas.lines.joined(separator: " ")
    #expect(text.contains("sqlite3 (process 4711)"))
    #expect(text.contains("3 s of at most 30 s"))
  }

  @Test func `storing that waits can be left, back to the review or out`() {
    let walk = storing()
    #expect(walk.press(.enter) == .none)
    #expect(walk.press(.escape) == .cancelSave)
    #expect(walk.title == "Storing")
    walk.send(.notStored(busy))
    #expect(walk.title == "Review")
    #expect(walk.said == ["Storing was given up. Nothing was stored."])

    let other = storing()
    #expect(other.press(.control("c")) == .cancelSave)
    other.send(.notStored(busy))
    #expect(other.title == "Leave without storing?")
  }

  @Test func `what was stored before it could be given up is stored`() {
    let walk = storing()
    walk.press(.escape)
    let facts = Walk.facts(Walk.accepted())
    #expect(walk.send(.stored(facts)) == .leave(.linked(facts), forgetting: nil))
  }

  @Test func `storing that hangs is left by a second Ctrl-C`() {
    let walk = storing()
    walk.press(.control("c"))
    #expect(walk.press(.control("c")) == .leave(.left(after: Walk.accepted()), forgetting: nil))
  }

  @Test func `a store that failed can be tried again with the same answer`() {
    let walk = Walk.toTheReview()
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    let error = StoreError.failed(Explanation(what: "the disk is full"))
    walk.send(.notStored(error))
    #expect(
      walk.press(.enter)
        == .save(tally, fields: [Samples.apiKey], replacing: false, checked: .accepted))
    walk.send(.notStored(error))
    walk.press(.right, .enter)
    #expect(walk.title == "Leave without storing?")
    #expect(walk.press(.right, .enter) == .leave(.failed(error), forgetting: nil))
  }
}
