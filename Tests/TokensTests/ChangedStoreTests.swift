import Basics
import Connections
import Requests
import StoreFaults
import Testing
import Tokens

@testable import Store

/// What happens to the store while the provider is asked, and stores that cannot keep anything.
@Suite("a token and its store")
struct ChangedStoreTests {
  private let clock = TestClock()
  private var asking: Asking { Asking(clock: clock) }

  /// A fetcher during whose work something happens.
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

  /// What a check does that is noted.
  private static func note(in home: TokenHome) throws {
    let session = home.session()
    var record = try session.read(TokenHome.acme)
    record.facts.checked = Timestamp(secondsSinceEpoch: 1_900_000_000)
    try session.save(record, replacing: true, keepingToken: true)
  }

  private static func replace(_ secret: String, in home: TokenHome) throws {
    try home.session().save(TokenHome.record(secret), replacing: true)
  }

  @Test func `a check that is noted meanwhile takes nothing away`() throws {
    let home = try TokenHome()
    let fetcher = scripted(.token("new"), .token("other")) { _ in try Self.note(in: home) }
    #expect(asking.ask(fetcher, home) == .success("A-new"))
    #expect(try home.entry()?.version == 2)
    #expect(try home.keptToken() == "A-new")
    #expect(asking.ask(fetcher, home) == .success("A-new"))
    #expect(fetcher.asked.count == 1)
  }

  @Test func `values that were replaced meanwhile get a token of their own`() throws {
    let home = try TokenHome()
    try home.keep("old", obtained: clock.seconds - 3600, expires: clock.seconds)
    let fetcher = scripted(.token("for first"), .token("for second")) { count in
      if count == 0 { try Self.replace("second-EXAMPLE", in: home) }
    }
    #expect(asking.ask(fetcher, home) == .success("A-for second"))
    #expect(fetcher.asked == ["first-EXAMPLE R-old", "second-EXAMPLE"])
    #expect(try home.keptToken() == "A-for second")
  }

  @Test func `a refusal of values that were replaced meanwhile is none of the new ones`() throws {
    let home = try TokenHome()
    let refusal = Diagnosis(kind: .refused, sentence: "Acme refuses the secret.")
    let fetcher = scripted(.refused(refusal), .token("for second")) { count in
      if count == 0 { try Self.replace("second-EXAMPLE", in: home) }
    }
    #expect(asking.ask(fetcher, home) == .success("A-for second"))
  }

  @Test func `values that are replaced again and again end it, with nothing kept`() throws {
    let home = try TokenHome()
    let fetcher = scripted(.token("any")) { count in
      try Self.replace("value-\(count)-EXAMPLE", in: home)
    }
    guard case .failure(.store(.conflict(TokenHome.acme, _))) = asking.ask(fetcher, home) else {
      Issue.record("no conflict was told")
      return
    }
    #expect(fetcher.asked.count == 2)
    #expect(try home.keptToken() == nil)
  }

  @Test func `a connection that is removed meanwhile leaves no token`() throws {
    let home = try TokenHome()
    let fetcher = scripted(.token("new")) { _ in try home.session().remove(TokenHome.acme) }
    #expect(asking.ask(fetcher, home) == .failure(.store(.notFound(TokenHome.acme))))
    #expect(try Database(path: home.storePath).number("SELECT count(*) FROM tokens") == 0)
  }

  @Test func `one that is thrown away meanwhile is not kept as the next of itself`() throws {
    let home = try TokenHome()
    try home.keep("old", obtained: clock.seconds - 3600, expires: clock.seconds)
    let fetcher = scripted(.token("new")) { _ in
      let wasThere = try home.session().removeToken(of: TokenHome.acme)
      #expect(wasThere)
    }
    #expect(asking.ask(fetcher, home) == .success("A-new"))
    #expect(try home.session().token(of: TokenHome.acme)?.version == 1)
  }

  @Test func `one that is thrown away while a fetch fails does not come back`() throws {
    let home = try TokenHome()
    try home.keep("old", obtained: clock.seconds - 3600, expires: clock.seconds)
    let busy = Diagnosis(kind: .busy, sentence: "Acme is busy.")
    let fetcher = scripted(.refused(busy)) { _ in
      _ = try home.session().removeToken(of: TokenHome.acme)
    }
    #expect(asking.ask(fetcher, home) == .failure(.notAsked(TokenHome.acme, busy)))
    #expect(try home.keptToken() == nil)
    #expect(try home.failure()?.diagnosis == busy)
  }

  @Test func `where nothing can be kept the whole exchange is made, and that is told`() throws {
    let home = try TokenHome()
    try home.keep("old", obtained: clock.seconds - 3600, expires: clock.seconds)
    home.makeUnwritable()
    let notices = Notices()
    let fetcher = scripted(.token("one"), .token("two")) { _ in }
    #expect(asking.ask(fetcher, home, notices: notices) == .success("A-one"))
    #expect(asking.ask(fetcher, home, notices: notices) == .success("A-two"))
    #expect(fetcher.asked == ["first-EXAMPLE", "first-EXAMPLE"])
    #expect(notices.all.count == 2)
    guard case .notKept(TokenHome.acme, .permissions(_))? = notices.all.first else {
      Issue.record("it is not told why")
      return
    }
    #expect(try home.keptToken() == "A-old")
  }

  @Test func `what is kept in a store that cannot be written is handed out`() throws {
    let home = try TokenHome()
    try home.keep("kept", obtained: clock.seconds, expires: clock.seconds + 3600)
    home.makeUnwritable()
    #expect(asking.ask(scripted(.token("new")) { _ in }, home) == .success("A-kept"))
  }

  @Test func `a disk that fails when the token has come costs the keeping, not the token`() throws {
    let home = try TokenHome()
    try home.keep("old", obtained: clock.seconds - 3600, expires: clock.seconds)
    let disk = FaultyDisk(name: "keeping")
    let notices = Notices()
    let fetcher = scripted(.token("new")) { _ in
      disk.plan(.init(call: 1, fault: .full, isLasting: true))
    }
    let answer = asking.ask(fetcher, in: home.session(on: disk), notices: notices)
    disk.normalize()
    #expect(answer == .success("A-new"))
    guard case .notKept(TokenHome.acme, .failed(let explanation))? = notices.all.first else {
      Issue.record("it is not told why")
      return
    }
    #expect(explanation.what == "the token of acme/default could not be kept")
    #expect(try home.keptToken() == "A-old")
  }
}
