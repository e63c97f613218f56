import Basics
import Connections
import Drafts
import Glibc
import TestSupport
import Testing

@testable import Store

@Suite("the file of a store, and what a session does with it")
struct StoreFileTests {
  @Test func `nothing is made by looking`() throws {
    let home = TestHome()
    let session = home.store().handle.session()
    #expect(try session.list().isEmpty)
    #expect(session.describe().location == home.storePath)
    _ = session.examine()
    #expect(TestFile.names(home.path).isEmpty)
  }

  @Test func `no byte of a value is in any file`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("needle-in-the-record-EXAMPLE")
    try store.saveDraft(
      Submission(
        provider: TestRecord.provider, values: TestRecord.values("needle-in-the-draft-EXAMPLE")),
      for: TestRecord.name("other"))
    let location = home.location()
    for directory in [location.directory, location.configuration] {
      for name in TestFile.names(directory) {
        let content = String(decoding: TestFile.read("\(directory)/\(name)"), as: UTF8.self)
        #expect(!content.contains("needle-in-the"))
      }
    }
  }

  @Test func `between two questions no other process is locked out`() throws {
    let home = TestHome()
    let session = home.store().handle.session()
    try session.save("first-EXAMPLE")
    #expect(try session.secret() == "first-EXAMPLE")
    let other = try home.database()
    try other.execute("BEGIN EXCLUSIVE; DELETE FROM drafts; COMMIT")
    try home.store().save("second-EXAMPLE", replacing: true)
    #expect(try session.secret() == "second-EXAMPLE")
  }

  @Test func `a file that was exchanged while it was open is not written to`() throws {
    let home = TestHome()
    try home.store().save("old-EXAMPLE")
    let copy = TestFile.read(home.storePath)
    let session = home.store().handle.session()
    #expect(try session.secret() == "old-EXAMPLE")
    let beside = home.directory.file("copy")
    TestFile.write(copy, to: beside)
    unsafe rename(beside, home.storePath)
    let error = failure { () throws(StoreError) in
      try session.save("new-EXAMPLE", TestRecord.name("new"))
    }
    #expect(error?.explanation.why?.contains("was put in its place") == true)
    #expect(error?.explanation.why?.hasSuffix("nothing was stored") == true)
    #expect(TestFile.read(home.storePath) == copy)
  }

  @Test func `a session opens the store once for all that is asked of it`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let session = home.store().handle.session()
    #expect(try session.list().count == 1)
    // From here on no opening would succeed.
    unsafe chmod(home.storePath, 0o640)
    #expect(try session.secret() == "x-EXAMPLE")
    #expect(try session.find(TestRecord.tally) != nil)
    #expect(failure { () throws(StoreError) in _ = try home.store().list() }.isAboutPermissions)
  }

  @Test func `a session is refused throughout, with the same words`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    unsafe chmod(home.storePath, 0o640)
    let session = home.store().handle.session()
    let first = failure { () throws(StoreError) in _ = try session.list() }
    let second = failure { () throws(StoreError) in try session.save("y-EXAMPLE") }
    #expect(first.isAboutPermissions)
    #expect(second == first)
  }
}
