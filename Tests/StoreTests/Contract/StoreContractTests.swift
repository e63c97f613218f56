import Basics
import Connections
import Drafts
import ProviderFormat
import Secrets
import Store
import Testing

@Suite("a store of connections")
struct StoreContractTests {
  @Test(arguments: StoreKind.available)
  func `an unused store is empty and nothing is made by looking`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    #expect(try store.list().isEmpty)
    #expect(
      failure { () throws(StoreError) in _ = try store.secret() } == .notFound(TestRecord.tally))
    #expect(
      failure { () throws(StoreError) in _ = try store.export(TestRecord.tally) }
        == .notFound(TestRecord.tally))
    #expect(
      failure { () throws(StoreError) in try store.remove(TestRecord.tally) }
        == .notFound(TestRecord.tally))
    #expect(!store.describe().exists)
  }

  @Test(arguments: StoreKind.available)
  func `what was saved is opened again`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("tally-key-EXAMPLE")
    let record = try store.read(TestRecord.tally)
    let secret = TestRecord.secret(in: record)
    #expect(secret == "tally-key-EXAMPLE")
    let facts = record.facts
    #expect(facts.version == 1)
    #expect(!facts.id.isEmpty && !facts.storeID.isEmpty)
    let provider = record.provider
    #expect(provider.slug == "tally")
    #expect(provider.entry == TestRecord.provider.entry)
  }

  @Test(arguments: StoreKind.available)
  func `a name is not taken over by accident`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    let error = failure { () throws(StoreError) in try store.save("second-EXAMPLE") }
    #expect(error == .exists(TestRecord.tally))
    #expect(try store.secret() == "first-EXAMPLE")
  }

  @Test(arguments: StoreKind.available)
  func `replacing keeps who the connection is and counts the version`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    let before = try store.read(TestRecord.tally).facts
    try store.save("second-EXAMPLE", replacing: true)
    let after = try store.read(TestRecord.tally).facts
    #expect(after.id == before.id)
    #expect(after.created == before.created)
    #expect(after.version == 2)
    #expect(try store.secret() == "second-EXAMPLE")
  }

  @Test(arguments: StoreKind.available)
  func `a change that another has made since is not overwritten`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    let opened = try store.read(TestRecord.tally)
    try store.save("second-EXAMPLE", replacing: true)
    do {
      try store.save(opened, replacing: true)
      Issue.record("the older record was stored")
    } catch {
      #expect(error.explanation.why?.contains("changed since it was opened") == true)
    }
    #expect(try store.secret() == "second-EXAMPLE")
  }

  @Test(arguments: StoreKind.available)
  func `what was removed since it was opened does not come back`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    let opened = try store.read(TestRecord.tally)
    try kind.session(in: home).remove(TestRecord.tally)
    do {
      try store.save(opened, replacing: true)
      Issue.record("the removed record was stored")
    } catch {
      #expect(error.explanation.why?.contains("removed since it was opened") == true)
    }
    #expect(try store.list().isEmpty)
  }

  @Test(arguments: StoreKind.available)
  func `a record that was opened and changed replaces its own version`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    var record = try store.read(TestRecord.tally)
    record.facts.checked = Timestamp(secondsSinceEpoch: 1_800_000_000)
    try store.save(record, replacing: true)
    let facts = try store.read(TestRecord.tally).facts
    #expect(facts.version == 2)
    #expect(facts.checked == Timestamp(secondsSinceEpoch: 1_800_000_000))
  }

  @Test(arguments: StoreKind.available)
  func `the list is sorted by name`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    for name in ["work", "default", "home"] { try store.save("x-EXAMPLE", TestRecord.name(name)) }
    #expect(try store.list().map(\.name.name) == ["default", "home", "work"])
    #expect(try store.list().map(\.version) == [1, 1, 1])
  }

  @Test(arguments: StoreKind.available)
  func `what was removed is gone and its name is free`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("first-EXAMPLE")
    try store.save("other-EXAMPLE", TestRecord.name("other"))
    let id = try store.read(TestRecord.tally).facts.id
    try store.remove(TestRecord.tally)
    #expect(try store.list().map(\.name) == [TestRecord.name("other")])
    try store.save("again-EXAMPLE")
    #expect(try store.read(TestRecord.tally).facts.id != id)
  }

  @Test(arguments: StoreKind.available)
  func `an export is a sealed age file and the same each time`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("tally-key-EXAMPLE")
    let exported = try store.export(TestRecord.tally)
    #expect(exported.starts(with: "age-encryption.org/v1\n".utf8))
    #expect(!String(decoding: exported, as: UTF8.self).contains("EXAMPLE"))
    #expect(try store.export(TestRecord.tally) == exported)
  }

  @Test(arguments: StoreKind.available)
  func `values of any bytes and any size that can be typed survive`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let long = String(repeating: "0123456789abcdef", count: 4096)
    for (index, text) in ["", "\"\\\u{7}\n\t", "ключ 🔑", long].enumerated() {
      let name = TestRecord.name("n\(index)")
      try store.save(text, name)
      #expect(try store.secret(name) == text)
    }
  }

  @Test(arguments: StoreKind.available)
  func `a draft is kept, taken up again and forgotten`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    #expect(try resumed(store) == nil)
    try store.saveDraft(submission("half-EXAMPLE"), for: TestRecord.tally)
    #expect(try resumed(store) == "half-EXAMPLE")
    try store.saveDraft(submission("more-EXAMPLE"), for: TestRecord.tally)
    #expect(try resumed(store) == "more-EXAMPLE")
    #expect(try store.list().isEmpty)
    try store.forget(TestRecord.tally)
    #expect(try resumed(store) == nil)
    try store.forget(TestRecord.tally)
  }

  @Test(arguments: StoreKind.available)
  func `a draft lies beside the connection of its name, and goes without it`(kind: StoreKind) throws
  {
    let home = TestHome()
    let store = kind.session(in: home)
    try store.save("stored-EXAMPLE")
    try store.saveDraft(submission("typed-EXAMPLE"), for: TestRecord.tally)
    #expect(try store.secret() == "stored-EXAMPLE")
    #expect(try resumed(store) == "typed-EXAMPLE")
    try store.forget(TestRecord.tally)
    #expect(try store.secret() == "stored-EXAMPLE")
  }

  @Test(arguments: StoreKind.available)
  func `one name, one provider or all are listed`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    let other = ConnectionName(provider: "acme")!
    for name in [TestRecord.tally, TestRecord.name("work"), other] {
      try store.save("x-EXAMPLE", name)
    }
    #expect(try store.find(other)?.name == other)
    #expect(try store.find(TestRecord.name("nothing")) == nil)
    #expect(try store.list(.provider("tally")).map(\.name.name) == ["default", "work"])
    #expect(try store.list(.provider("tall")).isEmpty)
    #expect(try store.list().map(\.name) == [other, TestRecord.tally, TestRecord.name("work")])
  }

  @Test(arguments: StoreKind.available)
  func `two sessions see and change what the other has stored`(kind: StoreKind) throws {
    let home = TestHome()
    let one = kind.session(in: home)
    let two = kind.session(in: home)
    #expect(try one.list().isEmpty)
    try two.save("first-EXAMPLE")
    #expect(try one.secret() == "first-EXAMPLE")
    try one.save("second-EXAMPLE", replacing: true)
    #expect(try two.secret() == "second-EXAMPLE")
    try two.remove(TestRecord.tally)
    let error = failure { () throws(StoreError) in _ = try one.secret() }
    #expect(error == .notFound(TestRecord.tally))
  }

  @Test(arguments: StoreKind.available)
  func `a store is described and sound before and after the first save`(kind: StoreKind) throws {
    let home = TestHome()
    let store = kind.session(in: home)
    #expect(try store.keys().recipients.isEmpty)
    #expect(!store.examine().contains { $0.state == .bad })
    try store.save("x-EXAMPLE")
    #expect(store.describe().exists)
    #expect(try store.keys().recipients.count == 1)
    #expect(try store.keys().isRemembered)
    #expect(!store.examine().contains { $0.state == .bad })
  }

  private func submission(_ secret: String) -> Submission {
    Submission(provider: TestRecord.provider, values: TestRecord.values(secret))
  }

  private func resumed(_ store: borrowing StoreSession) throws -> String? {
    switch try store.resume(TestRecord.tally) {
    case .some(let values): TestRecord.secret(in: values)
    case .none: nil
    }
  }
}
