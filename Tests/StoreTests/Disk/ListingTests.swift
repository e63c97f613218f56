import Basics
import Connections
import Glibc
import Requests
import Store
import StoreFaults
import TestSupport
import Testing

@testable import Store

/// What a list shows lies in the rows, sealed under the row key of the store.
@Suite("listing without opening records")
struct ListingTests {
  private let a = TestRecord.name("a")
  private let b = TestRecord.name("b")

  private func home() throws -> TestHome {
    let home = TestHome()
    for name in [a, b] {
      var record = TestRecord.make("secret-EXAMPLE", name: name)
      var diagnosis = Diagnosis(kind: .accepted, sentence: "It is good.")
      diagnosis.account = "\(name.name)@example.com"
      diagnosis.expires = Timestamp(secondsSinceEpoch: 1_900_000_000)
      diagnosis.rights = ["read", "write"]
      diagnosis.metadata = ["region": "eu", "site": "one"]
      record.facts.diagnosis = diagnosis
      record.facts.checked = Timestamp(secondsSinceEpoch: 1_800_000_000)
      record.facts.attempt = CheckAttempt(
        time: Timestamp(secondsSinceEpoch: 1_800_000_500), kind: .unreachable)
      try home.store().save(record, replacing: false)
    }
    return home
  }

  /// The accounts that a list shows, by name.
  private func accounts(_ home: borrowing TestHome) throws -> [String: String] {
    let (connections, obstacle) = try home.store().handle.session().summaries()
    #expect(obstacle == nil)
    var accounts: [String: String] = [:]
    for connection in connections {
      guard case .summary(let summary) = connection.content else { continue }
      accounts[summary.entry.name.name] = summary.finding?.account
    }
    return accounts
  }

  private let both = ["a": "a@example.com", "b": "b@example.com"]

  private func rows(_ home: borrowing TestHome) -> [StoreFinding] {
    home.store().examine().filter { $0.subject == "rows" }
  }

  @Test func `a list says what the records say and opens none of them`() throws {
    let home = try home()
    let facts = try home.store().read(a).facts
    // Whoever opened a record would find it damaged.
    try home.database().execute("UPDATE records SET record = x'00'")
    let (connections, _) = try home.store().handle.session().summaries()
    #expect(connections.map(\.entry.name) == [a, b])
    guard case .summary(let summary) = connections[0].content else {
      Issue.record("there is no summary")
      return
    }
    #expect(summary == facts.summary)
  }

  @Test func `no account and no right stands in any file in the clear`() throws {
    let home = try home()
    for name in TestFile.names(home.location().directory) {
      let content = TestFile.read("\(home.location().directory)/\(name)")
      #expect(!String(decoding: content, as: UTF8.self).contains("example.com"), "\(name)")
    }
  }

  @Test func `without the identity a list has names and says why no more`() throws {
    let home = try home()
    TestFile.remove(home.identityPath)
    let (connections, obstacle) = try home.store().handle.session().summaries()
    #expect(connections.map(\.entry.name) == [a, b])
    #expect(obstacle.isAboutTheIdentity)
    for connection in connections {
      guard case .sealed = connection.content else {
        Issue.record("something sealed is shown")
        continue
      }
    }
  }

  @Test func `a row key that is missing is made anew by the next list`() throws {
    let home = try home()
    try home.database().execute("DELETE FROM row_key")
    #expect(try accounts(home) == both)
    #expect(rows(home).isEmpty)
    try home.database().execute("UPDATE records SET record = x'00'")
    // The key is this machine's own, so it is remembered in place of the one before.
    #expect(try accounts(home) == both)
  }

  @Test func `a row key that is broken hides nothing, is told, and is mended by the next save`()
    throws
  {
    let home = try home()
    forgetStores(in: home)
    try home.database().execute("UPDATE row_key SET file = x'6167652d00'")
    #expect(try accounts(home) == both)
    #expect(rows(home).map(\.state) == [.warning])
    try home.store().save("new-EXAMPLE", TestRecord.name("c"))
    #expect(rows(home).isEmpty)
    #expect(try accounts(home) == both)
  }

  @Test func `a row key of a stranger is not used, and is told`() throws {
    let home = try home()
    // Anybody can seal a key of their own to the store's recipients.
    let database = try home.database()
    let header = try #require(try StoreHeader(database))
    let foreign = try RowKey(for: header)
    let stranger = ContentSigner(key: try #require(WriterKey.generate()), storeID: header.id)
    var update = try database.prepare("UPDATE row_key SET file = ?")
    try update.bind(try stranger.sign(foreign.file, .rowKey), at: 0)
    try update.run()
    #expect(try accounts(home) == both)
    try home.store().save("new-EXAMPLE", TestRecord.name("c"))
    #expect(rows(home).map(\.state) == [.bad])
    // Nothing has been sealed for whoever knows it.
    #expect(
      try database.number(
        "SELECT count(*) FROM connections WHERE name = 'c' AND summary IS NULL") == 1)
  }

  @Test func `a row key of another store is refused`() throws {
    let home = try home()
    let other = StoreHeader(recipients: AgeIdentities(generating: .x25519).recipients)
    let header = try #require(try StoreHeader(home.database()))
    let key = try RowKey(
      for: StoreHeader(id: other.id, created: header.created, recipients: header.recipients))
    forgetStores(in: home)
    let database = try home.database()
    var update = try database.prepare("UPDATE row_key SET file = ?")
    try update.bind(key.file, at: 0)
    try update.run()
    #expect(try accounts(home) == both)
    #expect(rows(home).map(\.state) == [.warning])
  }

