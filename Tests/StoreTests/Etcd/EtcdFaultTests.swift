import Basics
import Connections
import LoopbackSupport
import Store
import Synchronization
import TestSupport
import Testing

@testable import Store

@Suite(
  "a cluster that loses members", .enabled(if: EtcdCluster.isAvailable), .serialized)
struct EtcdFaultTests {
  @Test(.timeLimit(.minutes(5)))
  func `one member of three is done without, and comes back`() throws {
    let cluster = EtcdCluster()
    let home = TestHome()
    let store = home.teamStore(at: cluster.address("t"))
    try store.save("x-EXAMPLE", TestRecord.name("a"))
    for member in 0..<3 {
      cluster.kill(member)
      try store.save("y-EXAMPLE", TestRecord.name("n\(member)"))
      #expect(try store.secret(TestRecord.name("a")) == "x-EXAMPLE")
      #expect(
        store.examine().contains { $0.subject == "etcd" && $0.finding.contains("does not answer") })
      cluster.start(member)
    }
    #expect(try store.list().count == 4)
    #expect(!store.examine().contains { $0.state != .good })
  }

  @Test(.timeLimit(.minutes(5)))
  func `without most of them nothing is stored, and each way out is said`() throws {
    let cluster = EtcdCluster()
    let home = TestHome()
    let store = home.teamStore(at: cluster.address("t"))
    try store.save("x-EXAMPLE")
    cluster.kill(0)
    cluster.kill(1)
    let stuck = failure { () throws(StoreError) in
      try store.save("y-EXAMPLE", TestRecord.name("new"))
    }
    #expect(stuck?.explanation.why?.contains("no leader at the moment") == true)
    #expect(stuck?.explanation.advice?.contains("more than half") == true)
    cluster.kill(2)
    let gone = failure { () throws(StoreError) in _ = try store.list() }
    #expect(gone?.explanation.why?.contains("no member could be asked") == true)
    for member in 0..<3 { cluster.start(member) }
    #expect(try store.list().map(\.name) == [TestRecord.tally])
    try store.save("y-EXAMPLE", TestRecord.name("new"))
  }

  /// What the writers were told.
  private final class Tally: Sendable {
    let names = Mutex<Set<String>>([])
    let replaced = Mutex((made: 0, unknown: 0))
  }

  @Test(.timeLimit(.minutes(20)))
  func `the leader is killed amid saves: nothing acknowledged is lost, nothing is doubled`()
    async throws
  {
    let cluster = EtcdCluster()
    let home = TestHome()
    let writers = 8
    let saves = (Gate.size("USHER_TEAM_SAVES", else: 80) + writers - 1) / writers
    let address = cluster.address("t")
    let shared = TestRecord.name("shared")
    let first = home.teamStore(at: address)
    try first.save("x-EXAMPLE", shared)
    let stores = (0..<writers).map { _ in home.teamStore(at: address) }
    let tally = Tally()
    await withTaskGroup(of: Void.self) { group in
      for (writer, store) in stores.enumerated() {
        group.addTask {
          for round in 0..<saves {
            let name = "w\(writer)-\(round)"
            if failure({ () throws(StoreError) in
              try store.save("\(name)-EXAMPLE", TestRecord.name(name))
            }) == nil {
              tally.names.withLock { _ = $0.insert(name) }
            }
            guard round % 5 == 0 else { continue }
            let error = failure { () throws(StoreError) in
              try store.save("\(name)-EXAMPLE", shared, replacing: true)
            }
            tally.replaced.withLock { if error == nil { $0.made += 1 } else { $0.unknown += 1 } }
          }
        }
      }
      group.addTask {
        while tally.names.withLock({ $0.count }) < writers * saves / 2 { await Task.yield() }
        guard let leader = cluster.leader() else { return }
        cluster.kill(leader)
        cluster.start(leader)
      }
    }
    let names = Set(try first.list().map(\.name.name)).subtracting(["shared"])
    let known = tally.names.withLock { $0 }
    #expect(known.isSubset(of: names))
    // Those whose end nobody knows are a handful at most: what a save meets while there is no leader it waits out.
    #expect(known.count >= writers * (saves - 1))
    for name in known.sorted() {
      let record = try first.read(TestRecord.name(name))
      #expect(record.facts.version == 1)
      #expect(TestRecord.secret(in: record) == "\(name)-EXAMPLE")
    }
    let version = try first.read(shared).facts.version
    let (made, unknown) = tally.replaced.withLock { ($0.made, $0.unknown) }
    #expect((made + 1...made + unknown + 1).contains(version))
    Gate.report(
      "team",
      "\(writers * saves) saves by \(writers) writers, leader killed amid them: \(known.count) "
        + "acknowledged, none lost, none doubled")
  }
}
