import Basics
import Connections
import Drafts
import Requests
import Secrets
import Store
import Testing

@Suite("what a change has taken the place of")
struct GenerationContractTests {
  private let tally = TestRecord.tally

  private func type(in store: borrowing StoreSession) throws {
    let values = TestRecord.values("typed-EXAMPLE")
    try store.saveDraft(Submission(provider: TestRecord.provider, values: values), for: tally)
  }

  private func isTyped(in store: borrowing StoreSession) throws -> Bool {
    let values = try store.resume(tally)
    switch values {
    case .some: return true
    case nil: return false
    }
  }

  private func tokens(_ text: String) -> TokenSet {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: TestRecord.buffer(text))
    return TokenSet(values: values, obtained: .now(), expires: nil, type: "Bearer")
  }

  @Test(arguments: StoreKind.available)
  func `of values that were never changed nothing is kept, and of no connection not even that`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let errors = [
      failure { () throws(StoreError) in _ = try store.hasFormer(of: tally) },
      failure { () throws(StoreError) in _ = try store.former(of: tally) },
      failure { () throws(StoreError) in try store.bringBack(tally) },
      failure { () throws(StoreError) in try store.dropFormer(of: tally) },
    ]
    for error in errors { #expect(error == .notFound(tally)) }
    try store.save("x-EXAMPLE")
    #expect(try !store.hasFormer(of: tally))
    #expect(try store.formerSecret() == nil)
    #expect(try !store.dropFormer(of: tally))
    let error = failure { () throws(StoreError) in try store.bringBack(tally) }
    #expect(error?.explanation.what == "there is nothing to bring back of tally/default")
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(try store.list().map(\.version) == [1])
  }

  @Test(arguments: StoreKind.available)
  func `a replacement keeps one generation, and a change of facts leaves it`(kind: StoreKind) throws
  {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    try store.keep("token-EXAMPLE")
    try store.save("second-EXAMPLE", replacing: true)
    #expect(try store.kept() == nil)
    #expect(try store.hasFormer(of: tally))
    #expect(try store.formerSecret() == "first-EXAMPLE with token-EXAMPLE")
    var record = try store.read(tally)
    record.facts.checked = .now()
    try store.save(record, replacing: true, keepingToken: true)
    #expect(try store.formerSecret() == "first-EXAMPLE with token-EXAMPLE")
    try store.save("third-EXAMPLE", replacing: true)
    #expect(try store.formerSecret() == "second-EXAMPLE")
    #expect(!store.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `values that are there already take the place of none, one by one and many in one`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    for _ in 1...2 { try store.save("second-EXAMPLE", replacing: true) }
    #expect(try store.formerSecret() == "first-EXAMPLE")
    var batch = SaveBatch()
    try store.add(TestRecord.make("second-EXAMPLE"), replacing: true, to: &batch)
    #expect(try store.save(&batch).isEmpty)
    #expect(try store.formerSecret() == "first-EXAMPLE")
    #expect(try store.read(tally).facts.history.map(\.kind) == [.linked, .replaced])
  }

  @Test(arguments: StoreKind.available)
  func `what was typed and not finished goes with a change of values, and with the connection`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    try type(in: store)
    try store.save(try store.read(tally), replacing: true, keepingToken: true)
    #expect(try isTyped(in: store))
    try store.save("second-EXAMPLE", replacing: true)
    #expect(try !isTyped(in: store))
    try type(in: store)
    try store.remove(tally)
    #expect(try !isTyped(in: store))
    #expect(!store.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `a key that another connection goes by is not to be revoked`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let twin = TestRecord.name("twin")
    try store.save("first-EXAMPLE")
    try store.save("first-EXAMPLE", twin)
    try store.save("second-EXAMPLE", replacing: true)
    let error = failure { () throws(StoreError) in _ = try store.formerToRevoke(of: tally) }
    #expect(error == .shared(tally, with: [twin]))
    try store.remove(twin)
    _ = try store.formerToRevoke(of: tally)
  }

  @Test(arguments: StoreKind.available)
  func `what comes back is exchanged with what was there, and a second time undoes the first`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let end = Timestamp(secondsSinceEpoch: 1_950_000_000)
    var first = TestRecord.make("first-EXAMPLE")
    first.facts.chosenEnd = end
    try store.save(first, token: tokens("one-EXAMPLE"), replacing: false)
    try store.save(
      TestRecord.make("second-EXAMPLE"), token: tokens("two-EXAMPLE"), replacing: true)
    let entry = try store.list()[0]
    let facts = try store.bringBack(tally)
    #expect(facts.version == 3 && facts.chosenEnd == end && facts.created == entry.created)
    #expect(try store.read(tally).facts == facts)
    #expect(try store.secret() == "first-EXAMPLE")
    #expect(try store.kept() == "one-EXAMPLE 3")
    #expect(try store.formerSecret() == "second-EXAMPLE with two-EXAMPLE")
    #expect(try store.bringBack(tally).chosenEnd == nil)
    #expect(try kind.session(in: home).secret() == "second-EXAMPLE")
    #expect(try store.kept() == "two-EXAMPLE 4")
    #expect(try store.formerSecret() == "first-EXAMPLE with one-EXAMPLE")
    #expect(!store.examine().contains { $0.state != .good })
    // A list knows it without opening a record.
    let (connections, _) = try store.summaries()
    #expect(connections.map(\.entry.version) == [4])
  }

  @Test(arguments: StoreKind.available)
  func `whoever waits for tokens, or has got some meanwhile, sees that these are others`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save(TestRecord.make("x-EXAMPLE"), token: tokens("one-EXAMPLE"), replacing: false)
    try store.save(TestRecord.make("y-EXAMPLE"), token: tokens("two-EXAMPLE"), replacing: true)
    let facts = try store.read(tally).facts
    try store.bringBack(tally)
    let turn = try kind.session(in: home).lockToken(of: tally, since: 3)
    guard case .passed = try store.lockToken(of: tally, since: 2) else {
      Issue.record("nobody is told")
      return
    }
    let error = failure { () throws(StoreError) in
      try store.saveToken(TestToken.make("late-EXAMPLE", version: 2), of: facts)
    }
    #expect(error.isConflict)
    _ = consume turn
  }

  @Test(arguments: StoreKind.available)
  func `what was before can be dropped, and goes with its connection`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    try store.save("second-EXAMPLE", replacing: true)
    #expect(try store.dropFormer(of: tally))
    #expect(try !store.dropFormer(of: tally))
    #expect(try !store.hasFormer(of: tally))
    #expect(try store.secret() == "second-EXAMPLE")
    try store.save("third-EXAMPLE", replacing: true)
    try store.remove(tally)
    try store.save("fourth-EXAMPLE")
    #expect(try !store.hasFormer(of: tally))
    #expect(!store.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `many changes in one keep what each has taken the place of`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let names = (0..<5).map { TestRecord.name("n\($0)") }
    for name in names { try store.save("old-EXAMPLE", name) }
    var batch = SaveBatch()
    for name in names {
      try store.add(TestRecord.make("new-EXAMPLE", name: name), replacing: true, to: &batch)
    }
    try store.add(TestRecord.make("newest-EXAMPLE", name: names[0]), replacing: true, to: &batch)
    #expect(try store.save(&batch).isEmpty)
    #expect(try store.formerSecret(names[0]) == "new-EXAMPLE")
    for name in names.dropFirst() { #expect(try store.formerSecret(name) == "old-EXAMPLE") }
    let kinds = try store.read(names[0]).facts.history.map(\.kind)
    #expect(kinds == [.linked, .replaced, .replaced])
  }
}
