import Basics
import Connections
import Requests
import Secrets
import Store
import Testing

@Suite("tokens beside their connections")
struct TokenContractTests {
  private let other = TestRecord.name("other")

  @Test(arguments: StoreKind.available)
  func `of a connection without any there is none, and without a connection not even that`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let errors = [
      failure { () throws(StoreError) in _ = try store.kept() },
      failure { () throws(StoreError) in try store.removeToken(of: TestRecord.tally) },
      failure { () throws(StoreError) in _ = try store.lockToken(of: TestRecord.tally, since: 0) },
    ]
    for error in errors { #expect(error == .notFound(TestRecord.tally)) }
    try store.save("x-EXAMPLE")
    #expect(try store.kept() == nil)
    let missing = [
      failure { () throws(StoreError) in _ = try store.kept(other) },
      failure { () throws(StoreError) in try store.removeToken(of: other) },
      failure { () throws(StoreError) in _ = try store.lockToken(of: other, since: 0) },
    ]
    for error in missing { #expect(error == .notFound(other)) }
  }

  @Test(arguments: StoreKind.available)
  func `what is kept is found again, and makes no version of the connection`(kind: StoreKind) throws
  {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    try store.save("y-EXAMPLE", other)
    let entries = try store.list()
    try store.keep("first-EXAMPLE")
    #expect(try store.kept() == "first-EXAMPLE 1")
    try store.keep("second-EXAMPLE")
    #expect(try kind.session(in: home).kept() == "second-EXAMPLE 2")
    #expect(try store.kept(other) == nil)
    #expect(try store.list() == entries)
    #expect(!store.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `everything that came with a token is kept, and a failure beside it`(kind: StoreKind) throws
  {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    var token = TestToken.make("a\"\\\u{7}ключ-EXAMPLE")
    token.tokens?.values.set("credentials.raw.id", to: TestRecord.buffer(""))
    var diagnosis = Diagnosis(kind: .busy, sentence: "It is busy.", nextStep: "Wait.")
    diagnosis.wait = 7
    let failure = StoredToken.Failure(time: .now(), diagnosis: diagnosis)
    token.failure = failure
    try store.saveToken(token, of: try store.read(TestRecord.tally).facts)
    guard var found = try store.token(of: TestRecord.tally), let tokens = found.tokens.take() else {
      Issue.record("nothing is kept")
      return
    }
    #expect(found.failure == failure)
    let kept = Seen(tokens)
    #expect(kept.values == ["accessToken": "a\"\\\u{7}ключ-EXAMPLE", "credentials.raw.id": ""])
    #expect(kept.type == "Bearer")
    #expect(kept.obtained == Timestamp(secondsSinceEpoch: 1_900_000_000))
    #expect(kept.expires == Timestamp(secondsSinceEpoch: 1_900_003_600))
  }

  @Test(arguments: StoreKind.available)
  func `a failure alone is kept too`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    let failure = StoredToken.Failure(
      time: .now(), diagnosis: Diagnosis(kind: .busy, sentence: "It is busy."))
    try store.saveToken(
      StoredToken(tokens: nil, failure: failure), of: try store.read(TestRecord.tally).facts)
    #expect(try store.token(of: TestRecord.tally)?.failure == failure)
    #expect(try store.kept() == "nothing 1")
  }

  @Test(arguments: StoreKind.available)
  func `what another process has kept since is not overwritten`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    let facts = try store.read(TestRecord.tally).facts
    try kind.session(in: home).keep("theirs-EXAMPLE")
    for version in [0, 2] {
      let error = failure { () throws(StoreError) in
        try store.saveToken(TestToken.make("mine-EXAMPLE", version: version), of: facts)
      }
      #expect(error.isConflict)
    }
    #expect(try store.kept() == "theirs-EXAMPLE 1")
    // Nor is it brought back when it was thrown away.
    try store.removeToken(of: TestRecord.tally)
    let error = failure { () throws(StoreError) in
      try store.saveToken(TestToken.make("mine-EXAMPLE", version: 1), of: facts)
    }
    #expect(error.isConflict)
    #expect(try store.kept() == nil)
  }

