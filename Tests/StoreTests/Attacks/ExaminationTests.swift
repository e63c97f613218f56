import Basics
import Connections
import Glibc
import Store
import TestSupport
import Testing

@testable import Store

@Suite("what doctor sees of the store")
struct ExaminationTests {
  private func states(_ findings: [StoreFinding], _ subject: String) -> [StoreFinding.State] {
    findings.filter { $0.subject == subject }.map(\.state)
  }

  @Test func `before the first save nothing is wrong and nothing is made`() {
    let home = TestHome()
    let findings = home.store().examine()
    #expect(findings.allSatisfy { $0.state == .good }, "\(findings)")
    #expect(TestFile.names(home.path).isEmpty)
  }

  @Test func `a sound store is sound`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let findings = home.store().examine()
    #expect(findings.contains { $0.finding == "\(home.storePath) is sound, 1 connection" })
    #expect(!findings.contains { $0.state == .bad }, "\(findings)")
    #expect(states(findings, "recipients").isEmpty)
  }

  @Test func `each thing that is wrong is named with what to do`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    unsafe chmod(home.identityPath, 0o444)
    unsafe chmod(home.storePath, 0o640)
    let findings = home.store().examine().filter { $0.state == .bad }
    #expect(findings.map(\.subject) == ["store", "identity"])
    #expect(findings.allSatisfy { $0.advice?.contains("chmod") == true }, "\(findings)")
  }

  @Test func `a parent that others can write to is a warning`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    unsafe chmod(home.path, 0o777)
    let findings = home.store().examine()
    #expect(states(findings, "store directory") == [.good, .warning])
  }

  @Test func `a configuration directory that others can read is good enough`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    unsafe chmod(home.configuration, 0o755)
    #expect(try home.store().secret() == "x-EXAMPLE")
    unsafe chmod(home.configuration, 0o775)
    let store = home.store()
    #expect(failure { () throws(StoreError) in _ = try store.secret() }.isAboutPermissions)
  }

  @Test func `changed recipients show`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let stranger = AgeIdentities(generating: .x25519).recipients
    let database = try home.database()
    let header = try #require(try StoreHeader(database))
    try database.execute("DELETE FROM store")
    try StoreHeader(id: header.id, created: header.created, recipients: stranger)
      .write(to: database, needs: "0.1.0")
    #expect(states(home.store().examine(), "identity") == [.bad])
  }

  @Test func `a store that this machine does not remember is a warning`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    for name in TestFile.names(home.configuration) where name.hasPrefix("known-store") {
      TestFile.remove("\(home.configuration)/\(name)")
    }
    #expect(states(home.store().examine(), "recipients") == [.warning])
    try home.store().save("y-EXAMPLE", replacing: true)
    #expect(states(home.store().examine(), "recipients").isEmpty)
  }
}
