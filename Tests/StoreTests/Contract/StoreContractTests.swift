import Basics
import Credentials
import Guides
import Secrets
import Testing

@testable import Store

@Suite("a store of connections")
struct StoreContractTests {
  @Test(arguments: StoreEngine.allCases)
  func `an unused store is empty and nothing is made by looking`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    #expect(try store.list().isEmpty)
    #expect(
      failure { () throws(StoreError) in _ = try store.secret() } == .notFound(TestRecord.tally))
    #expect(
      failure { () throws(StoreError) in _ = try store.export(TestRecord.tally) }
        == .notFound(TestRecord.tally))
    #expect(
      failure { () throws(StoreError) in try store.remove(TestRecord.tally) }
        == .notFound(TestRecord.tally))
    #expect(TestFile.names(home.path).isEmpty)
  }

  @Test(arguments: StoreEngine.allCases)
  func `what was saved is opened again`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("tally-key-EXAMPLE")
    let record = try store.open(TestRecord.tally)
    let secret = TestRecord.secret(in: record)
    #expect(secret == "tally-key-EXAMPLE")
    let facts = record.facts
    #expect(facts.version == 1)
    #expect(!facts.id.isEmpty && !facts.storeID.isEmpty)
    let provider = record.provider
    #expect(provider.slug == "tally")
    #expect(provider.entry == TestRecord.provider.entry)
  }

  @Test(arguments: StoreEngine.allCases)
  func `a name is not taken over by accident`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("first-EXAMPLE")
    let error = failure { () throws(StoreError) in try store.save("second-EXAMPLE") }
    #expect(error == .exists(TestRecord.tally))
    #expect(try store.secret() == "first-EXAMPLE")
  }

  @Test(arguments: StoreEngine.allCases)
  func `replacing keeps who the connection is and counts the version`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("first-EXAMPLE")
    let before = try store.open(TestRecord.tally).facts
    try store.save("second-EXAMPLE", replacing: true)
    let after = try store.open(TestRecord.tally).facts
    #expect(after.id == before.id)
    #expect(after.created == before.created)
    #expect(after.version == 2)
    #expect(try store.secret() == "second-EXAMPLE")
  }

  @Test(arguments: StoreEngine.allCases)
  func `a change that another has made since is not overwritten`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("first-EXAMPLE")
    let opened = try store.open(TestRecord.tally)
    try store.save("second-EXAMPLE", replacing: true)
    do {
      try store.save(opened, replacing: true)
      Issue.record("the older record was stored")
    } catch {
      #expect(error.explanation.why?.contains("changed since it was opened") == true)
    }
    #expect(try store.secret() == "second-EXAMPLE")
  }

  @Test(arguments: StoreEngine.allCases)
  func `a record that was opened and changed replaces its own version`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("first-EXAMPLE")
    var record = try store.open(TestRecord.tally)
    record.facts.checked = Timestamp(secondsSinceEpoch: 1_800_000_000)
    try store.save(record, replacing: true)
    let facts = try store.open(TestRecord.tally).facts
    #expect(facts.version == 2)
    #expect(facts.checked == Timestamp(secondsSinceEpoch: 1_800_000_000))
  }

  @Test(arguments: StoreEngine.allCases)
  func `the list is sorted by name`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    for name in ["work", "default", "home"] { try store.save("x-EXAMPLE", TestRecord.name(name)) }
    #expect(try store.list().map(\.name.name) == ["default", "home", "work"])
    #expect(try store.list().map(\.version) == [1, 1, 1])
  }

  @Test(arguments: StoreEngine.allCases)
  func `what was removed is gone and its name is free`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("first-EXAMPLE")
    try store.save("other-EXAMPLE", TestRecord.name("other"))
    let id = try store.open(TestRecord.tally).facts.id
    try store.remove(TestRecord.tally)
    #expect(try store.list().map(\.name) == [TestRecord.name("other")])
    try store.save("again-EXAMPLE")
    #expect(try store.open(TestRecord.tally).facts.id != id)
  }

  @Test(arguments: StoreEngine.allCases)
  func `an export is a sealed age file and the same each time`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("tally-key-EXAMPLE")
    let exported = try store.export(TestRecord.tally)
    #expect(exported.starts(with: "age-encryption.org/v1\n".utf8))
    #expect(!String(decoding: exported, as: UTF8.self).contains("EXAMPLE"))
    #expect(try store.export(TestRecord.tally) == exported)
  }

  @Test(arguments: StoreEngine.allCases)
  func `values of any bytes and any size that can be typed survive`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    let long = String(repeating: "0123456789abcdef", count: 4096)
    for (index, text) in ["", "\"\\\u{7}\n\t", "ключ 🔑", long].enumerated() {
      let name = TestRecord.name("n\(index)")
      try store.save(text, name)
      #expect(try store.secret(name) == text)
    }
  }

  @Test(arguments: StoreEngine.allCases)
  func `a draft is kept, taken up again and forgotten`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    #expect(try resumed(store) == nil)
    try store.keep(submission("half-EXAMPLE"), for: TestRecord.tally)
    #expect(try resumed(store) == "half-EXAMPLE")
    try store.keep(submission("more-EXAMPLE"), for: TestRecord.tally)
    #expect(try resumed(store) == "more-EXAMPLE")
    #expect(try store.list().isEmpty)
    try store.forget(TestRecord.tally)
    #expect(try resumed(store) == nil)
    try store.forget(TestRecord.tally)
  }

  @Test(arguments: StoreEngine.allCases)
  func `a draft and a connection of one name leave each other alone`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("stored-EXAMPLE")
    try store.keep(submission("typed-EXAMPLE"), for: TestRecord.tally)
    #expect(try store.secret() == "stored-EXAMPLE")
    try store.remove(TestRecord.tally)
    #expect(try resumed(store) == "typed-EXAMPLE")
  }

  @Test(arguments: StoreEngine.allCases)
  func `no byte of a value is in any file`(engine: StoreEngine) throws {
    let home = TestHome()
    let store = engine.make(in: home)
    try store.save("needle-in-the-record-EXAMPLE")
    try store.keep(submission("needle-in-the-draft-EXAMPLE"), for: TestRecord.name("other"))
    let location = home.location()
    for directory in [location.directory, location.configuration] {
      for name in TestFile.names(directory) {
        let content = String(decoding: TestFile.read("\(directory)/\(name)"), as: UTF8.self)
        #expect(!content.contains("needle-in-the"))
      }
    }
  }

  private func submission(_ secret: String) -> Submission {
    Submission(provider: TestRecord.provider, values: TestRecord.values(secret))
  }

  private func resumed(_ store: any DraftStore) throws -> String? {
    switch try store.resume(TestRecord.tally) {
    case .some(let values): TestRecord.secret(in: values)
    case .none: nil
    }
  }
}
