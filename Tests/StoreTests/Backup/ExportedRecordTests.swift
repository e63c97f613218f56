import Connections
import Store
import Testing

@testable import Store

@Suite("one record out of one store and into another")
struct ExportedRecordTests {
  @Test func `it is taken in as a backup is, armored or not`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let history = try home.store().read(TestRecord.tally).facts.history
    let sealed = try home.store().export(TestRecord.tally)
    for bytes in [sealed, AgeArmor.encode(sealed)] {
      let other = TestHome()
      let session = other.store().handle.session()
      let (found, failure) = try TestBackup.restore(
        bytes, into: session, with: .file(home.identityPath))
      #expect(failure == nil)
      #expect(found == ["tally/default": .added])
      #expect(try session.secret() == "x-EXAMPLE")
      #expect(try session.read(TestRecord.tally).facts.history == history)
    }
    let cut = try TestBackup.restore(
      Array(sealed.dropLast()), into: home.store().handle.session())
    #expect(cut.found.isEmpty)
    #expect(cut.failure != nil)
  }

  @Test(arguments: ["0.1.0", "0.2.0", "0.3.0"])
  func `one of an earlier release too`(release: String) throws {
    let home = try TestHome(release: release)
    let sealed = try home.store().export(TestRecord.name("work"))
    let other = TestHome()
    let session = other.store().handle.session()
    let (found, failure) = try TestBackup.restore(
      sealed, into: session, with: .file(home.identityPath))
    #expect(failure == nil)
    #expect(found == ["tally/work": .added])
    #expect(try session.secret(TestRecord.name("work")) == "work-EXAMPLE")
  }

  @Test func `sealed for others it opens for them alone`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let other = TestHome()
    let session = other.store().handle.session()
    try session.save("y-EXAMPLE", TestRecord.name("y"))
    let readers = try session.keys().recipients.compactMap { AgeRecipient($0.text) }
    let sealed = try home.store().handle.session().export(TestRecord.tally, to: readers)
    #expect(try TestBackup.restore(sealed, into: session).found == ["tally/default": .added])
    #expect(try session.secret() == "x-EXAMPLE")
    let own = try TestBackup.restore(sealed, into: home.store().handle.session())
    #expect(own.failure == .otherIdentity)
  }
}
