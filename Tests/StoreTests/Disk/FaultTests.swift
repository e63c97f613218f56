import Basics
import Connections
import Drafts
import Glibc
import Store
import StoreFaults
import Testing

/// Calls to the disk that fail: the first, then the second, and so on until the work is done without one failing.
@Suite("a failing disk")
struct FaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let fault: FaultyDisk.Fault
    let isLasting: Bool

    var testDescription: String { "\(fault.rawValue), \(isLasting ? "for ever" : "once")" }

    static let all = [FaultyDisk.Fault.broken, .full].flatMap { fault in
      [false, true].map { Case(fault: fault, isLasting: $0) }
    }
  }

  /// Runs `work` with a fault at call 1, 2, 3 … until it is not reached any more. Returns how many there were.
  private func everyCall(
    _ given: Case, on disk: FaultyDisk, _ work: (Int) throws -> Void
  ) throws -> Int {
    for call in 1...2000 {
      disk.plan(.init(call: call, fault: given.fault, isLasting: given.isLasting))
      try work(call)
      let calls = disk.calls
      disk.normalize()
      if calls < call { return call - 1 }
    }
    Issue.record("the work never ended")
    return 0
  }

  @Test(arguments: Case.all)
  func `a replacement is whole or the old record stands`(given: Case) throws {
    let home = TestHome()
    try home.store().save("old-EXAMPLE")
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "replace-\(given.testDescription)")
    let points = try everyCall(given, on: disk) { call in
      restore(content, home)
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.save("new-EXAMPLE", replacing: true)
      }
      disk.normalize()
      let found = try home.store().secret()
      #expect(found == "old-EXAMPLE" || found == "new-EXAMPLE", "call \(call)")
      guard let error else {
        #expect(found == "new-EXAMPLE", "call \(call): acknowledged and lost")
        return
      }
      let why = error.explanation.why ?? ""
      if why.contains("nevertheless") { #expect(found == "new-EXAMPLE", "call \(call)") }
      if why.contains("unchanged") { #expect(found == "old-EXAMPLE", "call \(call)") }
      // Once only: after the failure the disk works again, so the state is known.
      if why.contains("cannot be read at the moment") { #expect(given.isLasting, "call \(call)") }
      #expect(error.explanation.advice != nil, "call \(call)")
    }
    #expect(points > 20)
  }

  @Test(arguments: Case.all)
  func `a removal happens or does not`(given: Case) throws {
    let home = TestHome()
    try home.store().save("old-EXAMPLE")
    try home.store().save("other-EXAMPLE", TestRecord.name("other"))
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "remove-\(given.testDescription)")
    let points = try everyCall(given, on: disk) { call in
      restore(content, home)
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.remove(TestRecord.tally) }
      disk.normalize()
      let store = home.store()
      #expect(try store.secret(TestRecord.name("other")) == "other-EXAMPLE")
      let isThere = try store.list().count == 2
      if error == nil { #expect(!isThere, "call \(call)") }
      if isThere { #expect(try store.secret() == "old-EXAMPLE") }
      let why = error?.explanation.why ?? ""
      if why.contains("is gone") { #expect(!isThere, "call \(call)") }
      if why.contains("unchanged") { #expect(isThere, "call \(call)") }
    }
    #expect(points > 20)
  }

  @Test(arguments: Case.all)
  func `a first save makes a store or leaves nothing in its place`(given: Case) throws {
    let disk = FaultyDisk(name: "create-\(given.testDescription)")
    let points = try everyCall(given, on: disk) { call in
      let home = TestHome()
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.save("new-EXAMPLE") }
      disk.normalize()
      let store = home.store()
      let list = try store.list()
      if error == nil { #expect(list.count == 1, "call \(call)") }
      if !list.isEmpty { #expect(try store.secret() == "new-EXAMPLE", "call \(call)") }
      // The next try has nothing in its way, and nothing is left lying about.
      try store.save("again-EXAMPLE", replacing: true)
      #expect(try store.secret() == "again-EXAMPLE", "call \(call)")
      #expect(TestFile.names(home.location().directory) == TestStore.files, "call \(call)")
    }
    #expect(points > 30)
  }

  @Test(arguments: Case.all)
  func `a draft that could not be kept leaves the one before`(given: Case) throws {
    let home = TestHome()
    try saveDraft("old-EXAMPLE", in: home.store())
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "draft-\(given.testDescription)")
    _ = try everyCall(given, on: disk) { call in
      restore(content, home)
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try saveDraft("new-EXAMPLE", in: faulty) }
      disk.normalize()
      var found: String?
      if let values = try home.store().resume(TestRecord.tally) {
        found = TestRecord.secret(in: values)
      }
      #expect(found == "old-EXAMPLE" || found == "new-EXAMPLE", "call \(call)")
      if error == nil { #expect(found == "new-EXAMPLE", "call \(call)") }
    }
  }

  @Test(arguments: Case.all)
  func `a token that could not be kept leaves the one before, and the connection`(given: Case)
    throws
  {
    let home = TestHome()
    try home.store().save("old-EXAMPLE")
    try home.store().keep("old-token-EXAMPLE")
    let entries = try home.store().list()
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "token-\(given.testDescription)")
    let points = try everyCall(given, on: disk) { call in
      restore(content, home)
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.keep("new-token-EXAMPLE") }
      disk.normalize()
      let store = home.store()
      let found = try store.kept()
      #expect(found == "old-token-EXAMPLE 1" || found == "new-token-EXAMPLE 2", "call \(call)")
      if error == nil { #expect(found == "new-token-EXAMPLE 2", "call \(call)") }
      #expect(try store.list() == entries, "call \(call)")
      #expect(try store.secret() == "old-EXAMPLE", "call \(call)")
      let why = error?.explanation.why ?? ""
      if why.contains("nevertheless") { #expect(found == "new-token-EXAMPLE 2", "call \(call)") }
      if why.contains("unchanged") { #expect(found == "old-token-EXAMPLE 1", "call \(call)") }
    }
    #expect(points > 20)
  }

  @Test(arguments: Case.all)
  func `what is brought back, and what it takes the place of, are both whole or as they were`(
    given: Case
  ) throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE")
    try home.store().keep("token-EXAMPLE")
    try home.store().save("second-EXAMPLE", replacing: true)
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "former-\(given.testDescription)")
    let points = try everyCall(given, on: disk) { call in
      restore(content, home)
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.bringBack(TestRecord.tally) }
      disk.normalize()
      let store = home.store()
      let isBack = try store.secret() == "first-EXAMPLE"
      #expect(try store.kept() == (isBack ? "token-EXAMPLE 2" : nil), "call \(call)")
      let former = isBack ? "second-EXAMPLE" : "first-EXAMPLE with token-EXAMPLE"
      #expect(try store.formerSecret() == former, "call \(call)")
      if error == nil { #expect(isBack, "call \(call)") }
      let why = error?.explanation.why ?? ""
      if why.contains("nevertheless") { #expect(isBack, "call \(call)") }
      if why.contains("unchanged") { #expect(!isBack, "call \(call)") }
    }
    #expect(points > 20)
  }

  @Test(arguments: Case.all)
  func `a connection has its old name or its new one`(given: Case) throws {
    let home = TestHome()
    let new = TestRecord.name("new")
    try home.store().save("x-EXAMPLE")
    try home.store().keep("token-EXAMPLE")
    try saveDraft("typed-EXAMPLE", in: home.store())
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "rename-\(given.testDescription)")
    let points = try everyCall(given, on: disk) { call in
      restore(content, home)
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.rename(TestRecord.tally, to: new) }
      disk.normalize()
      let store = home.store()
      let names = try store.list().map(\.name)
      #expect(names == [TestRecord.tally] || names == [new], "call \(call)")
      guard let name = names.first else { return }
      #expect(try store.secret(name) == "x-EXAMPLE", "call \(call)")
      #expect(try store.kept(name) == "token-EXAMPLE 1", "call \(call)")
      var typed: String?
      if let values = try store.resume(name) { typed = TestRecord.secret(in: values) }
      #expect(typed == "typed-EXAMPLE", "call \(call)")
      if error == nil { #expect(name == new, "call \(call)") }
      let why = error?.explanation.why ?? ""
      if why.contains("nevertheless") { #expect(name == new, "call \(call)") }
      if why.contains("old name") { #expect(name == TestRecord.tally, "call \(call)") }
    }
    #expect(points > 20)
  }

  @Test(arguments: [false, true])
  func `a disk that loses writes is noticed before a save is acknowledged`(isLasting: Bool) throws {
    let home = TestHome()
    try home.store().save("old-EXAMPLE")
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "lost-\(isLasting)")
    var noticed = 0
    _ = try everyCall(Case(fault: .lost, isLasting: isLasting), on: disk) { call in
      restore(content, home)
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.save("new-EXAMPLE", replacing: true)
      }
      disk.normalize()
      if error != nil { noticed += 1 }
      if error == nil {
        let found = try home.store().secret()
        #expect(found == "new-EXAMPLE", "call \(call)")
      }
    }
    #expect(noticed > 0)
  }

  @Test(arguments: Case.all)
  func `reading fails cleanly or gives what is stored`(given: Case) throws {
    let home = TestHome()
    try home.store().save("old-EXAMPLE")
    let disk = FaultyDisk(name: "read-\(given.testDescription)")
    _ = try everyCall(given, on: disk) { call in
      let faulty = home.store(engine: disk.name)
      do throws(StoreError) {
        let found = try faulty.secret()
        #expect(found == "old-EXAMPLE", "call \(call)")
      } catch {
        #expect(error != .notFound(TestRecord.tally), "call \(call)")
      }
    }
  }

  private func saveDraft(_ secret: String, in store: TestStore) throws(StoreError) {
    try store.saveDraft(
      Submission(provider: TestRecord.provider, values: TestRecord.values(secret)),
      for: TestRecord.tally)
  }

  /// Puts the file back as it was, without what the last try has left beside it.
  private func restore(_ content: [UInt8], _ home: borrowing TestHome) {
    for suffix in ["-wal", "-shm", "-journal"] { TestFile.remove(home.storePath + suffix) }
    TestFile.replace(home.storePath, with: content)
    home.forgetHeads()
  }
}
