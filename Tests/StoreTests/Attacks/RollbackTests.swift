import Basics
import Connections
import Glibc
import Store
import TestSupport
import Testing

@testable import Store

/// A store that is put back to what it was, by somebody who has a copy of it. Everything in it is signed and whole.
@Suite("rolled back stores")
struct RollbackTests {
  private let a = TestRecord.name("a")
  private let b = TestRecord.name("b")

  private func opening(_ name: ConnectionName, in home: borrowing TestHome) -> StoreError? {
    failure { () throws(StoreError) in _ = try home.store().secret(name) }
  }

  @Test func `an older store in its place is refused where it is older, and trusted after a word`()
    throws
  {
    let home = TestHome()
    try home.store().save("older-EXAMPLE", a)
    try home.store().save("same-EXAMPLE", b)
    let old = TestFile.read(home.storePath)
    try home.store().save("newer-EXAMPLE", a, replacing: true)
    TestFile.replace(home.storePath, with: old)
    let error = opening(a, in: home)
    #expect(error.isUntrusted)
    #expect(
      error?.explanation.why == "it is version 1, and this machine remembers version 2")
    #expect(try home.store().secret(b) == "same-EXAMPLE")
    let findings = home.store().examine().filter { $0.subject == "versions" }
    #expect(findings.map(\.state) == [.bad])
    let session = home.store().handle.session()
    #expect(
      try session.differences()
        == [.older("tally/a", why: "it is version 1, and this machine remembers version 2")])
    try session.trustAsItIs()
    #expect(try home.store().secret(a) == "older-EXAMPLE")
    #expect(try home.store().handle.session().differences().isEmpty)
  }

  @Test func `who has only read it notices too`() throws {
    let home = TestHome()
    let reader = TestHome()
    try home.store().save("older-EXAMPLE", a)
    _ = try PrivateDirectory.create(reader.configuration, .readable)
    TestFile.write(TestFile.read(home.identityPath), to: reader.identityPath, mode: 0o400)
    let store = reader.store(StoreChoice(store: home.storePath))
    let old = TestFile.read(home.storePath)
    try home.store().save("newer-EXAMPLE", a, replacing: true)
    #expect(try store.secret(a) == "newer-EXAMPLE")
    TestFile.replace(home.storePath, with: old)
    #expect(failure { () throws(StoreError) in _ = try store.secret(a) }.isUntrusted)
  }

  @Test func `a removed connection that comes back is refused`() throws {
    let home = TestHome()
    try home.store().save("secret-EXAMPLE", a)
    let old = TestFile.read(home.storePath)
    try home.store().remove(a)
    // Another one of its name is another one.
    try home.store().save("again-EXAMPLE", a)
    #expect(try home.store().secret(a) == "again-EXAMPLE")
    TestFile.replace(home.storePath, with: old)
    let error = opening(a, in: home)
    #expect(error.isUntrusted)
    #expect(error?.explanation.why == "it was removed here, and has come back")
  }

  @Test func `another content of the version that was seen is refused`() throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE", a)
    let old = TestFile.read(home.storePath)
    try home.store().save("second-EXAMPLE", a, replacing: true)
    let fork = TestFile.read(home.storePath)
    TestFile.replace(home.storePath, with: old)
    try home.store().save("other-EXAMPLE", a, replacing: true)
    #expect(try home.store().secret(a) == "other-EXAMPLE")
    TestFile.replace(home.storePath, with: fork)
    #expect(
      opening(a, in: home)?.explanation.why
        == "it is another content than the one that this machine remembers of the same version")
  }

  @Test func `an older application is refused, and one that was entered anew is not`() throws {
    let home = TestHome()
    let session = { home.store().handle.session() }
    try session().saveApplication("older-EXAMPLE")
    let old = TestFile.read(home.storePath)
    // Within one second: its times tell the versions apart all the same.
    try session().saveApplication("newer-EXAMPLE")
    #expect(try session().applicationSecret() == "newer-EXAMPLE")
    TestFile.replace(home.storePath, with: old)
    #expect(
      failure { () throws(StoreError) in _ = try session().applicationSecret() }.isUntrusted)
    try session().saveApplication("again-EXAMPLE")
    #expect(try session().applicationSecret() == "again-EXAMPLE")
  }

  @Test func `a store without signatures in the place of one that had them is refused`() throws {
    let home = TestHome()
    try home.store().save("secret-EXAMPLE", a)
    try home.database().execute(
      """
      PRAGMA user_version = 5;
      UPDATE records SET record = substr(record, 120); UPDATE row_key SET file = substr(file, 120)
      """)
    let content = TestFile.read(home.storePath)
    #expect(opening(a, in: home).isUntrusted)
    let error = failure { () throws(StoreError) in
      try home.store().save("new-EXAMPLE", TestRecord.name("new"))
    }
    #expect(error.isUntrusted)
    #expect(TestFile.read(home.storePath) == content)
    let session = home.store().handle.session()
    #expect(try session.differences() == [.unsigned])
    try session.trustAsItIs()
    #expect(try home.store().secret(a) == "secret-EXAMPLE")
    #expect(!home.store().examine().contains { $0.state == .bad })
  }

  @Test func `a memory of many is looked up as one of few`() throws {
    let home = TestHome()
    let session = home.store().handle.session()
    var batch = SaveBatch()
    let names = (0..<600).map { TestRecord.name("n\($0)") }
    for name in names {
      try session.add(TestRecord.make("old-EXAMPLE", name: name), replacing: false, to: &batch)
    }
    #expect(try session.save(&batch).isEmpty)
    let old = TestFile.read(home.storePath)
    for name in names {
      try session.add(TestRecord.make("new-EXAMPLE", name: name), replacing: true, to: &batch)
    }
    #expect(try session.save(&batch).isEmpty)
    #expect(try session.secret(names[7]) == "new-EXAMPLE")
    TestFile.replace(home.storePath, with: old)
    let late = home.store().handle.session()
    #expect(try late.differences().count == names.count)
    #expect(failure { () throws(StoreError) in _ = try late.secret(names[599]) }.isUntrusted)
  }

  @Test func `a damaged memory is said and made anew, and nothing is refused for it`() throws {
    let home = TestHome()
    try home.store().save("secret-EXAMPLE", a)
    let name = try #require(
      TestFile.names(home.configuration).first { $0.hasPrefix("known-heads-") })
    let path = "\(home.configuration)/\(name)"
    for content in [[], Array(TestFile.read(path).dropLast()), [UInt8](repeating: 7, count: 8224)] {
      TestFile.replace(path, with: content)
      let findings = home.store().examine().filter { $0.subject == "versions" }
      #expect(findings.map(\.state) == [.warning])
      #expect(TestFile.read(path) == content)
      let notices = Notices()
      #expect(try home.store(notices: notices).secret(a) == "secret-EXAMPLE")
      #expect(notices.warnings.contains { $0.contains("made anew") })
      #expect(!home.store().examine().contains { $0.subject == "versions" })
    }
  }

  @Test func `a store that is gone is forgotten after a word, and a new one is made`() throws {
    let home = TestHome()
    try home.store().save("secret-EXAMPLE", a)
    for name in TestStore.files { TestFile.remove("\(home.location().directory)/\(name)") }
    let error = failure { () throws(StoreError) in try home.store().save("new-EXAMPLE", a) }
    #expect(error?.explanation.advice?.hasSuffix("usher keys trust") == true)
    let session = home.store().handle.session()
    #expect(try session.differences() == [.gone])
    try session.trustAsItIs()
    try home.store().save("new-EXAMPLE", a)
    #expect(try home.store().secret(a) == "new-EXAMPLE")
  }
}
