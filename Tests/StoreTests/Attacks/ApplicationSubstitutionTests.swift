import Basics
import Connections
import TestSupport
import Testing

@testable import Store

/// What somebody can try with the applications who can write to the store and has no identity.
@Suite("exchanged applications")
struct ApplicationSubstitutionTests {
  private let a = ApplicationName("a")!
  private let b = ApplicationName("b")!

  private func home() throws -> TestHome {
    let home = TestHome()
    for name in [a, b] {
      try home.store().handle.session().saveApplication("secret-\(name)-EXAMPLE", name)
    }
    return home
  }

  private func file(_ name: ApplicationName, in home: borrowing TestHome) throws -> [UInt8] {
    let database = try home.database()
    var select = try database.prepare("SELECT application FROM applications WHERE name = ?")
    try select.bind(name.description, at: 0)
    return try select.step() ? select.bytes(0) : []
  }

  private func put(
    _ file: [UInt8], _ name: ApplicationName, in home: borrowing TestHome
  ) throws {
    let database = try home.database()
    var update = try database.prepare("UPDATE applications SET application = ? WHERE name = ?")
    try update.bind(file, at: 0)
    try update.bind(name.description, at: 1)
    try update.run()
  }

  private func opening(_ name: ApplicationName, in home: borrowing TestHome) -> StoreError? {
    let session = home.store().handle.session()
    return failure { () throws(StoreError) in _ = try session.applicationSecret(name) }
  }

  /// That it is refused, told by the examination, listed without what is sealed, and can be entered again.
  private func expectRefused(_ why: String, in home: borrowing TestHome) throws {
    let error = opening(a, in: home)
    #expect(error?.explanation.why?.contains(why) == true, "\(String(describing: error))")
    let findings = home.store().examine().filter { $0.state != .good }
    #expect(findings.map(\.subject) == ["applications"])
    let session = home.store().handle.session()
    #expect(try session.applications().map(\.clientID) == ["", "client-EXAMPLE"])
    #expect(try session.applicationSecret(b) == "secret-b-EXAMPLE")
    try session.saveApplication("again-EXAMPLE", a)
    #expect(try session.applicationSecret(a) == "again-EXAMPLE")
    #expect(!home.store().examine().contains { $0.state != .good })
  }

  @Test func `one in the place of another is refused`() throws {
    let home = try home()
    try put(try file(b, in: home), a, in: home)
    try expectRefused("put in the place of something else", in: home)
  }

  @Test func `one of another store is refused`() throws {
    let home = try home()
    // The same identity, and another store.
    let other = TestHome()
    _ = try PrivateDirectory.create(other.configuration, .readable)
    TestFile.write(TestFile.read(home.identityPath), to: other.identityPath, mode: 0o400)
    try other.store().handle.session().saveApplication("theirs-EXAMPLE", a)
    try put(try file(a, in: other), a, in: home)
    try expectRefused("", in: home)
  }

  @Test func `one that is cut or changed is refused`() throws {
    for change in [0, 1] {
      let home = try home()
      var bytes = try file(a, in: home)
      if change == 0 { bytes.removeLast(20) } else { bytes[bytes.count - 5] ^= 1 }
      try put(bytes, a, in: home)
      try expectRefused("", in: home)
    }
  }

  @Test(arguments: ["provider = 'other'", "created = 7", "name = 'c'", "recipients = ''"])
  func `a row that is changed is damage`(change: String) throws {
    let home = try home()
    try home.database().execute("UPDATE applications SET \(change) WHERE name = 'a'")
    let session = home.store().handle.session()
    let error = failure { () throws(StoreError) in _ = try session.applications() }
    #expect(error?.explanation.why?.contains("row of an application has been changed") == true)
    #expect(home.store().examine().contains { $0.state == .bad })
  }

  @Test func `a row that knows its digest is not believed either`() throws {
    let home = try home()
    let row = ApplicationRow(
      name: a, provider: "other", created: Timestamp(secondsSinceEpoch: 1),
      changed: Timestamp(secondsSinceEpoch: 2), recipients: "x")
    let database = try home.database()
    var update = try database.prepare(
      """
      UPDATE applications SET provider = ?, created = 1, changed = 2, recipients = 'x', digest = ?
      WHERE name = 'a'
      """)
    try update.bind(row.provider, at: 0)
    try update.bind(row.digest, at: 1)
    try update.run()
    _ = consume update
    _ = consume database
    try expectRefused("its times are others", in: home)
  }

  @Test func `one that is taken out behind the store's back is missed`() throws {
    let home = try home()
    try home.database().execute(
      "UPDATE application_count SET applications = applications + 1")
    let session = home.store().handle.session()
    let errors = [
      failure { () throws(StoreError) in _ = try session.applications() },
      failure { () throws(StoreError) in
        _ = try session.applicationSecret(ApplicationName("none")!)
      },
    ]
    for error in errors {
      #expect(error?.explanation.why == "not all that was stored in it is there")
    }
  }
}
