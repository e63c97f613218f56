import Basics
import Connections
import Drafts
import Store
import Testing

@testable import Store

/// Whoever has opened a store before its recipients were changed seals for those that it has by then.
@Suite("recipients that change meanwhile")
struct RecipientContractTests {
  private let tally = TestRecord.tally

  private func reader(
    _ file: String, _ kind: StoreKind, in home: borrowing TestHome
  ) -> TestStore {
    kind.store(StoreChoice(identity: .file(file)), in: home)
  }

  @Test(arguments: StoreKind.available)
  func `a save, a token, a draft and an application are for the new one too`(kind: StoreKind) throws
  {
    let home = TestHome()
    try kind.session(in: home).save("old-EXAMPLE")
    let early = kind.session(in: home)
    let facts = try early.read(tally).facts
    let other = TestKeys.make(in: home)
    _ = try kind.session(in: home).addRecipient(other.recipient, label: nil)
    try early.save("new-EXAMPLE", TestRecord.name("b"))
    try early.saveToken(TestToken.make("token-EXAMPLE"), of: facts)
    try early.saveApplication("application-EXAMPLE")
    try early.saveDraft(
      Submission(provider: TestRecord.provider, values: TestRecord.values("draft-EXAMPLE")),
      for: TestRecord.name("c"))
    let reader = reader(other.file, kind, in: home)
    #expect(try reader.secret(TestRecord.name("b")) == "new-EXAMPLE")
    #expect(try reader.kept() == "token-EXAMPLE 1")
    #expect(try reader.handle.session().applicationSecret() == "application-EXAMPLE")
    let values = try reader.resume(TestRecord.name("c"))
    let isTyped = values.isThere
    #expect(isTyped)
    #expect(!reader.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `what was sealed before and waits is not stored for others than it was sealed for`(
    kind: StoreKind
  ) throws {
    let home = TestHome()
    try kind.session(in: home).save("old-EXAMPLE")
    let other = TestKeys.make(in: home)
    _ = try kind.session(in: home).addRecipient(other.recipient, label: nil)
    let early = kind.session(in: home)
    var batch = SaveBatch()
    try early.add(
      TestRecord.make("x-EXAMPLE", name: TestRecord.name("b")), replacing: false, to: &batch)
    _ = try kind.session(in: home).removeRecipient(other.recipient)
    var error: StoreError?
    do throws(StoreError) {
      _ = try early.save(&batch)
    } catch let caught {
      error = caught
    }
    #expect(error?.explanation.advice == "run the command again")
    #expect(try kind.session(in: home).list().count == 1)
  }

  @Test(arguments: StoreKind.available)
  func `a replacement after a rotation goes on with the history`(kind: StoreKind) throws {
    let home = TestHome()
    let early = kind.session(in: home)
    try early.save("first-EXAMPLE")
    _ = try kind.session(in: home).rotateIdentity(wrappingWith: nil)
    try early.save("second-EXAMPLE", replacing: true)
    let later = kind.session(in: home)
    #expect(try later.read(tally).facts.history.map(\.kind) == [.linked, .replaced])
    let (connections, _) = try later.summaries()
    #expect(connections.count == 1)
    #expect(!later.examine().contains { $0.state != .good })
  }

  @Test(arguments: StoreKind.available)
  func `versions and times stay, and the rows say whom they are sealed to`(kind: StoreKind) throws {
    let home = TestHome()
    let session = kind.session(in: home)
    for name in ["a", "b"] { try session.save("x-EXAMPLE", TestRecord.name(name)) }
    let entries = try session.list()
    let store = try #require(try session.existing())
    let before = try store.rows(.all)
    let change = try session.addRecipient(TestKeys.make(in: home).recipient, label: nil)
    #expect(change.resealed == 2)
    #expect(try session.list() == entries)
    let now = try #require(try session.existing())
    let rows = try now.rows(.all)
    #expect(rows.allSatisfy { $0.recipients == now.header.recipientID })
    #expect(rows.map(\.version) == before.map(\.version) && rows.map(\.id) == before.map(\.id))
  }
}
