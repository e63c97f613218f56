import Connections
import TestSupport
import Testing

@Suite("several processes at once")
struct ConcurrencyTests {
  @Test(.timeLimit(.minutes(30)))
  func `every save of every process counts, and whoever reads meanwhile reads what is whole`()
    async throws
  {
    let home = TestHome()
    let processes = Gate.size("USHER_PROCESSES", else: 8)
    let saves = Gate.size("USHER_SAVES", else: 30)
    let path = home.path
    // All of them save under the same names, and the first of them makes the store.
    let saving = [path, String(saves), "a,b,c"]
    let reading = [path, String(saves * 2), "a,b,c", "unharmed", "reads"]
    let results = await ConcurrencyTests.run(
      Array(repeating: saving, count: processes) + Array(repeating: reading, count: 4))
    for result in results { #expect(result.status == 0, "\(result.errorText)") }
    let versions = try home.store().list().map(\.version)
    #expect(versions.reduce(0, +) == processes * saves)
    #expect(try home.store().secret(TestRecord.name("a")).hasSuffix("-EXAMPLE"))
    Gate.report(
      "writers", "\(processes) processes saved \(saves) times each beside 4 that read: none lost")
  }

  @Test(.timeLimit(.minutes(30)))
  func `a key that is replaced again and again meanwhile is in nobody's way`() async throws {
    let home = TestHome()
    let processes = Gate.size("USHER_PROCESSES", else: 4)
    let saves = Gate.size("USHER_SAVES", else: 20)
    let rotations = max(1, saves / 4)
    try home.store().save("start-EXAMPLE", TestRecord.name("start"))
    let old = TestKeys.own(in: home)
    let saving = [home.path, String(saves), "a,b,c"]
    let reading = [home.path, String(saves * 2), "a,b,c", "unharmed", "reads"]
    let rotating = [home.path, String(rotations), "a", "unharmed", "keys"]
    let results = await ConcurrencyTests.run(
      Array(repeating: saving, count: processes) + Array(repeating: reading, count: 4)
        + [rotating])
    for result in results { #expect(result.status == 0, "\(result.errorText)") }
    #expect(try home.store().list().map(\.version).reduce(0, +) == processes * saves + 1)
    for name in ["start", "a", "b", "c"] {
      #expect(try home.store().secret(TestRecord.name(name)).hasSuffix("-EXAMPLE"))
    }
    let new = TestKeys.own(in: home)
    #expect(new.count == 1 && new != old)
    #expect(!home.store().examine().contains { $0.state != .good })
    Gate.report(
      "writers",
      "\(processes) processes saved \(saves) times each beside 4 that read, while the key was replaced "
        + "\(rotations) times: none lost")
  }

  /// What becomes of processes that run at once, each with arguments of its own.
  private static func run(_ processes: [[String]]) async -> [ChildProcess] {
    await withTaskGroup(of: ChildProcess.self) { group in
      for arguments in processes {
        group.addTask {
          ChildProcess.run(
            TestFile.fixture("StoreCrashFixture"), arguments, environment: Fixture.environment)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test func `readers and writers of one process do not disturb each other`() async throws {
    let home = TestHome()
    let store = home.store()
    try store.save("start-EXAMPLE")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<2 {
        group.addTask {
          for round in 0..<20 { try store.save("w\(writer)-\(round)-EXAMPLE", replacing: true) }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<40 {
            let secret = try store.secret()
            #expect(secret.hasSuffix("-EXAMPLE"))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.list()[0].version == 41)
  }
}
