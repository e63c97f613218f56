import Basics
import Connections
import Requests
import Secrets
import Testing

@testable import Store

@Suite("applications beside the connections")
struct ApplicationContractTests {
  private let other = ApplicationName("work-app")!

  @Test(arguments: StoreKind.available)
  func `a store that is not there has none, and is not made for the question`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    #expect(try store.applications().isEmpty)
    #expect(try store.applicationSecret() == nil)
    #expect(try !store.removeApplication(TestApplication.github))
    #expect(!TestFile.exists(home.storePath))
  }

  @Test(arguments: StoreKind.available)
  func `what is kept is found again with all that belongs to it`(kind: StoreKind) throws {
    let home = TestHome()
    let registered = Timestamp(secondsSinceEpoch: 1_700_000_000)
    let end = Timestamp(secondsSinceEpoch: 1_800_000_000)
    let sources: [OAuthClient.Source] = [
      .byHand, .document, .dynamic(at: registered, end: nil), .dynamic(at: registered, end: end),
    ]
    for source in sources {
      try kind.session(in: home).saveApplication(
        TestApplication.make("a\"\\ключ-EXAMPLE", source: source))
      let store = kind.session(in: home)
      guard let found = try store.application(TestApplication.github) else {
        Issue.record("nothing is kept")
        continue
      }
      let (facts, client) = (found.facts, ClientParts(found.client))
      #expect(facts.provider == "github" && facts.clientID == "client-EXAMPLE")
      #expect(facts.callback == .loopback())
      #expect(client.source == source && client.authentication == .basic)
      #expect(client.id == "client-EXAMPLE" && client.callback == .loopback(port: 8977))
      let link = found.values.withBytes(of: TestApplication.link) { $0.shownText }
      #expect(link == "https://a.example/app")
      #expect(try store.applicationSecret() == "a\"\\ключ-EXAMPLE")
      #expect(try store.applications() == [facts])
      #expect(!store.examine().contains { $0.state != .good })
    }
  }

  @Test(arguments: StoreKind.available)
  func `a public client has no secret`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.saveApplication("")
    #expect(try kind.session(in: home).applicationSecret() == "")
  }

  @Test(arguments: StoreKind.available)
  func `another takes the place of one of its name, and keeps when it was added`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.saveApplication("first-EXAMPLE")
    let first = try #require(try store.applications().first)
    #expect(first.created.secondsSinceEpoch > 1_000_000_000)
    try store.saveApplication("second-EXAMPLE")
    try store.saveApplication("other-EXAMPLE", other)
    let facts = try store.applications()
    #expect(facts.map(\.name) == [TestApplication.github, other])
    #expect(facts[0].created == first.created)
    #expect(try store.applicationSecret() == "second-EXAMPLE")
    #expect(try store.applicationSecret(other) == "other-EXAMPLE")
  }

  @Test(arguments: StoreKind.available)
  func `one is removed once, and takes nothing else along`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    try store.saveApplication("first-EXAMPLE")
    try store.saveApplication("other-EXAMPLE", other)
    #expect(try store.removeApplication(TestApplication.github))
    #expect(try !store.removeApplication(TestApplication.github))
    #expect(try store.applicationSecret() == nil)
    #expect(try store.applications().map(\.name) == [other])
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(!store.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `without the identity names are told, and what is sealed is not`(kind: StoreKind) throws {
    let home = TestHome()
    try kind.session(in: home).saveApplication("first-EXAMPLE")
    TestFile.remove(home.identityPath)
    let store = kind.session(in: home)
    let facts = try store.applications()
    #expect(facts.map(\.name) == [TestApplication.github])
    #expect(facts.map(\.provider) == ["github"])
    #expect(facts.map(\.clientID) == [""] && facts.map(\.callback) == [nil])
    let error = failure { () throws(StoreError) in _ = try store.applicationSecret() }
    guard case .identity = error else {
      Issue.record("it was opened without the identity: \(String(describing: error))")
      return
    }
  }

  @Test(arguments: StoreKind.available)
  func `the record of an account says which one it was linked with`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    var record = TestRecord.make("x-EXAMPLE")
    record.facts.application = TestApplication.github
    try store.save(record, replacing: false)
    let facts = try store.read(TestRecord.tally).facts
    #expect(facts.application == TestApplication.github)
    let listed = try kind.session(in: home).summaries().connections
    guard case .summary(let summary)? = listed.first?.content else {
      Issue.record("nothing is listed")
      return
    }
    #expect(summary.application == TestApplication.github)
  }

  /// What stands in the clear is nothing that a copy of the file must not tell.
  @Test func `of its client nothing stands in the file`() throws {
    let home = TestHome()
    try home.store().handle.session().saveApplication("first-EXAMPLE")
    let content = TestFile.read(home.storePath)
    #expect(!content.isEmpty)
    for text in ["client-EXAMPLE", "first-EXAMPLE", "127.0.0.1", "a.example"] {
      #expect(content.firstRange(of: Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test func `removing one writes over what was sealed of it`() throws {
    let home = TestHome()
    let store = home.store().handle.session()
    try store.saveApplication("first-EXAMPLE")
    let database = try home.database()
    var select = try database.prepare("SELECT application FROM applications")
    #expect(try select.step())
    // Of the age file's payload, which stands nowhere else.
    let piece = Array(select.bytes(0).suffix(64))
    #expect(TestFile.read(home.storePath).firstRange(of: piece) != nil)
    _ = consume select
    _ = consume database
    try store.removeApplication(TestApplication.github)
    for suffix in ["", "-journal"] {
      #expect(TestFile.read(home.storePath + suffix).firstRange(of: piece) == nil)
    }
  }
}

/// A client as a test compares it.
private struct ClientParts {
  let id: String
  let source: OAuthClient.Source
  let authentication: ClientAuthentication?
  let callback: Callback?

  init(_ client: borrowing OAuthClient) {
    (id, source) = (client.id, client.source)
    (authentication, callback) = (client.authentication, client.callback)
  }
}
