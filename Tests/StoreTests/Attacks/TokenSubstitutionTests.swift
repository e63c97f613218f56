import Basics
import Connections
import Store
import TestSupport
import Testing

@testable import Store

/// What somebody can try with the tokens who can write to the store and has no identity. Nothing of it is used, and nothing
/// of it is in anybody's way.
@Suite("exchanged tokens")
struct TokenSubstitutionTests {
  private let a = TestRecord.name("a")
  private let b = TestRecord.name("b")

  private func home() throws -> TestHome {
    let home = TestHome()
    for name in [a, b] {
      try home.store().save("secret-EXAMPLE", name)
      try home.store().keep("token-\(name.name)-EXAMPLE", of: name)
    }
    return home
  }

  private func file(_ name: ConnectionName, in home: borrowing TestHome) throws -> [UInt8] {
    let database = try home.database()
    var select = try database.prepare(
      "SELECT token FROM tokens JOIN connections USING (number) WHERE name = ?")
    try select.bind(name.name, at: 0)
    return try select.step() ? select.bytes(0) : []
  }

  private func put(
    _ file: [UInt8], _ name: ConnectionName, version: Int64, in home: borrowing TestHome
  ) throws {
    let database = try home.database()
    var update = try database.prepare(
      """
      REPLACE INTO tokens (number, token_version, token)
        SELECT number, ?, ? FROM connections WHERE name = ?
      """)
    try update.bind(version, at: 0)
    try update.bind(file, at: 1)
    try update.bind(name.name, at: 2)
    try update.run()
  }

  /// That what was put there is none, is told by the examination, and gives way to the next that is kept.
  private func expectNone(
    _ name: ConnectionName, in home: borrowing TestHome, _ what: String = ""
  ) throws {
    #expect(try home.store().kept(name) == nil, "\(what)")
    let findings = home.store().examine().filter { $0.state != .good }
    #expect(findings.map(\.subject) == ["tokens"], "\(what)")
    try home.store().keep("next-EXAMPLE", of: name)
    #expect(try home.store().kept(name)?.hasPrefix("next-EXAMPLE") == true, "\(what)")
    #expect(try home.store().secret(name) == "secret-EXAMPLE", "\(what)")
  }

  @Test func `a token in the place of another is none`() throws {
    let home = try home()
    try put(try file(b, in: home), a, version: 1, in: home)
    try expectNone(a, in: home)
    #expect(try home.store().kept(b) == "token-b-EXAMPLE 1")
  }

  @Test func `an older token of the same connection is none`() throws {
    let home = try home()
    let old = try file(a, in: home)
    try home.store().keep("newer-EXAMPLE", of: a)
    try put(old, a, version: 2, in: home)
    try expectNone(a, in: home)
  }

  @Test func `a token of a removed connection is none of the next of its name`() throws {
    let home = try home()
    let old = try file(a, in: home)
    try home.store().remove(a)
    try home.store().save("secret-EXAMPLE", a)
    try put(old, a, version: 1, in: home)
    try expectNone(a, in: home)
  }

  @Test func `a token of another store with the same identity is none`() throws {
    let home = try home()
    let other = home.store(StoreChoice(store: home.directory.file("other/usher.db")))
    try other.save("secret-EXAMPLE", a)
    try other.keep("foreign-EXAMPLE", of: a)
    let database = try Database(path: home.directory.file("other/usher.db"))
    var select = try database.prepare("SELECT token FROM tokens")
    #expect(try select.step())
    try put(select.bytes(0), a, version: 1, in: home)
    try expectNone(a, in: home)
  }

  @Test
  func `what is sealed to somebody else, no age file, a record or of another version is none`()
    throws
  {
    let stranger = try self.home()
    let foreign = try file(a, in: stranger)
    let sound = try self.home()
    let contents: [(what: String, file: [UInt8])] = [
      ("a stranger's", foreign), ("no age file", [0]), ("nothing", []),
    ]
    for content in contents {
      let home = try self.home()
      try put(content.file, a, version: 1, in: home)
      try expectNone(a, in: home, content.what)
    }
    try put(try sound.database().sealedRecord(of: a), a, version: 1, in: sound)
    try expectNone(a, in: sound, "a record")
    for version in [0, -1, 2, Int64.max, Int64.min] {
      let home = try self.home()
      try put(try file(a, in: home), a, version: version, in: home)
      try expectNone(a, in: home, "version \(version)")
    }
  }

  @Test func `a token in the place of a record is refused`() throws {
    let home = try home()
    try home.database().execute("UPDATE records SET record = (SELECT max(token) FROM tokens)")
    #expect(failure { () throws(StoreError) in _ = try home.store().secret(a) }.isDamage)
  }

  @Test func `a token without its connection says that the connection is lost`() throws {
    let home = try home()
    try home.database().execute(
      "INSERT INTO tokens (number, token_version, token) VALUES (99, 1, x'00')")
    let missing = TestRecord.name("c")
    let error = failure { () throws(StoreError) in _ = try home.store().secret(missing) }
    #expect(error?.explanation.why == "not all that was stored in it is there")
    #expect(home.store().examine().contains { $0.state == .bad })
    #expect(try home.store().secret(a) == "secret-EXAMPLE")
  }

  @Test func `without the identity what is kept is not told, and can be thrown away`() throws {
    let home = try home()
    TestFile.remove(home.identityPath)
    #expect(
      failure { () throws(StoreError) in _ = try home.store().kept(a) }.isAboutTheIdentity)
    #expect(try home.store().removeToken(of: a))
  }
}
