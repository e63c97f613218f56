import Basics
import Connections
import Store
import StoreFaults
import TestSupport
import Testing

@testable import Store

/// A store whose keys are changed while the process is killed or the disk fails: it is sealed as before or as it was to be,
/// this machine reads it in either case, and the next change finds nothing in its way.
@Suite("a change of keys that is cut off")
struct KeyCrashTests {
  /// What lay on the disk before.
  private struct Files {
    let store: [UInt8]
    let identity: [UInt8]
    let pin: [UInt8]

    init(of home: borrowing TestHome) {
      store = TestFile.read(home.storePath)
      identity = TestFile.read(home.identityPath)
      pin = TestFile.read(home.pinPath)
    }

    func restore(in home: borrowing TestHome) {
      TestFile.remove(home.storePath + "-journal")
      TestFile.replace(home.storePath, with: store)
      home.forgetHeads()
      TestFile.remove(home.identityPath)
      TestFile.write(identity, to: home.identityPath, mode: 0o400)
      TestFile.replace(home.pinPath, with: pin)
    }
  }

  private func rotate(_ home: borrowing TestHome, times: Int, plan: String) -> ChildProcess {
    ChildProcess.run(
      TestFile.fixture("StoreCrashFixture"), [home.path, String(times), "a", plan, "keys"],
      environment: Fixture.environment)
  }

  private func check(_ home: borrowing TestHome, _ what: String) throws {
    let store = home.store()
    #expect(try FullStore.content(store) == FullStore.expected, "\(what)")
    #expect(!store.examine().contains { $0.state != .good }, "\(what)")
    try store.save("after-EXAMPLE", TestRecord.name("after"), replacing: true)
    #expect(try home.store().secret(TestRecord.name("after")) == "after-EXAMPLE", "\(what)")
  }

  @Test(.timeLimit(.minutes(5)))
  func `killed at every single call to the disk, the store opens and goes on`() throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    let files = Files(of: home)
    let old = TestKeys.own(in: home)
    var (kills, rotated) = (0, 0)
    for call in 1...2000 {
      files.restore(in: home)
      let result = rotate(home, times: 1, plan: "call:\(call)")
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      try check(home, "call \(call)")
      let recipients = try home.store().keys().recipients.map(\.text)
      #expect(recipients.count == 1, "call \(call)")
      if recipients != old.map(\.text) { rotated += 1 }
      // The next one finds nothing in its way; not looked at each time, because that takes long.
      guard call % 10 == 0 else { continue }
      try home.store().rotateIdentity()
      #expect(try FullStore.content(home.store()) == FullStore.expected, "call \(call)")
    }
    #expect(kills > 50 && rotated > 0)
  }

  @Test(.timeLimit(.minutes(5)))
  func `killed at any moment, again and again, it stays readable`() throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    for round in 0..<Gate.size("USHER_KILLS", else: 40) {
      let moment = Int.random(in: 2_000...80_000)
      let result = rotate(home, times: 1_000, plan: "after:\(moment)")
      #expect(result.status == 128 + 9, "round \(round): \(result.errorText)")
      try check(home, "round \(round), \(moment) µs")
    }
    #expect(TestFile.names(home.location().directory) == TestStore.files)
    try home.store().rotateIdentity()
    #expect(TestKeys.own(in: home).count == 1)
  }

  @Test(arguments: [FaultyDisk.Fault.broken, .full, .lost])
  func `a failing disk leaves it as it was or as it was to be, and it is said which`(
    fault: FaultyDisk.Fault
  ) throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    let files = Files(of: home)
    let other = TestKeys.make(in: home)
    let disk = FaultyDisk(name: "keys-\(fault.rawValue)")
    for call in 1...2000 {
      files.restore(in: home)
      let store = home.store(engine: disk.name)
      disk.plan(.init(call: call, fault: fault))
      let error = failure { () throws(StoreError) in try store.addRecipient(other.recipient) }
      let calls = disk.calls
      disk.normalize()
      let isAdded = try home.store().keys().recipients.count == 2
      #expect(isAdded || error != nil, "call \(call)")
      let why = error?.explanation.why ?? ""
      if why.hasSuffix("nevertheless") { #expect(isAdded, "call \(call)") }
      if why.hasSuffix("nothing was changed") {
        #expect(!isAdded, "call \(call)")
        #expect(TestFile.read(home.pinPath) == files.pin, "call \(call)")
      }
      try check(home, "call \(call)")
      if calls < call { return }
    }
    Issue.record("the work never ended")
  }
}
