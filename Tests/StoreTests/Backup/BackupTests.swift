import Basics
import Connections
import Requests
import Secrets
import Store
import Testing

@testable import Store

@Suite("backups: everything out of one store and into another")
struct BackupTests {
  private static let work = TestRecord.name("work")

  /// A store with two connections, one of them with tokens and a former generation, and an application.
  private func fill(_ home: borrowing TestHome) throws {
    let session = home.store().handle.session()
    try session.save("first-EXAMPLE")
    try session.keep("token-1-EXAMPLE")
    try session.save("second-EXAMPLE", replacing: true)
    try session.keep("token-2-EXAMPLE")
    try session.save("work-EXAMPLE", Self.work)
    try session.saveApplication("client-EXAMPLE")
  }

  /// The other store has an identity of its own, so the backup is opened with that of the first one.
  private func identity(of home: borrowing TestHome) -> IdentitySource { .file(home.identityPath) }

  @Test(arguments: [false, true])
  func `all of it is there afterwards, as it was`(isArmored: Bool) throws {
    let home = TestHome()
    let other = TestHome()
    try fill(home)
    let before = try home.store().read(TestRecord.tally).facts
    let backup = try TestBackup.make(of: home.store().handle.session(), isArmored: isArmored)
    let (found, failure) = try TestBackup.restore(
      backup, into: other.store().handle.session(), with: identity(of: home))
    #expect(failure == nil)
    #expect(found == ["tally/default": .added, "tally/work": .added, "github": .added])

    let store = other.store()
    #expect(try store.secret() == "second-EXAMPLE")
    #expect(try store.kept() == "token-2-EXAMPLE 2")
    #expect(try store.formerSecret() == "first-EXAMPLE with token-1-EXAMPLE")
    #expect(try store.secret(Self.work) == "work-EXAMPLE")
    #expect(try !store.hasFormer(of: Self.work))
    #expect(try store.handle.session().applicationSecret() == "client-EXAMPLE")
    let after = try store.read(TestRecord.tally).facts
    #expect(after.history == before.history)
    #expect(after.created == before.created)
    #expect(after.storeID != before.storeID)
    #expect(after.id != before.id)
    #expect(!store.examine().contains { $0.state != .good })
    // What it was before comes back, and its tokens under a version that nobody has seen.
    try store.bringBack(TestRecord.tally)
    #expect(try store.secret() == "first-EXAMPLE")
    #expect(try store.kept() == "token-1-EXAMPLE 3")
    let (connections, obstacle) = try store.handle.session().summaries()
    #expect(connections.count == 2)
    #expect(obstacle == nil)
  }

  @Test func `taken in again it changes nothing, also where it came from`() throws {
    let home = TestHome()
    let other = TestHome()
    try fill(home)
    let backup = try TestBackup.make(of: home.store().handle.session())
    let session = other.store().handle.session()
    _ = try TestBackup.restore(backup, into: session, with: identity(of: home))
    for replacing in [false, true] {
      let versions = try session.list().map(\.version)
      let (found, _) = try TestBackup.restore(
        backup, into: session, with: identity(of: home), replacing: replacing)
      #expect(Set(found.values) == [.alreadyHere])
      #expect(try session.list().map(\.version) == versions)
    }
    let (own, _) = try TestBackup.restore(backup, into: home.store().handle.session())
    #expect(Set(own.values) == [.alreadyHere])
  }

  @Test func `another one of a name stays, or becomes what the connection was before`() throws {
    let home = TestHome()
    let other = TestHome()
    try fill(home)
    let backup = try TestBackup.make(of: home.store().handle.session())
    let session = other.store().handle.session()
    try session.save("here-EXAMPLE")
    try session.keep("here-token-EXAMPLE")
    let (found, _) = try TestBackup.restore(backup, into: session, with: identity(of: home))
    #expect(found == ["tally/default": .leftOut, "tally/work": .added, "github": .added])
    #expect(try session.secret() == "here-EXAMPLE")
    #expect(try session.kept() == "here-token-EXAMPLE 1")

    let (replaced, _) = try TestBackup.restore(
      backup, into: session, with: identity(of: home), replacing: true)
    #expect(replaced["tally/default"] == .replaced)
    #expect(try session.secret() == "second-EXAMPLE")
    #expect(try session.kept() == "token-2-EXAMPLE 2")
    #expect(try session.formerSecret() == "here-EXAMPLE with here-token-EXAMPLE")
    #expect(try session.read(TestRecord.tally).facts.history.map(\.kind).last == .replaced)
    #expect(!session.examine().contains { $0.state != .good })
  }

  @Test func `tokens of somebody's consent that are gone here are missing, and others stay`() throws
  {
    let home = TestHome()
    let other = TestHome()
    try home.store().handle.session().save(
      TestRecord.make("x-EXAMPLE"), token: consent(), replacing: false)
    let backup = try TestBackup.make(of: home.store().handle.session())
    let session = other.store().handle.session()
    _ = try TestBackup.restore(backup, into: session, with: identity(of: home))
    let isOfConsent = try session.token(of: TestRecord.tally)?.isOfConsent
    #expect(isOfConsent == true)
    try session.removeToken(of: TestRecord.tally)
    let (left, _) = try TestBackup.restore(backup, into: session, with: identity(of: home))
    #expect(left == ["tally/default": .leftOut])
    let (replaced, _) = try TestBackup.restore(
      backup, into: session, with: identity(of: home), replacing: true)
    #expect(replaced == ["tally/default": .replaced])
    #expect(try session.kept() == "consent-EXAMPLE 1")
  }

  private func consent() -> TokenSet {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: TestRecord.buffer("consent-EXAMPLE"))
    return TokenSet(values: values, obtained: .now(), expires: nil, type: "Bearer")
  }

  @Test func `what somebody else stores meanwhile stands`() throws {
    let home = TestHome()
    let other = TestHome()
    try fill(home)
    let backup = try TestBackup.make(of: home.store().handle.session())
    let session = other.store().handle.session()
    try session.save("old-EXAMPLE")
    var count = 0
    let (found, _) = try TestBackup.restore(
      backup, into: session, with: identity(of: home), replacing: true,
      meanwhile: {
        // The application, and then the connection, which is sealed and not stored yet.
        count += 1
        if count == 2 { try? other.store().save("theirs-EXAMPLE", replacing: true) }
      })
    #expect(found["tally/default"] == nil)
    #expect(try session.secret() == "theirs-EXAMPLE")
  }

  @Test func `a store that does not exist has no backup`() throws {
    let home = TestHome()
    let error = failure { () throws(StoreError) in
      _ = try TestBackup.make(of: home.store().handle.session())
    }
    #expect(error?.explanation.what == "there is nothing to export")
  }

  @Test func `what cannot be read is told and left out, and the backup is whole without it`() throws
  {
    let home = TestHome()
    let other = TestHome()
    try fill(home)
    try home.database().execute(
      """
      UPDATE records SET record = x'00' WHERE number =
        (SELECT number FROM connections WHERE name = 'work')
      """)
    var bytes: [UInt8] = []
    var told: [StoreError] = []
    let session = home.store().handle.session()
    try session.writeBackup(
      to: nil, isArmored: false, output: { bytes += $0 },
      { step in
        if case .leftOut(let error) = step { told.append(error) }
        return true
      })
    #expect(told.count == 1)
    let (found, failure) = try TestBackup.restore(
      bytes, into: other.store().handle.session(), with: identity(of: home))
    #expect(failure == nil)
    #expect(found.keys.sorted() == ["github", "tally/default"])
  }
}
