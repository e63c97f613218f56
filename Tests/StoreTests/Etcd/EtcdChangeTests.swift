import Basics
import Connections
import LoopbackSupport
import Requests
import Store
import TestSupport
import Testing

@testable import Store

@Suite("changes of a team's store", .enabled(if: EtcdCluster.isAvailable))
struct EtcdChangeTests {
  private let cluster = EtcdCluster.shared

  @Test(.timeLimit(.minutes(5)))
  func `more than the servers take at once is sealed anew, all of it or nothing`() throws {
    let home = TestHome()
    let store = home.teamStore()
    try FullStore.fill(store)
    let session = store.handle.session()
    var batch = SaveBatch()
    let names = (0..<90).map { TestRecord.name("n\($0)") }
    for name in names {
      try session.add(TestRecord.make("\(name)-EXAMPLE", name: name), replacing: false, to: &batch)
    }
    #expect(try session.save(&batch).isEmpty)
    let old = home.directory.file("old")
    TestFile.write(TestFile.read(home.identityPath), to: old, mode: 0o400)
    let before = cluster.dump(home.teamPrefix)
    let other = TestKeys.make(in: home)
    try store.addRecipient(other.recipient)
    let change = try store.rotateIdentity()
    #expect(change.resealed == FullStore.count + names.count)
    #expect(try FullStore.content(store) == FullStore.expected)
    #expect(try store.secret(names[89]) == "tally/n89-EXAMPLE")
    let sealed = try store.export(names[0])
    #expect(!TestKeys.opens(sealed, with: old) && TestKeys.opens(sealed, with: other.file))
    #expect(!store.examine().contains { $0.state != .good })
    // Of what was sealed for the old key alone nothing lies there any more.
    #expect(cluster.dump(home.teamPrefix).count < before.count * 2)
    let generations = Set(
      cluster.control(["get", "--prefix", "--keys-only", "\(home.teamPrefix)/data/"]).text
        .split(separator: "\n").map { $0.split(separator: "/")[2] })
    #expect(generations.count == 1)
  }

  @Test(.timeLimit(.minutes(5)))
  func `what a change that was cut off has left counts for nothing, and goes with the next`()
    throws
  {
    let home = TestHome()
    let store = home.teamStore()
    try store.save("x-EXAMPLE")
    cluster.control(["put", "\(home.teamPrefix)/data/0000000000000000/rows/tally/lost", "x"])
    #expect(try store.list().count == 1)
    let finding = store.examine().first { $0.state == .warning }
    #expect(finding?.finding.contains("cut off") == true)
    try store.rotateIdentity()
    #expect(!store.examine().contains { $0.state != .good })
    #expect(try store.secret() == "x-EXAMPLE")
  }

  @Test(.timeLimit(.minutes(5)))
  func `while it is sealed anew it is read, and whoever writes waits and says so`() throws {
    let home = TestHome()
    let notices = Notices()
    let store = home.teamStore(
      at: cluster.address(home.teamPrefix), notices: notices)
    try store.save("x-EXAMPLE")
    let lease = cluster.control(["lease", "grant", "3"]).text.split(separator: " ")[1]
    cluster.control(["put", "--lease", String(lease), "\(home.teamPrefix)/mark", "abc"])
    #expect(try store.secret() == "x-EXAMPLE")
    // It ends by itself: whoever was to take it away was cut off.
    try store.save("y-EXAMPLE", replacing: true)
    #expect(try store.secret() == "y-EXAMPLE")
    #expect(notices.waits.first?.contains("another machine, which seals") == true)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a change that was overtaken begins anew on what is there, and none is lost`() async throws {
    let home = TestHome()
    let address = cluster.address(home.teamPrefix)
    let writers = Gate.size("USHER_PROCESSES", else: 4)
    let saves = Gate.size("USHER_SAVES", else: 6)
    let names = ["a", "b", "c"].map(TestRecord.name)
    for name in names { try home.teamStore().save("start-EXAMPLE", name) }
    let stores = (0..<writers).map { _ in home.teamStore(at: address) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (writer, store) in stores.enumerated() {
        group.addTask {
          for round in 0..<saves {
            let name = names[(writer + round) % names.count]
            try store.save("w\(writer)-\(round)-EXAMPLE", name, replacing: true)
          }
        }
      }
      try await group.waitForAll()
    }
    let records = try names.map { try home.teamStore().read($0).facts }
    #expect(records.map(\.version).reduce(0, +) == writers * saves + names.count)
    // What was put together for an overtaken change was put together anew: one note for each change.
    if saves < 50 { #expect(records.allSatisfy { $0.history.count == $0.version }) }
    Gate.report(
      "team-writers", "\(writers) writers saved \(saves) times each in a team's store: none lost")
  }

  @Test func `a record that was changed under us is not written over`() throws {
    let home = TestHome()
    let store = home.teamStore()
    try store.save("x-EXAMPLE")
    let opened = try store.read(TestRecord.tally).facts
    try store.save("y-EXAMPLE", replacing: true)
    let error = failure { () throws(StoreError) in
      var record = TestRecord.make("z-EXAMPLE")
      record.facts = opened
      try store.save(record, replacing: true)
    }
    #expect(error.isConflict)
    #expect(error?.explanation.why?.contains("it is version 2 now") == true)
    #expect(try store.secret() == "y-EXAMPLE")
  }

  @Test func `what is larger than the servers take is refused in words`() throws {
    let home = TestHome()
    let store = home.teamStore()
    try store.save("x-EXAMPLE")
    let long = String(repeating: "x", count: 1_700_000)
    let error = failure { () throws(StoreError) in try store.save(long, TestRecord.name("long")) }
    #expect(error?.explanation.why?.contains("larger than the servers take at once") == true)
    #expect(error?.explanation.why?.contains("nothing was stored") == true)
    #expect(try store.list().count == 1)
  }

  @Test func `the servers see no value, no account and no identity`() throws {
    let home = TestHome()
    let store = home.teamStore()
    try FullStore.fill(store)
    try store.rotateIdentity()
    let all = String(decoding: cluster.dump(home.teamPrefix), as: UTF8.self)
    #expect(all.contains("rows/tally/a") && all.contains("age-encryption.org/v1"))
    #expect(!all.contains("EXAMPLE"))
    #expect(!all.contains("AGE-SECRET-KEY"))
  }

  @Test func `what the servers refuse is said in the reader's terms`() throws {
    func reason(_ message: String) throws -> String {
      let address = try #require(
        try StoreLocation(
          StoreChoice(store: "etcds://anna@a/team"),
          in: StoreEnvironment(
            variables: ["HOME": "/h"], userID: 1, accountHome: nil, workingDirectory: "/")
        ).team)
      let body = Array(#"{"error":"\#(message)","code":3}"#.utf8)
      guard
        case .engine(let reason, _, _) = EtcdRefusal(GatewayAnswer(status: 400, body: body))
          .failure(address)
      else { return "" }
      return reason
    }
    #expect(try reason("etcdserver: permission denied") == "the user anna may not do that there")
    #expect(
      try reason("etcdserver: mvcc: required revision has been compacted")
        == "the servers threw away the state that was being read")
    #expect(try reason("etcdserver: mvcc: database space exceeded").contains("NOSPACE"))
    #expect(try reason("etcdserver: no leader").contains("no leader at the moment"))
    #expect(try reason("etcdserver: what else") == "etcd says: etcdserver: what else")
  }
}
