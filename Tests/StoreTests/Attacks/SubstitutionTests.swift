import Basics
import Connections
import Drafts
import Glibc
import ProviderFormat
import Store
import TestSupport
import Testing

@testable import Store

/// What somebody can try who can write to the store and has no identity.
@Suite("exchanged records")
struct SubstitutionTests {
  private let a = TestRecord.name("a")
  private let b = TestRecord.name("b")
  private static let elsewhere =
    "it was changed after it was signed, or put in the place of something else"

  private func home() throws -> TestHome {
    let home = TestHome()
    let store = home.store()
    try store.save("secret-a-EXAMPLE", a)
    try store.save("secret-b-EXAMPLE", b)
    return home
  }

  private func opening(_ name: ConnectionName, in home: borrowing TestHome) -> StoreError? {
    let store = home.store()
    return failure { () throws(StoreError) in _ = try store.secret(name) }
  }

  /// Changes a row as somebody would who knows how its digest is computed.
  private func change(
    _ name: ConnectionName, in home: borrowing TestHome, _ change: (inout IndexRow) -> Void
  ) throws {
    let database = try home.database()
    var select = try database.prepare(
      "SELECT \(IndexRow.columns) FROM connections WHERE name = '\(name.name)'")
    let isFound = try select.step()
    var row = try #require(isFound ? IndexRow(select) : nil)
    change(&row)
    var update = try database.prepare(
      "UPDATE connections SET (\(IndexRow.columns)) = (?,?,?,?,?,?,?,?) WHERE name = '\(name.name)'"
    )
    try row.bind(to: &update)
    try update.run()
  }

  private func record(_ name: ConnectionName, in home: borrowing TestHome) throws -> [UInt8] {
    try home.database().sealedRecord(of: name)
  }

  private func put(_ record: [UInt8], _ name: ConnectionName, in home: borrowing TestHome) throws {
    let database = try home.database()
    var update = try database.prepare(
      """
      UPDATE records SET record = ?
      WHERE number = (SELECT number FROM connections WHERE name = ?)
      """)
    try update.bind(record, at: 0)
    try update.bind(name.name, at: 1)
    try update.run()
  }

  @Test func `a record in the place of another is refused`() throws {
    let home = try home()
    let (recordA, recordB) = (try record(a, in: home), try record(b, in: home))
    try put(recordB, a, in: home)
    try put(recordA, b, in: home)
    #expect(opening(a, in: home) == .damaged(a, why: Self.elsewhere))
    #expect(opening(b, in: home) == .damaged(b, why: Self.elsewhere))
  }

  @Test func `an older record of the same connection is refused`() throws {
    let home = try home()
    let old = try record(a, in: home)
    try home.store().save("newer-EXAMPLE", a, replacing: true)
    try put(old, a, in: home)
    #expect(opening(a, in: home) == .damaged(a, why: "it is version 1, not 2"))
  }

  @Test func `a record of a removed connection is refused under its name`() throws {
    let home = try home()
    let old = try record(a, in: home)
    try home.store().remove(a)
    try home.store().save("newer-EXAMPLE", a)
    try put(old, a, in: home)
    #expect(opening(a, in: home) == .damaged(a, why: Self.elsewhere))
  }

  @Test func `a record of another store with the same identity is refused`() throws {
    let home = try home()
    let other = home.store(StoreChoice(store: home.directory.file("other/usher.db")))
    try other.save("foreign-EXAMPLE", a)
    let database = try Database(path: home.directory.file("other/usher.db"))
    try put(try database.sealedRecord(of: a), a, in: home)
    #expect(opening(a, in: home) == .damaged(a, why: Self.elsewhere))
  }

  @Test func `a record sealed to somebody else is refused`() throws {
    let home = try home()
    let stranger = TestHome()
    try stranger.store().save("foreign-EXAMPLE", a)
    try put(try stranger.database().sealedRecord(of: a), a, in: home)
    #expect(opening(a, in: home) == .damaged(a, why: Self.elsewhere))
  }

  @Test func `a draft in the place of a record is refused`() throws {
    let home = try home()
    let store = home.store()
    try store.saveDraft(
      Submission(provider: TestRecord.provider, values: TestRecord.values("typed-EXAMPLE")), for: a)
    try home.database().execute(
      """
      UPDATE records SET record = (SELECT record FROM drafts WHERE name = 'a')
      WHERE number = (SELECT number FROM connections WHERE name = 'a')
      """
    )
    #expect(opening(a, in: home).isDamage)
  }

