import Basics
import Connections
import Drafts
import Requests
import Secrets
import Store
import Testing

@Suite("a connection that gets another name")
struct RenamingContractTests {
  private let tally = TestRecord.tally
  private let new = TestRecord.name("new")

  private func typed(
    _ name: ConnectionName, in store: borrowing StoreSession
  ) throws -> String? {
    guard let values = try store.resume(name) else { return nil }
    return TestRecord.secret(in: values)
  }

  private func type(
    _ secret: String, for name: ConnectionName, in store: borrowing StoreSession
  ) throws {
    try store.saveDraft(
      Submission(provider: TestRecord.provider, values: TestRecord.values(secret)), for: name)
  }

  @Test(arguments: StoreKind.available)
  func `everything that belongs to it goes along`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    try store.save("second-EXAMPLE", replacing: true)
    try store.keep("token-EXAMPLE")
    try store.save("other-EXAMPLE", TestRecord.name("other"))
    let created = try store.read(tally).facts.created
    try store.rename(tally, to: new)
    #expect(try store.list().map(\.name) == [new, TestRecord.name("other")])
    #expect(try !store.hasRow(of: tally))
    #expect(try store.secret(new) == "second-EXAMPLE")
    #expect(try store.kept(new) == "token-EXAMPLE 1")
    #expect(try store.formerSecret(new) == "first-EXAMPLE")
    #expect(try store.former(of: new)?.record.facts.name == new)
    let facts = try store.read(new).facts
    #expect(facts.name == new && facts.created == created && facts.version == 3)
    #expect(facts.history.map(\.kind) == [.linked, .replaced, .renamed])
    #expect(facts.history.last?.detail == "tally/default")
    #expect(!store.examine().contains { $0.state != .good })
    let (connections, _) = try kind.session(in: home).summaries()
    #expect(connections.map(\.entry.name) == [new, TestRecord.name("other")])
  }

  @Test(arguments: StoreKind.available)
  func `what it was before can come back, and the old name is free`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    try store.keep("token-EXAMPLE")
    try store.save("second-EXAMPLE", replacing: true)
    try store.rename(tally, to: new)
    try store.save("another-EXAMPLE")
    #expect(try store.bringBack(new).name == new)
    #expect(try store.secret(new) == "first-EXAMPLE")
    #expect(try store.kept(new) == "token-EXAMPLE 2")
    #expect(try store.secret(tally) == "another-EXAMPLE")
    #expect(try !store.hasFormer(of: tally))
    try store.remove(new)
    #expect(!store.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `a name that is taken, and one that is not there, change nothing`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let nothing = failure { () throws(StoreError) in try store.rename(tally, to: new) }
    #expect(nothing == .notFound(tally))
    try store.save("x-EXAMPLE")
    try store.save("y-EXAMPLE", new)
    let entries = try store.list()
    let taken = failure { () throws(StoreError) in try store.rename(tally, to: new) }
    #expect(taken == .exists(new))
    let own = failure { () throws(StoreError) in try store.rename(tally, to: tally) }
    #expect(own == .exists(tally))
    let missing = TestRecord.name("missing")
    let error = failure { () throws(StoreError) in try store.rename(missing, to: new) }
    #expect(error == .notFound(missing))
    #expect(try store.list() == entries)
  }

  @Test(arguments: StoreKind.available)
  func `what was typed for it goes along, and what was typed for the new name goes`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    try type("half-EXAMPLE", for: tally, in: store)
    try type("other-EXAMPLE", for: new, in: store)
    try store.rename(tally, to: new)
    #expect(try typed(new, in: store) == "half-EXAMPLE")
    #expect(try typed(tally, in: store) == nil)
    try type("later-EXAMPLE", for: tally, in: store)
    try store.rename(new, to: TestRecord.name("third"))
    #expect(try typed(tally, in: store) == "later-EXAMPLE")
    #expect(try typed(TestRecord.name("third"), in: store) == "half-EXAMPLE")
  }

  @Test(arguments: StoreKind.available)
  func `who changes it under its old name meanwhile is told, and turns are those of before`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    let record = SendOnceBox(try store.read(tally))
    try store.rename(tally, to: new)
    let error = failure { () throws(StoreError) in
      guard let record = record.take() else { return }
      try store.save(record, replacing: true, keepingToken: true)
    }
    #expect(error.isConflict)
    try store.keep("token-EXAMPLE", of: new)
    let turn = try kind.session(in: home).lockToken(of: new, since: 1)
    try store.removeToken(of: new)
    guard case .passed = try store.lockToken(of: new, since: 1) else {
      Issue.record("nobody waits")
      return
    }
    _ = consume turn
  }
}
