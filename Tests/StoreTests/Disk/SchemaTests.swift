import Basics
import Connections
import Glibc
import StoreFaults
import Testing

@testable import Store

@Suite("formats of the store")
struct SchemaTests {
  /// The current tables, and a step that a later release might add.
  private static let later = Schema(
    steps: Schema.current.steps + [
      Schema.Step(
        version: Schema.current.newest.version + 1, release: "9.8.7",
        sql: "ALTER TABLE connections ADD COLUMN label TEXT NOT NULL DEFAULT ''")
    ])

  @Test func `a newer store is refused and the needed release is named`() throws {
    let home = TestHome()
    try home.store(schema: Self.later).save("x-EXAMPLE")
    let content = TestFile.read(home.storePath)
    let store = home.store()
    let errors = [
      failure { () throws(StoreError) in _ = try store.list() },
      failure { () throws(StoreError) in _ = try store.secret() },
      failure { () throws(StoreError) in try store.save("y-EXAMPLE", replacing: true) },
    ]
    for error in errors { #expect(error?.explanation.advice == "use usher 9.8.7 or later") }
    #expect(TestFile.read(home.storePath) == content)
  }

  @Test func `an older store is brought up to date after a copy of it was made`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    #expect(try home.store(schema: Self.later).secret() == "x-EXAMPLE")
    let copy = home.storePath + ".format-\(Schema.current.newest.version)"
    #expect(TestFile.mode(copy) == 0o600)
    // The copy is a store of the older format.
    unsafe rename(copy, home.storePath)
    #expect(try home.store().secret() == "x-EXAMPLE")
  }

  @Test func `a failing disk leaves the old format or the new one`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "migration")
    for call in 1...2000 {
      for suffix in ["-wal", "-shm", "-journal", ".format-\(Schema.current.newest.version)"] {
        TestFile.remove(home.storePath + suffix)
      }
      TestFile.replace(home.storePath, with: content)
      disk.plan(.init(call: call, fault: .broken))
      let faulty = home.store(schema: Self.later, engine: disk.name)
      let error = failure { () throws(StoreError) in _ = try faulty.list() }
      let calls = disk.calls
      disk.normalize()
      if error != nil {
        // Whichever it is, the release that made it or the later one reads it.
        let older = home.store()
        let isOld = failure { () throws(StoreError) in _ = try older.list() } == nil
        #expect(try home.store(schema: isOld ? .current : Self.later).secret() == "x-EXAMPLE")
      }
      #expect(try home.store(schema: Self.later).secret() == "x-EXAMPLE", "call \(call)")
      if calls < call { return }
    }
    Issue.record("the work never ended")
  }
}
