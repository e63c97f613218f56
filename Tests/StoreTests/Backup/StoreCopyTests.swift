import Basics
import Connections
import LoopbackSupport
import Store
import TestSupport
import Testing

@testable import Store

@Suite("a copy of a store in another place")
struct StoreCopyTests {
  private func copy(
    _ source: TestStore, to target: TestStore, stoppingAt stop: Int = .max
  ) throws(StoreError) -> StoreCopy {
    let session = source.handle.session()
    let other = target.handle.session()
    return try session.copy(to: other) { done, _ in done < stop }
  }

  private func other(_ home: borrowing TestHome, _ name: String = "other.db") -> TestStore {
    home.store(StoreChoice(store: home.directory.file("folder/\(name)")))
  }

  @Test func `everything is there, opens, and is the same store`() throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    let result = try copy(home.store(), to: other(home))
    #expect(result.copied == 3 && result.alreadyThere == 0 && result.different.isEmpty)
    #expect(result.compared == FullStore.count + 1)
    #expect(try FullStore.content(other(home)) == FullStore.expected)
    #expect(try other(home).list() == home.store().list())
    #expect(!other(home).examine().contains { $0.state != .good })
    // It is used like any other from then on.
    try other(home).save("third-EXAMPLE", FullStore.names[0], replacing: true)
    #expect(try home.store().secret(FullStore.names[0]) == "second-EXAMPLE")
  }

  @Test(.enabled(if: EtcdCluster.isAvailable))
  func `it goes to a team's store and back, byte for byte`() throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    #expect(try copy(home.store(), to: home.teamStore()).compared == FullStore.count + 1)
    #expect(try FullStore.content(home.teamStore()) == FullStore.expected)
    #expect(!home.teamStore().examine().contains { $0.state != .good })
    #expect(try copy(home.teamStore(), to: other(home)).compared == FullStore.count + 1)
    #expect(try FullStore.content(other(home)) == FullStore.expected)
    for name in FullStore.names {
      #expect(try home.store().export(name) == other(home).export(name))
    }
  }

  @Test func `cut off it goes on, and what lies there is not written over`() throws {
    let home = TestHome()
    for number in 0..<50 { try home.store().save("x-EXAMPLE", TestRecord.name("n\(number)")) }
    let cut = try copy(home.store(), to: other(home), stoppingAt: 40)
    #expect(cut.copied == 40 && cut.compared == nil)
    let whole = try copy(home.store(), to: other(home))
    #expect(whole.copied == 10 && whole.alreadyThere == 40 && whole.compared == 51)

    try other(home).save("mine-EXAMPLE", TestRecord.name("n7"), replacing: true)
    let again = try copy(home.store(), to: other(home))
    #expect(again.different == [TestRecord.name("n7")] && again.copied == 0)
    #expect(try other(home).secret(TestRecord.name("n7")) == "mine-EXAMPLE")
  }

  @Test func `another store is left alone, and nothing is made of nothing`() throws {
    let home = TestHome()
    let nothing = failure { () throws(StoreError) in _ = try copy(home.store(), to: other(home)) }
    #expect(nothing?.explanation.why?.hasPrefix("there is no store") == true)
    try home.store().save("x-EXAMPLE")
    try other(home).save("y-EXAMPLE")
    let taken = failure { () throws(StoreError) in _ = try copy(home.store(), to: other(home)) }
    #expect(taken?.explanation.why?.hasPrefix("another store is in") == true)
    #expect(try other(home).secret() == "y-EXAMPLE")
    let same = failure { () throws(StoreError) in _ = try copy(home.store(), to: home.store()) }
    #expect(same?.explanation.why?.hasPrefix("both are the store") == true)
  }
}