  @Test func `a summary in the place of another, or of an older version, is not believed`() throws {
    let home = try home()
    try home.database().execute(
      """
      UPDATE connections SET summary = (SELECT summary FROM connections WHERE name = 'b')
      WHERE name = 'a'
      """)
    #expect(rows(home).map(\.state) == [.bad])
    #expect(try accounts(home) == both)
    // The list has written what is right.
    #expect(rows(home).isEmpty)
  }

  @Test func `a row that does not say what its record says is found`() throws {
    let home = try home()
    let database = try home.database()
    let identities = try TestFile.read(home.identityPath).withBytes { bytes in
      try IdentityFile.parse(bytes)
    }
    let header = try #require(try StoreHeader(database))
    let file = try #require(try sealedRowKey(in: database))
    let key = try RowKey(opening: file, of: header.id, with: identities)
    var summary = try home.store().read(a).facts.summary
    summary.finding?.account = "mallory@example.com"
    var update = try database.prepare("UPDATE connections SET summary = ? WHERE name = 'a'")
    try update.bind(key.seal(summary), at: 0)
    try update.run()
    let finding = try #require(rows(home).first)
    #expect(finding.state == .bad)
    #expect(finding.finding == "what is listed of tally/a is not what its record says")
    // The record counts wherever something is done.
    #expect(try home.store().read(a).facts.diagnosis?.account == "a@example.com")
  }

  @Test func `a row that is gone is missed, and never left out`() throws {
    let home = try home()
    try home.database().execute(
      "DROP TRIGGER connection_removed; DELETE FROM connections WHERE name = 'a'")
    let errors = [
      failure { () throws(StoreError) in _ = try home.store().list() },
      failure { () throws(StoreError) in _ = try home.store().handle.session().summaries() },
      failure { () throws(StoreError) in _ = try home.store().secret(a) },
      failure { () throws(StoreError) in _ = try home.store().find(a) },
      failure { () throws(StoreError) in try home.store().remove(a) },
    ]
    for error in errors {
      #expect(error?.explanation.why == "not all that was stored in it is there")
    }
    #expect(try home.store().secret(b) == "secret-EXAMPLE")
  }

  @Test func `an index that has lost a row is found out before anything is said to be missing`()
    throws
  {
    let home = try home()
    let database = try home.database()
    let root = try #require(
      try database.number(
        "SELECT rootpage FROM sqlite_schema WHERE name LIKE 'sqlite_autoindex_connections%'"))
    let size = try #require(try database.number("PRAGMA page_size"))
    var content = TestFile.read(home.storePath)
    // The number of cells of the index's only page.
    content[Int((root - 1) * size) + 4] = 1
    TestFile.replace(home.storePath, with: content)
    let errors = [a, b].compactMap { name in
      failure { () throws(StoreError) in _ = try home.store().secret(name) }
    }
    #expect(errors.count == 1)
    for error in errors { #expect(error.explanation.what.hasSuffix("is damaged")) }
  }

  @Test func `a list of as many as there are costs no look at the records' pages`() throws {
    let disk = FaultyDisk(name: "listing")
    func calls(_ count: Int, _ work: (TestStore) throws -> Void) throws -> Int {
      let home = TestHome()
      let session = home.store().handle.session()
      var batch = SaveBatch()
      for number in 0..<count {
        try session.add(
          TestRecord.make(
            String(repeating: "x", count: 3000) + "-EXAMPLE", name: TestRecord.name("n\(number)")),
          replacing: false, to: &batch)
      }
      #expect(try session.save(&batch).isEmpty)
      let store = home.store(engine: disk.name)
      disk.plan(.init(call: .max, fault: .broken))
      try work(store)
      return disk.calls
    }
    let name = TestRecord.name("n7")
    let few = try calls(10) { _ = try $0.secret(name) }
    let many = try calls(300) { _ = try $0.secret(name) }
    // A level more of the trees.
    #expect(many <= few + 4, "\(few) and \(many) calls to the disk")
    let save = try calls(10) { try $0.save("new-EXAMPLE", TestRecord.name("new")) }
    let late = try calls(300) { try $0.save("new-EXAMPLE", TestRecord.name("new")) }
    #expect(late <= save + 12, "\(save) and \(late) calls to the disk")
    let list = try calls(300) { store in
      let count = try store.handle.session().summaries().connections.count
      #expect(count == 300)
    }
    // Four rows or so on a page; a record alone has four pages.
    #expect(list < 200, "\(list) calls to the disk")
  }

  @Test func `a token that is kept costs no more than a value, whatever the record holds`() throws {
    let home = TestHome()
    try home.store().save(String(repeating: "x", count: 50_000) + "-EXAMPLE", a)
    try home.store().save("x-EXAMPLE", b)
    for name in [a, b] { try home.store().keep("token-EXAMPLE", of: name) }
    let disk = FaultyDisk(name: "token costs")
    func calls(_ work: (TestStore) throws -> Void) throws -> Int {
      let store = home.store(engine: disk.name)
      disk.plan(.init(call: .max, fault: .broken))
      try work(store)
      return disk.calls
    }
    let value = try calls { _ = try $0.secret(b) }
    let token = try calls { _ = try $0.kept(a) }
    #expect(token <= value + 2, "\(value) and \(token) calls to the disk")
  }

  private func forgetStores(in home: borrowing TestHome) {
    for name in TestFile.names(home.configuration) where name.hasPrefix("known-store") {
      TestFile.remove("\(home.configuration)/\(name)")
    }
  }

  private func sealedRowKey(in database: borrowing Database) throws -> [UInt8]? {
    var statement = try database.prepare("SELECT file FROM row_key")
    return try statement.step() ? SignedEnvelope(statement.bytes(0))?.file : nil
  }
}
