import Basics
import Connections
import Store
import TestSupport
import Testing

@testable import Store

/// What somebody can try with former generations who can write to the store and has no identity. Nothing of it comes back,
/// and nothing of it is in the way of what is linked.
@Suite("exchanged former generations")
struct FormerSubstitutionTests {
  private let a = TestRecord.name("a")
  private let b = TestRecord.name("b")

  private func home() throws -> TestHome {
    let home = TestHome()
    for name in [a, b] {
      try home.store().save("former-\(name.name)-EXAMPLE", name)
      try home.store().save("secret-EXAMPLE", name, replacing: true)
    }
    return home
  }

  /// That what was put there does not come back, is told by the examination, and gives way to the next change.
  private func expectUnusable(_ name: ConnectionName, in home: borrowing TestHome) throws {
    let store = home.store()
    let entries = try store.list()
    let errors = [
      failure { () throws(StoreError) in _ = try store.former(of: name) },
      failure { () throws(StoreError) in try store.bringBack(name) },
    ]
    for error in errors {
      #expect(
        error?.explanation.what == "what is kept of \(name) from before cannot be trusted",
        "\(String(describing: error))")
    }
    #expect(try store.list() == entries)
    #expect(try store.secret(name) == "secret-EXAMPLE")
    let findings = store.examine().filter { $0.state != .good }
    #expect(!findings.isEmpty && findings.allSatisfy { $0.subject == "former values" })
    try store.save("next-EXAMPLE", name, replacing: true)
    #expect(try store.formerSecret(name) == "secret-EXAMPLE")
  }

  @Test func `that of another connection is none`() throws {
    let home = try home()
    try home.database().execute(
      """
      UPDATE former_generations SET record = (
        SELECT record FROM former_generations JOIN connections USING (number) WHERE name = 'b')
      WHERE number = (SELECT number FROM connections WHERE name = 'a')
      """)
    try expectUnusable(a, in: home)
    #expect(try home.store().formerSecret(b) == "former-b-EXAMPLE")
  }

  @Test func `what is linked now is none`() throws {
    let home = try home()
    try home.database().execute(
      """
      UPDATE former_generations SET record = (
        SELECT record FROM records WHERE records.number = former_generations.number)
      """)
    try expectUnusable(a, in: home)
  }

  @Test func `that of a removed connection is none of the next of its name`() throws {
    let home = try home()
    let old = try home.database().record(of: a)
    try home.store().remove(a)
    try home.store().save("first-EXAMPLE", a)
    try home.store().save("secret-EXAMPLE", a, replacing: true)
    let database = try home.database()
    var update = try database.prepare(
      """
      UPDATE former_generations SET record = ?
      WHERE number = (SELECT number FROM connections WHERE name = 'a')
      """)
    try update.bind(old, at: 0)
    try update.run()
    try expectUnusable(a, in: home)
  }

  @Test func `bytes that are no record are none`() throws {
    let home = try home()
    try home.database().execute("UPDATE former_generations SET record = x'00'")
    try expectUnusable(b, in: home)
  }

  @Test func `a draft is none, and a former record is no draft`() throws {
    let home = try home()
    try home.database().execute(
      """
      INSERT INTO drafts (provider, name, changed, record)
        SELECT provider, name, changed, record
        FROM connections JOIN former_generations USING (number) WHERE name = 'a'
      """)
    let error = failure { () throws(StoreError) in _ = try home.store().resume(a) }
    #expect(error.isDamage)
    // A rename drops what it cannot take along.
    try home.store().rename(a, to: TestRecord.name("c"))
    #expect(try !home.store().resume(TestRecord.name("c")).isThere)
  }

  @Test func `a generation without its connection is damage that an examination finds`() throws {
    let home = try home()
    try home.database().execute(
      "INSERT INTO former_generations (number, record) VALUES (4711, x'00')")
    let findings = home.store().examine().filter { $0.state == .bad }
    #expect(findings.map(\.subject) == ["store"])
  }
}

extension Database {
  /// What is kept of a connection from before, sealed.
  fileprivate borrowing func record(of name: ConnectionName) throws -> [UInt8] {
    var select = try prepare(
      "SELECT record FROM connections JOIN former_generations USING (number) WHERE name = ?")
    try select.bind(name.name, at: 0)
    return try select.step() ? select.bytes(0) : []
  }
}
