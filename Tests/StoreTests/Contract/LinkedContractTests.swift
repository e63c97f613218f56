import Basics
import Connections
import Requests
import Secrets
import Store
import Testing

@Suite("an account and its first tokens, in one change")
struct LinkedContractTests {
  private func tokens(_ text: String) -> TokenSet {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: TestRecord.buffer(text))
    return TokenSet(values: values, obtained: .now(), expires: nil, type: "Bearer")
  }

  @Test(arguments: StoreKind.available)
  func `both are there, and the token is one of a person's consent`(kind: StoreKind) throws {
    let home = TestHome()
    try kind.session(in: home).save(
      TestRecord.make("x-EXAMPLE"), token: tokens("first-EXAMPLE"), replacing: false)
    let store = kind.session(in: home)
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(try store.kept() == "first-EXAMPLE 1")
    let isOfConsent = try store.token(of: TestRecord.tally)?.isOfConsent
    #expect(isOfConsent == true)
    #expect(!store.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `an account that is linked again has other tokens, at a later version`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save(TestRecord.make("x-EXAMPLE"), token: tokens("first-EXAMPLE"), replacing: false)
    let old = try store.read(TestRecord.tally).facts
    try store.save(TestRecord.make("x-EXAMPLE"), token: tokens("second-EXAMPLE"), replacing: true)
    #expect(try store.kept() == "second-EXAMPLE 2")
    // What was renewed meanwhile, of what was there before, has no place any more.
    let error = failure { () throws(StoreError) in
      try store.saveToken(TestToken.make("late-EXAMPLE", version: 1), of: old)
    }
    #expect(error.isConflict)
    // Whoever waits with the old ones for somebody's turn to end is told at once.
    let turn = try kind.session(in: home).lockToken(of: TestRecord.tally, since: 2)
    guard case .passed = try store.lockToken(of: TestRecord.tally, since: 1) else {
      Issue.record("nobody is told")
      return
    }
    _ = consume turn
  }

  @Test(arguments: StoreKind.available)
  func `a name that is taken leaves both as they were`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save(TestRecord.make("x-EXAMPLE"), token: tokens("first-EXAMPLE"), replacing: false)
    let error = failure { () throws(StoreError) in
      try store.save(TestRecord.make("y-EXAMPLE"), token: tokens("other-EXAMPLE"), replacing: false)
    }
    #expect(error == .exists(TestRecord.tally))
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(try store.kept() == "first-EXAMPLE 1")
  }

  @Test(arguments: StoreKind.available)
  func `tokens that are too long leave nothing of the account`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let long = String(repeating: "x", count: StoredToken.sizeLimit)
    let error = failure { () throws(StoreError) in
      try store.save(TestRecord.make("x-EXAMPLE"), token: tokens(long), replacing: false)
    }
    #expect(error?.explanation.what == "the token of tally/default was not kept")
    #expect(try store.list().isEmpty)
  }
}
