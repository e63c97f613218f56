import Basics
import Connections
import ProviderFormat
import Requests
import StoreFaults
import Testing
import Tokens

@testable import Store

/// Tokens that a person's consent gave: they are renewed, and nothing but a person gives a first one.
@Suite("a token of an account that was linked in a browser")
struct ConsentTests {
  private let clock = TestClock()
  private var asking: Asking { Asking(clock: clock) }
  private let busy = Diagnosis(kind: .busy, sentence: "Acme is busy.", nextStep: "Try later.")
  private let revoked = Diagnosis(
    kind: .refused, sentence: "Acme does not renew the token any more.",
    nextStep: Diagnosis.linkAgain)

  private func scripted(_ answers: ScriptedFetcher.Answer...) -> ScriptedFetcher {
    ScriptedFetcher(answers, at: clock)
  }

  private func scripted(
    _ answers: ScriptedFetcher.Answer..., meanwhile: @escaping @Sendable (Int) throws -> Void
  ) -> ScriptedFetcher {
    ScriptedFetcher(answers, at: clock) { count in
      do {
        try meanwhile(count)
      } catch {
        Issue.record(error)
      }
    }
  }

  /// What a person is told who has to agree again.
  private func expectConsentNeeded(
    _ answer: Result<String, TokenError>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard case .failure(.consentNeeded(let name, let diagnosis)) = answer else {
      Issue.record("\(answer)", sourceLocation: sourceLocation)
      return
    }
    let explanation = TokenError.consentNeeded(name, diagnosis).explanation
    #expect(explanation.what == "no token for acme/default", sourceLocation: sourceLocation)
    #expect(
      explanation.advice == "link the account again: usher replace acme",
      sourceLocation: sourceLocation)
  }

  @Test func `what was given is handed out, and renewed near its end`() throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds, expires: clock.seconds + 3600)
    let fetcher = scripted(.renewed("1"), .renewed("2"))
    #expect(asking.ask(fetcher, home) == .success("A-0"))
    clock.advance(by: 2701)
    #expect(asking.ask(fetcher, home) == .success("A-1"))
    #expect(fetcher.asked == ["first-EXAMPLE R-0"])
    #expect(asking.ask(fetcher, home, isFresh: true) == .success("A-2"))
    #expect(fetcher.asked.last == "first-EXAMPLE R-1")
    #expect(try home.keptToken() == "A-2")
  }

  @Test func `a provider that renews only at the end is not asked before`() throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds, expires: clock.seconds + 600, buffer: 30)
    let fetcher = scripted(.renewed("1"))
    clock.advance(by: 569)
    #expect(asking.ask(fetcher, home) == .success("A-0"))
    clock.advance(by: 1)
    #expect(asking.ask(fetcher, home) == .success("A-1"))
  }

  @Test func `one whose end is not known is renewed when it is refused, and never by time`() throws
  {
    let home = try TokenHome(mode: .oauth2)
    let got = clock.seconds
    try home.agree("0", obtained: got, expires: nil)
    let fetcher = scripted(.renewed("1"))
    clock.advance(by: 10 * 365 * 86_400)
    #expect(asking.ask(fetcher, home) == .success("A-0"))
    #expect(asking.ask(fetcher, home, newerThan: got) == .success("A-1"))
    #expect(asking.ask(fetcher, home, newerThan: got) == .success("A-1"))
    #expect(fetcher.asked.count == 1)
  }

  @Test func `where nothing is kept a person has to agree, and nobody is asked`() throws {
    let home = try TokenHome(mode: .oauth2)
    let fetcher = scripted(.renewed("1"))
    expectConsentNeeded(asking.ask(fetcher, home))
    #expect(fetcher.asked.isEmpty && fetcher.prepared == 0)
  }

  @Test func `what cannot be renewed is handed out while it lives`() throws {
    let home = try TokenHome(mode: .oauth2)
    let end = clock.seconds + 3600
    try home.agree("0", obtained: clock.seconds, expires: end, isRenewable: false)
    let (fetcher, notices) = (scripted(.renewed("1")), Notices())
    clock.advance(by: 3599)
    #expect(asking.ask(fetcher, home, notices: notices) == .success("A-0"))
    #expect(notices.all.count == 1)
    expectConsentNeeded(asking.ask(fetcher, home, isFresh: true))
    expectConsentNeeded(asking.ask(fetcher, home, least: 60))
    clock.advance(by: 1)
    expectConsentNeeded(asking.ask(fetcher, home))
    #expect(fetcher.asked.isEmpty && fetcher.prepared == 0)
    #expect(try home.keptToken() == "A-0")
  }

  @Test func `one that the provider refuses and nothing renews says that a person has to agree`()
    throws
  {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds, expires: nil, isRenewable: false)
    expectConsentNeeded(asking.ask(scripted(.renewed("1")), home, newerThan: clock.seconds))
  }

  @Test func `a renewal that is refused takes nothing away, and is not tried again and again`()
    throws
  {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds - 3000, expires: clock.seconds + 600)
    let fetcher = scripted(.refused(revoked), .refused(revoked), .renewed("1"))
    let notices = Notices()
    for _ in 0..<3 {
      #expect(asking.ask(fetcher, home, notices: notices) == .success("A-0"))
      clock.advance(by: 60)
    }
    #expect(fetcher.asked.count == 1 && notices.all.count == 3)
    clock.advance(by: 600)
    expectConsentNeeded(asking.ask(fetcher, home))
    #expect(fetcher.asked.count == 1)
    // Who knows better says so.
    expectConsentNeeded(asking.ask(fetcher, home, isFresh: true))
    #expect(asking.ask(fetcher, home, isFresh: true) == .success("A-1"))
    #expect(fetcher.asked == Array(repeating: "first-EXAMPLE R-0", count: 3))
    #expect(try home.failure() == nil)
  }

  @Test func `another reason than the grant names its own way out beside the link`() throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds - 3600, expires: clock.seconds)
    let unknown = Diagnosis(
      kind: .refused, sentence: "Acme does not know this application.",
      nextStep: "Look at its page.")
    let answer = asking.ask(scripted(.refused(unknown)), home)
    guard case .failure(let error) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(
      error.explanation.advice
        == "look at its page, then usher token acme/default --fresh; or link the account again: "
        + "usher replace acme")
  }

  @Test func `a busy provider leaves the token that lives, and the renewal for later`() throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds - 3000, expires: clock.seconds + 600)
    let fetcher = scripted(.refused(busy), .renewed("1"))
    #expect(asking.ask(fetcher, home) == .success("A-0"))
    #expect(asking.ask(fetcher, home) == .success("A-0"))
    #expect(fetcher.asked.count == 1)
    clock.advance(by: 30)
    #expect(asking.ask(fetcher, home) == .success("A-1"))
  }

  @Test func `refused because another machine has renewed, its token is the answer`() throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds - 3600, expires: clock.seconds)
    let fetcher = scripted(.refused(revoked)) { [clock] _ in
      try home.keep(
        "theirs", obtained: clock.seconds, expires: clock.seconds + 3600, isOfConsent: true)
    }
    #expect(asking.ask(fetcher, home) == .success("A-theirs"))
    #expect(fetcher.asked.count == 1)
    #expect(try home.failure() == nil)
  }

  @Test func `where theirs has ended too, it is renewed with what they have left`() throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds - 7200, expires: clock.seconds - 3600)
    let fetcher = scripted(.refused(revoked), .renewed("1")) { [clock] count in
      guard count == 0 else { return }
      try home.keep(
        "theirs", obtained: clock.seconds - 3600, expires: clock.seconds, isOfConsent: true)
    }
    #expect(asking.ask(fetcher, home) == .success("A-1"))
    #expect(fetcher.asked == ["first-EXAMPLE R-0", "first-EXAMPLE R-theirs"])
    #expect(try home.keptToken() == "A-1")
  }

  @Test(arguments: [false, true])
  func `an account that is linked again while the old one is renewed keeps what is new`(
    isRefused: Bool
  ) throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds - 3600, expires: clock.seconds)
    let fetcher = scripted(isRefused ? .refused(revoked) : .renewed("late")) { [clock] count in
      guard count == 0 else { return }
      try home.agree("new", obtained: clock.seconds, expires: clock.seconds + 3600)
    }
    #expect(asking.ask(fetcher, home) == .success("A-new"))
    #expect(fetcher.asked.count == 1)
    #expect(try home.keptToken() == "A-new")
  }

  @Test func `where nothing can be kept no refresh token is used up`() throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds - 3000, expires: clock.seconds + 600)
    home.makeUnwritable()
    let fetcher = scripted(.renewed("1"))
    #expect(asking.ask(fetcher, home) == .success("A-0"))
    clock.advance(by: 600)
    guard case .failure(.unkeepable(TokenHome.acme, .permissions)) = asking.ask(fetcher, home)
    else {
      Issue.record("it is not said why")
      return
    }
    #expect(fetcher.asked.isEmpty)
  }

  @Test func `an application's own token needs nothing that is kept`() throws {
    let home = try TokenHome(mode: .app)
    let fetcher = scripted(.renewed("1"), .renewed("2"))
    #expect(asking.ask(fetcher, home) == .success("A-1"))
    home.makeUnwritable()
    #expect(asking.ask(fetcher, home, isFresh: true) == .success("A-2"))
    #expect(fetcher.asked == ["first-EXAMPLE", "first-EXAMPLE"])
  }

  @Test func `a disk that fails when it has been renewed is told with what it costs`() throws {
    let home = try TokenHome(mode: .oauth2)
    try home.agree("0", obtained: clock.seconds - 3600, expires: clock.seconds)
    let (disk, notices) = (FaultyDisk(name: "consent"), Notices())
    let fetcher = scripted(.renewed("1")) { _ in
      disk.plan(.init(call: 1, fault: .full, isLasting: true))
    }
    let answer = asking.ask(fetcher, in: home.session(on: disk), notices: notices)
    disk.normalize()
    #expect(answer == .success("A-1"))
    guard case .lost(TokenHome.acme, .failed)? = notices.all.first else {
      Issue.record("it is not told")
      return
    }
    #expect(notices.all.first?.text.contains("usher replace acme") == true)
  }
}
