import Connections
import Store
import StoreFaults
import Testing

@testable import Store

@Suite("many connections in one change")
struct BatchTests {
  private func fill(
    _ batch: inout SaveBatch, _ names: [String], in session: borrowing StoreSession,
    secret: String = "x-EXAMPLE", replacing: Bool = false
  ) throws {
    for name in names {
      try session.add(
        TestRecord.make(secret, name: TestRecord.name(name)), replacing: replacing, to: &batch)
    }
  }

  @Test func `all of them are stored by one change, and open as those stored alone`() throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE", TestRecord.name("first"))
    let before = try home.database().changeCounter()
    let session = home.store().handle.session()
    var batch = SaveBatch()
    try fill(&batch, (0..<50).map { "n\($0)" }, in: session)
    #expect(try home.store().list().count == 1)
    #expect(try session.save(&batch).isEmpty)
    #expect(batch.count == 0)
    #expect(try home.database().changeCounter() == before + 1)
    #expect(try home.store().list().count == 51)
    #expect(try home.store().secret(TestRecord.name("n49")) == "x-EXAMPLE")
    let (connections, _) = try session.summaries()
    #expect(connections.count == 51)
  }

  @Test func `a name that is taken is refused, in the store or in the batch`() throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE", TestRecord.name("a"))
    let session = home.store().handle.session()
    var batch = SaveBatch()
    try fill(&batch, ["b"], in: session)
    for name in ["a", "b"] {
      #expect(
        throws: StoreError.exists(TestRecord.name(name)),
        performing: {
          try fill(&batch, [name], in: session)
        })
    }
    #expect(try session.save(&batch).isEmpty)
    #expect(try home.store().secret(TestRecord.name("a")) == "first-EXAMPLE")
  }

  @Test func `a replacement counts the version, also twice in a batch`() throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE", TestRecord.name("a"))
    let session = home.store().handle.session()
    var batch = SaveBatch()
    try fill(&batch, ["a"], in: session, secret: "second-EXAMPLE", replacing: true)
    try fill(&batch, ["a"], in: session, secret: "third-EXAMPLE", replacing: true)
    #expect(try session.save(&batch).isEmpty)
    #expect(try home.store().list().map(\.version) == [3])
    #expect(try home.store().secret(TestRecord.name("a")) == "third-EXAMPLE")
  }

  @Test func `what somebody else has stored meanwhile stands, and the rest is stored`() throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE", TestRecord.name("a"))
    let session = home.store().handle.session()
    var batch = SaveBatch()
    try fill(&batch, ["a", "b", "c"], in: session, secret: "mine-EXAMPLE", replacing: true)
    try home.store().save("theirs-EXAMPLE", TestRecord.name("a"), replacing: true)
    try home.store().save("theirs-EXAMPLE", TestRecord.name("b"))
    let refused = try session.save(&batch)
    #expect(refused.map(\.name.name) == ["a", "b"])
    let store = home.store()
    #expect(try store.secret(TestRecord.name("a")) == "theirs-EXAMPLE")
    #expect(try store.secret(TestRecord.name("b")) == "theirs-EXAMPLE")
    #expect(try store.secret(TestRecord.name("c")) == "mine-EXAMPLE")
  }

  @Test(arguments: [FaultyDisk.Fault.broken, .full, .lost])
  func `a failing disk leaves all of a batch or nothing`(fault: FaultyDisk.Fault) throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE", TestRecord.name("first"))
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "batch-\(fault.rawValue)")
    for call in 1...2000 {
      for suffix in ["-wal", "-shm", "-journal"] { TestFile.remove(home.storePath + suffix) }
      TestFile.replace(home.storePath, with: content)
      let session = home.store(engine: disk.name).handle.session()
      var isStored = false
      disk.plan(.init(call: call, fault: fault))
      do {
        var batch = SaveBatch()
        try fill(&batch, ["a", "b", "c"], in: session)
        isStored = try session.save(&batch).isEmpty
      } catch {
        isStored = false
      }
      let calls = disk.calls
      disk.normalize()
      let count = try home.store().list().count
      #expect(count == 4 || (!isStored && count == 1), "call \(call)")
      if calls < call { return }
    }
    Issue.record("the work never ended")
  }
}