  @Test(arguments: StoreKind.available)
  func `a token of values that have changed since is not kept`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    let facts = try store.read(TestRecord.tally).facts
    try store.save("y-EXAMPLE", replacing: true)
    let replaced = failure { () throws(StoreError) in
      try store.saveToken(TestToken.make("mine-EXAMPLE"), of: facts)
    }
    #expect(replaced.isConflict)
    try store.remove(TestRecord.tally)
    let removed = failure { () throws(StoreError) in
      try store.saveToken(TestToken.make("mine-EXAMPLE"), of: facts)
    }
    #expect(removed == .notFound(TestRecord.tally))
    // Of the same name, and at the same version.
    try store.save("z-EXAMPLE")
    let anew = failure { () throws(StoreError) in
      try store.saveToken(TestToken.make("mine-EXAMPLE"), of: facts)
    }
    #expect(anew.isConflict)
    #expect(try store.kept() == nil)
  }

  @Test(arguments: StoreKind.available)
  func `new values take the token along, and a check that is noted does not`(kind: StoreKind) throws
  {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    try store.keep("first-EXAMPLE")
    try store.save(try store.read(TestRecord.tally), replacing: true, keepingToken: true)
    #expect(try store.kept() == "first-EXAMPLE 1")
    try store.save("y-EXAMPLE", replacing: true)
    #expect(try store.kept() == nil)
  }

  @Test(arguments: StoreKind.available)
  func `many at once keep or lose their tokens one by one`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    var batch = SaveBatch()
    for name in [TestRecord.tally, other] {
      try store.save("x-EXAMPLE", name)
      try store.keep("first-EXAMPLE", of: name)
    }
    try store.add(
      try store.read(TestRecord.tally), replacing: true, keepingToken: true, to: &batch)
    try store.add(TestRecord.make("y-EXAMPLE", name: other), replacing: true, to: &batch)
    #expect(try store.save(&batch).isEmpty)
    #expect(try store.kept() == "first-EXAMPLE 1")
    #expect(try store.kept(other) == nil)
  }

  @Test(arguments: StoreKind.available)
  func `a removed connection takes its token along`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    try store.keep("first-EXAMPLE")
    try store.remove(TestRecord.tally)
    try store.save("y-EXAMPLE")
    #expect(try store.kept() == nil)
  }

  @Test(arguments: StoreKind.available)
  func `a token is thrown away, once`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    try store.keep("first-EXAMPLE")
    #expect(try store.removeToken(of: TestRecord.tally))
    #expect(try store.kept() == nil)
    #expect(try !store.removeToken(of: TestRecord.tally))
    #expect(try store.secret() == "x-EXAMPLE")
  }

  @Test(arguments: StoreKind.available)
  func `one that is longer than is kept leaves the one before`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("x-EXAMPLE")
    try store.keep("first-EXAMPLE")
    let long = String(repeating: "x", count: StoredToken.sizeLimit)
    let error = failure { () throws(StoreError) in try store.keep(long) }
    #expect(error?.explanation.what == "the token of tally/default was not kept")
    #expect(try store.kept() == "first-EXAMPLE 1")
  }
}

/// Tokens as a test compares them.
private struct Seen {
  var values: [String: String] = [:]
  let obtained: Timestamp
  let expires: Timestamp?
  let type: String?

  init(_ tokens: consuming TokenSet) {
    (obtained, expires, type) = (tokens.obtained, tokens.expires, tokens.type)
    for name in tokens.values.keys {
      values[name] = tokens.values.withBytes(of: name) {
        String(decoding: $0.copied(), as: UTF8.self)
      }
    }
  }
}

extension StoreError? {
  /// Whether somebody else was faster.
  var isConflict: Bool { if case .conflict = self { true } else { false } }
}
