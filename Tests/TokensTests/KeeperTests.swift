import Basics
import Connections
import ProviderFormat
import Requests
import Testing
import Tokens

@testable import Store

@Suite("one token of a connection")
struct KeeperTests {
  private let clock = TestClock()
  private var asking: Asking { Asking(clock: clock) }
  private let busy = Diagnosis(kind: .busy, sentence: "Acme is busy.", nextStep: "Try later.")
  private let refusal = Diagnosis(
    kind: .refused, sentence: "Acme refuses the secret.", nextStep: "Make a new one.")

  private func scripted(_ answers: ScriptedFetcher.Answer...) -> ScriptedFetcher {
    ScriptedFetcher(answers, at: clock)
  }

  @Test func `the first one is fetched and kept, and the next who asks gets it`() throws {
    let home = try TokenHome()
    let fetcher = scripted(.token("one"), .token("two"))
    #expect(asking.ask(fetcher, home) == .success("A-one"))
    clock.advance(by: 600)
    #expect(asking.ask(fetcher, home) == .success("A-one"))
    #expect(fetcher.asked == ["first-EXAMPLE"])
    #expect(fetcher.prepared == 1)
  }

  @Test func `what is kept and good is handed out without opening the record`() throws {
    let home = try TokenHome()
    try home.keep("kept", obtained: clock.seconds, expires: clock.seconds + 3600)
    try Database(path: home.storePath).execute("UPDATE records SET record = x'00'")
    let fetcher = scripted(.token("new"))
    #expect(asking.ask(fetcher, home) == .success("A-kept"))
    #expect(fetcher.asked.isEmpty)
  }

  @Test func `near its end it is renewed, and the connection is no new version`() throws {
    let home = try TokenHome()
    let before = try home.entry()
    try home.keep("old", obtained: clock.seconds - 3000, expires: clock.seconds + 600)
    let fetcher = scripted(.token("new"))
    #expect(asking.ask(fetcher, home) == .success("A-new"))
    #expect(fetcher.asked == ["first-EXAMPLE R-old"])
    #expect(try home.keptToken() == "A-new")
    #expect(try home.entry() == before)
  }

  @Test func `one that lives for minutes is not taken for ended at its birth`() throws {
    let home = try TokenHome()
    try home.keep("short", obtained: clock.seconds, expires: clock.seconds + 300)
    let fetcher = scripted(.token("new"))
    #expect(asking.ask(fetcher, home) == .success("A-short"))
    clock.advance(by: 201)
    #expect(asking.ask(fetcher, home) == .success("A-new"))
  }

  @Test func `it is valid for as long as was asked, or that is told`() throws {
    let home = try TokenHome()
    try home.keep("kept", obtained: clock.seconds, expires: clock.seconds + 3600)
    let (fetcher, notices) = (scripted(.token("new")), Notices())
    #expect(asking.ask(fetcher, home, least: 3500, notices: notices) == .success("A-kept"))
    #expect(asking.ask(fetcher, home, least: 7200, notices: notices) == .success("A-new"))
    #expect(notices.all == [.shortLived(TokenHome.acme, lifetime: 3600)])
  }

  @Test func `a fresh one is fetched although one is kept`() throws {
    let home = try TokenHome()
    try home.keep("kept", obtained: clock.seconds, expires: clock.seconds + 3600)
    let fetcher = scripted(.token("new"))
    #expect(asking.ask(fetcher, home, isFresh: true) == .success("A-new"))
    #expect(try home.keptToken() == "A-new")
  }