  @Test func `a record in the place of a draft is refused`() throws {
    let home = try home()
    let store = home.store()
    try store.saveDraft(
      Submission(provider: TestRecord.provider, values: TestRecord.values("typed-EXAMPLE")), for: a)
    try home.database().execute(
      """
      UPDATE drafts SET record =
        (SELECT record FROM connections JOIN records USING (number) WHERE name = 'a')
      """)
    #expect(failure { () throws(StoreError) in _ = try store.resume(a) }.isDamage)
  }

  @Test func `a draft under another name is refused`() throws {
    let home = try home()
    let store = home.store()
    try store.saveDraft(
      Submission(provider: TestRecord.provider, values: TestRecord.values("typed-EXAMPLE")), for: a)
    try home.database().execute("UPDATE drafts SET name = 'c'")
    #expect(
      failure { () throws(StoreError) in _ = try store.resume(TestRecord.name("c")) }.isDamage)
  }

  @Test func `clear columns that were changed are refused when the record is opened`() throws {
    let changes: [(inout IndexRow) -> Void] = [
      { $0.id = String($0.id.reversed()) }, { $0.version += 1 },
      { $0.created.secondsSinceEpoch += 1 }, { $0.changed.secondsSinceEpoch -= 1 },
    ]
    for change in changes {
      let home = try home()
      try self.change(a, in: home, change)
      #expect(opening(a, in: home).isDamage)
      #expect(opening(b, in: home) == nil)
    }
  }

  @Test func `a record under a new name is refused`() throws {
    let home = try home()
    let c = TestRecord.name("c")
    try change(a, in: home) { $0.name = c }
    #expect(opening(c, in: home) == .damaged(c, why: "it is the record of tally/a"))
  }

  @Test(arguments: [true, false])
  func `a changed list of recipients gets no secret`(hasIdentity: Bool) throws {
    let home = try home()
    let attacker = AgeIdentities(generating: .x25519).recipients
    let database = try home.database()
    let header = try #require(try StoreHeader(database))
    try replace(header, with: header.recipients + attacker, in: database)
    if !hasIdentity { TestFile.remove(home.identityPath) }
    let store = home.store()
    let error = failure { () throws(StoreError) in
      try store.save("new-EXAMPLE", TestRecord.name("c"))
    }
    #expect(error.isAboutTheIdentity)
    #expect(
      error?.explanation.why == "its list of recipients has changed since it was last used here")
    #expect(
      failure { () throws(StoreError) in
        try store.saveDraft(
          Submission(provider: TestRecord.provider, values: TestRecord.values("typed-EXAMPLE")),
          for: a)
      }.isAboutTheIdentity)
  }

  @Test func `recipients without the own identity are refused even where nothing is remembered`()
    throws
  {
    let home = try home()
    for name in TestFile.names(home.configuration) where name.hasPrefix("known-store") {
      TestFile.remove("\(home.configuration)/\(name)")
    }
    let database = try home.database()
    let header = try #require(try StoreHeader(database))
    try replace(header, with: AgeIdentities(generating: .x25519).recipients, in: database)
    let store = home.store()
    let error = failure { () throws(StoreError) in
      try store.save("new-EXAMPLE", TestRecord.name("c"))
    }
    #expect(error.isAboutTheIdentity)
  }

  @Test func `another store in the place of the known one is refused`() throws {
    let home = try home()
    let elsewhere = home.directory.file("other/usher.db")
    try home.store(StoreChoice(store: elsewhere)).save("x-EXAMPLE", a)
    unsafe rename(elsewhere, home.storePath)
    let error = opening(a, in: home)
    #expect(error?.explanation.why == "another store is in its place since it was last used here")
    #expect(error?.explanation.advice?.hasSuffix("yourself: usher keys trust") == true)
  }

  @Test func `a store that would be refused is not made first`() throws {
    let home = try home()
    TestFile.remove(home.storePath)
    let store = home.store()
    let error = failure { () throws(StoreError) in try store.save("new-EXAMPLE", a) }
    #expect(error?.explanation.what == "the store \(home.storePath) is gone")
    #expect(!TestFile.exists(home.storePath))
  }

  private func replace(
    _ header: StoreHeader, with recipients: [AgeRecipient], in database: borrowing Database
  ) throws {
    // The digest is no secret, so an attacker computes it too.
    let changed = StoreHeader(id: header.id, created: header.created, recipients: recipients)
    try database.execute("DELETE FROM store")
    try changed.write(to: database, needs: "0.1.0")
  }
}

extension Database {
  /// What lies in the store of a connection, with its signature.
  borrowing func sealedRecord(of name: ConnectionName) throws -> [UInt8] {
    var select = try prepare(
      "SELECT record FROM connections JOIN records USING (number) WHERE provider = ? AND name = ?")
    try select.bind(name)
    return try select.step() ? select.bytes(0) : []
  }
}
