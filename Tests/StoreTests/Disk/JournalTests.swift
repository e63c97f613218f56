import Basics
import Connections
import Glibc
import Requests
import Store
import StoreFaults
import TestSupport
import Testing

@testable import Store

/// The rollback journal beside the store: what stays in it, what it makes possible, and the log of releases before.
@Suite("the journal")
struct JournalTests {
  private let readOnly = FileSystem(networkName: nil, isReadOnly: true)

  private func journal(_ home: borrowing TestHome) -> [UInt8] {
    TestFile.read(home.storePath + "-journal")
  }

  private func store(_ home: borrowing TestHome, on system: FileSystem) -> TestStore {
    let location = home.location()
    let disk = StorageBackend(fileSystem: system)
    return TestStore(
      handle: StoreHandle(at: location, engine: SQLiteEngine(at: location, disk: disk)))
  }

  @Test func `it stays, is for this account alone, and holds nothing between two changes`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("first-EXAMPLE")
    let sealed = try store.export(TestRecord.tally)
    try store.save("second-EXAMPLE", replacing: true)
    #expect(TestFile.names(home.location().directory) == TestStore.files)
    #expect(TestFile.mode(home.storePath + "-journal") == 0o600)
    #expect(journal(home).count == 64 * 1024)
    #expect(journal(home).allSatisfy { $0 == 0 })
    // A record that was replaced, and one that was removed, are in no file.
    let other = try store.export(TestRecord.tally)
    try store.remove(TestRecord.tally)
    for part in [sealed, other].map({ Array($0[300..<332]) }) {
      for name in TestStore.files {
        let content = TestFile.read("\(home.location().directory)/\(name)")
        #expect(!content.contains(part), "\(name)")
      }
    }
  }

  @Test func `a token that was replaced, or thrown away, is in no file`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("x-EXAMPLE")
    var parts: [[UInt8]] = []
    for number in 0..<2 {
      try store.keep("\(number)-EXAMPLE")
      let database = try home.database()
      var statement = try database.prepare("SELECT token FROM tokens")
      #expect(try statement.step())
      parts.append(Array(statement.bytes(0)[300..<332]))
    }
    try store.removeToken(of: TestRecord.tally)
    for name in TestStore.files {
      let content = TestFile.read("\(home.location().directory)/\(name)")
      for part in parts { #expect(!content.contains(part), "\(name)") }
    }
  }

  @Test func `a store of release 0.1.0 loses nothing of its log`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    // Killed with a save in its log: the files as they were then.
    var files: [(suffix: String, content: [UInt8])] = []
    do {
      let database = try home.database()
      #expect(try database.text("PRAGMA journal_mode = WAL") == "wal")
      try database.execute("DELETE FROM connections")
      files = ["", "-wal"].map { ($0, TestFile.read(home.storePath + $0)) }
    }
    for file in files {
      TestFile.remove(home.storePath + file.suffix)
      TestFile.write(file.content, to: home.storePath + file.suffix)
    }
    #expect(files[1].content.count > 0)
    let refused = failure { () throws(StoreError) in _ = try store(home, on: readOnly).list() }
    #expect(refused?.explanation.why?.contains("-wal") == true)
    #expect(try home.store().list().isEmpty)
    #expect(TestFile.names(home.location().directory) == TestStore.files)
    #expect(try home.database().text("PRAGMA journal_mode") == "delete")
  }

  @Test func `a store of release 0.1.0 that cannot be written is read as it lies`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    #expect(try home.database().text("PRAGMA journal_mode = WAL") == "wal")
    let content = TestFile.read(home.storePath)
    let store = store(home, on: readOnly)
    #expect(try store.secret() == "x-EXAMPLE")
    let error = failure { () throws(StoreError) in try store.save("y-EXAMPLE", replacing: true) }
    #expect(error?.explanation.why?.contains("cannot be written") == true)
    #expect(TestFile.read(home.storePath) == content)
  }

  @Test func `a save that was cut off is taken back, or it is said that it cannot be`() throws {
    let home = TestHome()
    try home.store().save("old-EXAMPLE")
    let content = TestFile.read(home.storePath)
    let disk = FaultyDisk(name: "hot")
    var cutOff = 0
    for call in 1...2000 {
      TestFile.remove(home.storePath + "-journal")
      TestFile.replace(home.storePath, with: content)
      disk.plan(.init(call: call, fault: .broken, isLasting: true))
      let faulty = home.store(engine: disk.name)
      let error = failure { () throws(StoreError) in try faulty.save("new-EXAMPLE", replacing: true)
      }
      let calls = disk.calls
      disk.normalize()
      if error == nil, calls < call { break }
      guard let head = journal(home).first, head != 0 else { continue }
      cutOff += 1
      let refused = failure { () throws(StoreError) in
        _ = try store(home, on: readOnly).secret()
      }
      #expect(refused?.explanation.why?.contains("a save was cut off") == true, "call \(call)")
      #expect(journal(home).first == head, "call \(call)")
      #expect(try home.store().secret() == "old-EXAMPLE", "call \(call)")
    }
    #expect(cutOff > 0)
  }

  @Test func `a journal without its store is not taken for that of a new one`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    TestFile.remove(home.storePath)
    let gone = failure { () throws(StoreError) in _ = try home.store().list() }
    #expect(gone?.explanation.what == "the store \(home.storePath) is gone")
    TestFile.replace(home.storePath + "-journal", with: Array("a save".utf8))
    let error = failure { () throws(StoreError) in try home.store().save("y-EXAMPLE") }
    #expect(error?.explanation.why == "the log may hold the last saves")
  }

  @Test func `a store that is gone is missed by every command with the same words`() throws {
    for part in ["file", "directory"] {
      let home = TestHome()
      try home.store().save("x-EXAMPLE")
      let path =
        part == "file" ? home.storePath : home.location().directory
      unsafe rename(path, home.directory.file("away"))
      let errors = [
        failure { () throws(StoreError) in _ = try home.store().list() },
        failure { () throws(StoreError) in _ = try home.store().secret() },
        failure { () throws(StoreError) in try home.store().save("y-EXAMPLE") },
        failure { () throws(StoreError) in try home.store().remove(TestRecord.tally) },
      ]
      for error in errors { #expect(error == errors[0], "\(part)") }
      let what = errors[0]?.explanation.what
      #expect(what == "the store \(home.storePath) is gone", "\(part)")
      // The advice that is given.
      #expect(errors[0]?.explanation.advice?.hasSuffix(": usher keys trust") == true)
      try home.store().handle.session().trustAsItIs()
      try home.store().save("y-EXAMPLE")
      #expect(try home.store().secret() == "y-EXAMPLE", "\(part)")
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root to mount a small disk"))
  func `on a full disk everything is read and anything removed`() throws {
    let disk = TemporaryDirectory()
    try #require(unsafe mount("tmpfs", disk.path, "tmpfs", 0, "size=512k,mode=0700") == 0)
    defer { unsafe umount(disk.path) }
    let home = TestHome()
    let choice = StoreChoice(store: disk.file("usher.db"))
    let long = String(repeating: "0123456789abcdef", count: 8 * 1024)
    try home.store(choice).save("small-EXAMPLE")
    try home.store(choice).save(long, TestRecord.name("long"))
    let room = unsafe open(disk.file("room"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(room) }
    let block = [UInt8](repeating: 1, count: 4096)
    while unsafe write(room, block, block.count) > 0 {}
    #expect(try home.store(choice).secret() == "small-EXAMPLE")
    let error = failure { () throws(StoreError) in
      try home.store(choice).save(long, TestRecord.name("other"))
    }
    #expect(error?.explanation.why?.contains("the disk is full") == true)
    try home.store(choice).remove(TestRecord.name("long"))
    try home.store(choice).remove(TestRecord.tally)
    #expect(try home.store(choice).list().isEmpty)
    #expect(!home.store(choice).examine().contains { $0.state == .bad })
  }
}