  @Test func `one that the provider refuses to take is replaced, once for all who had it`() throws {
    let home = try TokenHome()
    let (got, busyUntil) = (clock.seconds - 60, clock.seconds + 30)
    try home.keep("refused", obtained: got, expires: clock.seconds + 3600)
    let fetcher = scripted(.refused(busy), .token("new"))
    #expect(
      asking.ask(fetcher, home, newerThan: got) == .failure(.notAsked(TokenHome.acme, busy)))
    // A fetch that has just failed is not made again for it.
    #expect(
      asking.ask(fetcher, home, newerThan: got)
        == .failure(.blocked(TokenHome.acme, seconds: 30, busy)))
    clock.advance(by: busyUntil - clock.seconds)
    for _ in 0..<3 { #expect(asking.ask(fetcher, home, newerThan: got) == .success("A-new")) }
    #expect(fetcher.asked.count == 2)
  }

  @Test(arguments: [false, true])
  func `what another process has got meanwhile serves everybody`(isFresh: Bool) throws {
    let home = try TokenHome()
    try home.keep("old", obtained: clock.seconds - 3600, expires: clock.seconds)
    let fetcher = scripted(.token("mine"))
    let store = OvertakenStore(home.session()) { [clock] in
      try? home.keep("theirs", obtained: clock.seconds, expires: clock.seconds + 3600)
    }
    let answer = asking.ask(fetcher, in: store, isFresh: isFresh)
    #expect(answer == .success("A-theirs"))
    #expect(fetcher.asked.isEmpty && fetcher.prepared == 0)
  }

  @Test func `one that another process got before it was asked is not fresh`() throws {
    let home = try TokenHome()
    try home.keep("old", obtained: clock.seconds - 3600, expires: clock.seconds)
    let fetcher = scripted(.token("mine"))
    let store = OvertakenStore(home.session()) { [clock] in
      try? home.keep("theirs", obtained: clock.seconds - 1, expires: clock.seconds + 3600)
    }
    #expect(asking.ask(fetcher, in: store, isFresh: true) == .success("A-mine"))
  }

  @Test
  func `a fetch that fails blocks everybody's next one for thirty seconds, unless it is forced`()
    throws
  {
    let home = try TokenHome()
    let fetcher = scripted(.refused(busy), .refused(busy), .token("new"))
    #expect(asking.ask(fetcher, home) == .failure(.notAsked(TokenHome.acme, busy)))
    clock.advance(by: 10)
    #expect(asking.ask(fetcher, home) == .failure(.blocked(TokenHome.acme, seconds: 20, busy)))
    #expect(fetcher.asked.count == 1)
    #expect(asking.ask(fetcher, home, isFresh: true) == .failure(.notAsked(TokenHome.acme, busy)))
    #expect(fetcher.asked.count == 2)
    clock.advance(by: 29)
    #expect(asking.ask(fetcher, home) == .failure(.blocked(TokenHome.acme, seconds: 1, busy)))
    clock.advance(by: 1)
    #expect(asking.ask(fetcher, home) == .success("A-new"))
    #expect(try home.failure() == nil)
  }

  @Test(arguments: [false, true])
  func `those who waited for a fetch that failed are not the next to fail`(isFresh: Bool) throws {
    let home = try TokenHome()
    let fetcher = scripted(.token("mine"))
    let failing = scripted(.refused(busy))
    let store = OvertakenStore(home.session()) { [asking] in _ = asking.ask(failing, home) }
    let answer = asking.ask(fetcher, in: store, isFresh: isFresh)
    let expected =
      isFresh
      ? TokenError.notAsked(TokenHome.acme, busy)
      : .blocked(TokenHome.acme, seconds: 30, busy)
    #expect(answer == .failure(expected))
    #expect(fetcher.asked.isEmpty)
  }

  @Test func `a kept one that still lives is handed out while the provider is busy`() throws {
    let home = try TokenHome()
    let end = clock.seconds + 60
    try home.keep("old", obtained: clock.seconds - 3540, expires: end)
    let (fetcher, notices) = (scripted(.refused(busy)), Notices())
    for _ in 0..<2 {
      #expect(asking.ask(fetcher, home, notices: notices) == .success("A-old"))
    }
    #expect(fetcher.asked.count == 1)
    let notice = TokenNotice.kept(
      TokenHome.acme, expires: Timestamp(secondsSinceEpoch: end), busy)
    #expect(notices.all == [notice, notice])
    // Neither in place of a longer one that was asked for, nor of a new one, nor when it has ended.
    #expect(
      asking.ask(fetcher, home, least: 61) == .failure(.blocked(TokenHome.acme, seconds: 30, busy)))
    #expect(asking.ask(fetcher, home, isFresh: true) == .failure(.notAsked(TokenHome.acme, busy)))
    clock.advance(by: 60)
    #expect(asking.ask(fetcher, home) == .failure(.notAsked(TokenHome.acme, busy)))
    #expect(try home.keptToken() == "A-old")
  }

  @Test func `once the credentials are refused nothing from before is handed out`() throws {
    let home = try TokenHome()
    try home.keep("old", obtained: clock.seconds - 3540, expires: clock.seconds + 60)
    let fetcher = scripted(.refused(refusal))
    #expect(asking.ask(fetcher, home) == .failure(.refused(TokenHome.acme, refusal)))
    #expect(asking.ask(fetcher, home) == .failure(.blocked(TokenHome.acme, seconds: 30, refusal)))
    #expect(try home.keptToken() == "A-old")
  }

  @Test func `what the user has ended, and what never reached the network, blocks nobody`() throws {
    let home = try TokenHome()
    let cancelled = Diagnosis.cancelled()
    let broken = Diagnosis.unreachable(.internalFailure, host: nil)
    let fetcher = scripted(.refused(cancelled), .refused(broken), .token("new"))
    #expect(asking.ask(fetcher, home) == .failure(.notAsked(TokenHome.acme, cancelled)))
    #expect(asking.ask(fetcher, home) == .failure(.notAsked(TokenHome.acme, broken)))
    #expect(asking.ask(fetcher, home) == .success("A-new"))
  }

  @Test func `a mode whose token is made here keeps none`() throws {
    let home = try TokenHome(mode: .signature)
    let fetcher = scripted(.token("fetched"))
    #expect(asking.ask(fetcher, home) == .success("A-made"))
    #expect(fetcher.asked.isEmpty)
    #expect(try home.keptToken() == nil)
  }

  @Test(arguments: [AuthMode.apiKey, .basic, .tokenBased, .oauth1])
  func `a mode without tokens says so and names what it has`(mode: AuthMode) throws {
    let home = try TokenHome(mode: mode)
    let answer = asking.ask(scripted(.token("fetched")), home)
    #expect(answer == .failure(.noToken(TokenHome.acme, mode)))
    #expect(
      TokenError.noToken(TokenHome.acme, mode).explanation.advice?.contains(
        "usher get acme/default") == true)
  }

  @Test func `a connection that is not there is the store's to say`() throws {
    let home = try TokenHome()
    try home.session().remove(TokenHome.acme)
    #expect(
      asking.ask(scripted(.token("x")), home) == .failure(.store(.notFound(TokenHome.acme))))
  }
}
