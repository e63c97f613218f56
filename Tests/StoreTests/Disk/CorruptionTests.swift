import Basics
import Connections
import Store
import TestSupport
import Testing

@testable import Store

/// Damage of the file: every answer is the right one or a clean error, never a wrong one and never a missing record.
@Suite("a damaged file")
struct CorruptionTests {
  private static let parts = 8
  private static let a = TestRecord.name("a")
  private static let b = TestRecord.name("b")

  private struct Tally {
    var same = 0
    var errors = 0
  }

  private func home() throws -> TestHome {
    let home = TestHome()
    let store = home.store()
    try store.save("secret-a-EXAMPLE", Self.a)
    try store.save("secret-b-EXAMPLE", Self.b)
    try store.keep("token-a-EXAMPLE", of: Self.a)
    return home
  }

  /// Asks everything of the store and compares.
  private func ask(
    _ home: borrowing TestHome, _ expected: [ConnectionIndexEntry], _ what: String,
    _ tally: inout Tally
  ) {
    let store = home.store().handle.session()
    do throws(StoreError) {
      let list = try store.list()
      #expect(list == expected, "\(what)")
      tally.same += 1
    } catch {
      tally.errors += 1
    }
    do throws(StoreError) {
      let (connections, obstacle) = try store.summaries()
      if obstacle == nil {
        #expect(connections.map(\.entry.name) == expected.map(\.name), "\(what)")
        for connection in connections {
          if case .summary(let summary) = connection.content {
            #expect(expected.contains(summary.entry), "\(what)")
          }
        }
      }
      tally.same += 1
    } catch {
      tally.errors += 1
    }
    for (name, secret) in [(Self.a, "secret-a-EXAMPLE"), (Self.b, "secret-b-EXAMPLE")] {
      do throws(StoreError) {
        let found = try store.secret(name)
        #expect(found == secret, "\(what)")
        tally.same += 1
      } catch {
        #expect(error != .notFound(name), "\(what)")
        tally.errors += 1
      }
    }
    do throws(StoreError) {
      // One that is damaged is none: it can be got again.
      let found = try store.kept(Self.a)
      #expect(found == nil || found == "token-a-EXAMPLE 1", "\(what)")
    } catch {
      #expect(error != .notFound(Self.a), "\(what)")
    }
  }

  @Test(.timeLimit(.minutes(120)))
  func `a flipped bit in any byte gives the same answer or a clean error`() async throws {
    // Each has a store of its own, so that all processors can help.
    let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
      for part in 0..<Self.parts { group.addTask { try flip(part) } }
      return try await group.reduce(into: Tally()) { sum, part in
        sum.same += part.same
        sum.errors += part.errors
      }
    }
    // The test would prove nothing if no byte mattered, or none were free.
    #expect(tally.errors > 400)
    #expect(tally.same > 400)
    Gate.report(
      "damage", "store: \(tally.same) answers as before, \(tally.errors) errors, none wrong")
  }

  /// Flips bits of an eighth of the bytes, one at a time.
  private func flip(_ part: Int) throws -> Tally {
    let step = Gate.size("USHER_STRIDE", else: 4)
    let width = step * Self.parts
    let home = try home()
    let expected = try home.store().list()
    let content = TestFile.read(home.storePath)
    #expect(content.count < 64 * 1024)
    var tally = Tally()
    for index in stride(from: part * step, to: content.count, by: width) {
      for bit in 0..<Gate.size("USHER_BITS", else: 1) {
        var changed = content
        changed[index] ^= 1 << UInt8((index / width + bit) % 8)
        TestFile.replace(home.storePath, with: changed)
        ask(home, expected, "byte \(index)", &tally)
      }
    }
    return tally
  }

  @Test func `a file that is cut off anywhere gives a clean error`() throws {
    let home = try home()
    let store = home.store()
    let content = TestFile.read(home.storePath)
    for length in stride(from: 0, to: content.count, by: 64) {
      TestFile.replace(home.storePath, with: Array(content[..<length]))
      let error = failure { () throws(StoreError) in _ = try store.list() }
      #expect(error != nil, "length \(length)")
      #expect(error?.explanation.advice?.contains("restore") == true, "length \(length)")
    }
  }

  @Test func `damage is never written over by a save`() throws {
    let home = try home()
    let store = home.store()
    let content = Array(TestFile.read(home.storePath).prefix(5000))
    TestFile.replace(home.storePath, with: content)
    let error = failure { () throws(StoreError) in
      try store.save("new-EXAMPLE", TestRecord.name("c"))
    }
    #expect(error != nil)
    #expect(TestFile.read(home.storePath) == content)
  }

  @Test func `a page in use that counts as free is not given away by a save`() throws {
    let home = try home()
    let long = String(repeating: "0123456789abcdef", count: 1024)
    try home.store().save(long, TestRecord.name("long"))
    try home.store().remove(TestRecord.name("long"))
    let database = try home.database()
    let size = Int(try #require(try database.number("PRAGMA page_size")))
    let sound = TestFile.read(home.storePath)
    let list = sound[32..<36].reduce(0) { $0 << 8 | Int($1) }
    try #require(list > 0)
    let leaves = (list - 1) * size + 8
    let count = sound[leaves - 4..<leaves].reduce(0) { $0 << 8 | Int($1) }
    try #require(count > 4)
    for page in 2..<sound.count / size {
      var damaged = sound
      // One of the free pages is said to be this one.
      let offset = leaves + 4 * (page % count)
      damaged.replaceSubrange(
        offset..<offset + 4, with: [0, 0, UInt8(page >> 8), UInt8(truncatingIfNeeded: page)])
      TestFile.replace(home.storePath, with: damaged)
      let error = failure { () throws(StoreError) in
        try home.store().save(long, TestRecord.name("new"))
      }
      guard error == nil else {
        #expect(TestFile.read(home.storePath) == damaged, "page \(page)")
        continue
      }
      // It was that one.
      #expect(damaged == sound, "page \(page)")
      #expect(try home.store().secret(Self.a) == "secret-a-EXAMPLE", "page \(page)")
      #expect(try home.store().secret(Self.b) == "secret-b-EXAMPLE", "page \(page)")
    }
  }

  @Test func `another kind of file is refused by name`() throws {
    let home = try home()
    let store = home.store()
    TestFile.replace(home.storePath, with: Array("not a database, but long enough to be one".utf8))
    #expect(failure { () throws(StoreError) in _ = try store.list() } != nil)

    TestFile.replace(home.storePath, with: [])
    let database = try Database(path: home.storePath)
    try database.execute("CREATE TABLE notes (text)")
    let error = failure { () throws(StoreError) in _ = try store.list() }
    #expect(error?.explanation.why == "it is a SQLite file, but not of a store")
  }

  @Test func `damaged memory of a store is refused and not replaced`() throws {
    let home = try home()
    let name = try #require(
      TestFile.names(home.configuration).first { $0.hasPrefix("known-store-") })
    let path = "\(home.configuration)/\(name)"
    TestFile.replace(path, with: Array("store\n".utf8))
    let store = home.store()
    #expect(failure { () throws(StoreError) in _ = try store.secret(Self.a) }.isAboutTheIdentity)
    #expect(TestFile.text(path) == "store\n")
  }
}
