import Connections
import Store
import TestSupport
import Testing

/// A process that is killed while it stores: what it acknowledged is there, everything opens, and work goes on.
@Suite("a killed process")
struct CrashTests {
  private let names = ["a", "b", "c"]

  /// The last acknowledged version of each name.
  private func acknowledged(_ output: String) -> [String: Int] {
    var versions: [String: Int] = [:]
    for line in output.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, let version = Int(words[1]) { versions[String(words[0])] = version }
    }
    return versions
  }

  private func run(_ home: borrowing TestHome, saves: Int, plan: String) -> ChildProcess {
    ChildProcess.run(
      TestFile.fixture("StoreCrashFixture"),
      [home.path, String(saves), names.joined(separator: ","), plan],
      environment: Fixture.environment)
  }

  /// Compares what is stored with what was acknowledged before and now.
  private func check(_ home: borrowing TestHome, _ versions: [String: Int], _ what: String) throws {
    let store = home.store()
    let list = try store.list()
    for (name, version) in versions {
      let found = list.first { $0.name.name == name }?.version ?? 0
      // A save may have been committed and killed before it was acknowledged.
      #expect(found == version || found == version + 1, "\(what): \(name)")
    }
    for entry in list {
      let secret = try store.secret(entry.name)
      #expect(secret.hasPrefix("\(entry.name)-") && secret.hasSuffix("-EXAMPLE"), "\(what)")
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `killed at every single call to the disk of a first session, nothing is lost`() throws {
    var kills = 0
    for call in 1...2000 {
      let home = TestHome()
      let result = run(home, saves: 4, plan: "call:\(call)")
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      try check(home, acknowledged(result.text), "call \(call)")
      try home.store().save("after-EXAMPLE", TestRecord.name("after"))
      #expect(try home.store().secret(TestRecord.name("after")) == "after-EXAMPLE")
      #expect(TestFile.names(home.location().directory) == TestStore.files, "call \(call)")
    }
    #expect(kills > 100)
  }

  @Test(.timeLimit(.minutes(5)))
  func `killed at every single call while a token is kept, the old one or the new one is there`()
    throws
  {
    let home = TestHome()
    let name = TestRecord.name("a")
    try home.store().save("a-EXAMPLE", name)
    try home.store().keep("before-EXAMPLE", of: name)
    let entries = try home.store().list()
    let content = TestFile.read(home.storePath)
    var kills = 0
    for call in 1...2000 {
      TestFile.remove(home.storePath + "-journal")
      TestFile.replace(home.storePath, with: content)
      home.forgetHeads()
      let result = ChildProcess.run(
        TestFile.fixture("StoreCrashFixture"), [home.path, "2", "a", "call:\(call)", "tokens"],
        environment: Fixture.environment)
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      // It was version 1 before.
      let version = acknowledged(result.text)["a"] ?? 1
      let store = home.store()
      let found = try store.token(of: name)?.version ?? 0
      #expect(found == version || found == version + 1, "call \(call)")
      #expect(try store.kept(name)?.contains("-EXAMPLE") == true, "call \(call)")
      #expect(try store.list() == entries, "call \(call)")
      #expect(try store.secret(name) == "a-EXAMPLE", "call \(call)")
      try store.keep("after-EXAMPLE", of: name)
      #expect(try store.kept(name)?.hasPrefix("after-EXAMPLE") == true, "call \(call)")
    }
    #expect(kills > 50)
  }

  @Test(.timeLimit(.minutes(5)))
  func `killed at every single call while an account is linked, it is there with its token or not`()
    throws
  {
    let home = TestHome()
    let name = TestRecord.name("a")
    try home.store().save("other-EXAMPLE", TestRecord.name("b"))
    let content = TestFile.read(home.storePath)
    var (kills, linked) = (0, 0)
    for call in 1...2000 {
      TestFile.remove(home.storePath + "-journal")
      TestFile.replace(home.storePath, with: content)
      home.forgetHeads()
      let result = ChildProcess.run(
        TestFile.fixture("StoreCrashFixture"), [home.path, "2", "a", "call:\(call)", "links"],
        environment: Fixture.environment)
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      let version = acknowledged(result.text)["a"] ?? 0
      let store = home.store()
      let found = try store.find(name)?.version ?? 0
      #expect(found == version || found == version + 1, "call \(call)")
      guard found > 0 else { continue }
      linked += 1
      // Each link has a number, which stands in both.
      let number = try store.secret(name).split(separator: "-")[1]
      #expect(Int(number) == found - 1, "call \(call)")
      let kept = try store.kept(name) ?? "nothing"
      #expect(kept.hasPrefix("tally/a-\(number)-") && kept.hasSuffix(" \(found)"), "call \(call)")
    }
    #expect(kills > 50 && linked > 20)
  }

  @Test(.timeLimit(.minutes(5)))
  func `killed at every single call while an application is kept, it is whole`() throws {
    let home = TestHome()
    let name = ApplicationName("a")!
    try home.store().handle.session().saveApplication("before-EXAMPLE", name)
    let content = TestFile.read(home.storePath)
    var kills = 0
    for call in 1...2000 {
      TestFile.remove(home.storePath + "-journal")
      TestFile.replace(home.storePath, with: content)
      home.forgetHeads()
      let result = ChildProcess.run(
        TestFile.fixture("StoreCrashFixture"),
        [home.path, "2", "a", "call:\(call)", "applications"],
        environment: Fixture.environment)
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      let acknowledged = acknowledged(result.text)["a"] ?? 0
      let session = home.store().handle.session()
      let secret = try session.applicationSecret(name) ?? "nothing"
      let states = ["before-EXAMPLE", "tally/a-0-", "tally/a-1-"]
      let found = states.firstIndex { secret.hasPrefix($0) }
      #expect(found == acknowledged || found == acknowledged + 1, "call \(call)")
      try session.saveApplication("after-EXAMPLE", name)
      #expect(try session.applicationSecret(name) == "after-EXAMPLE", "call \(call)")
    }
    #expect(kills > 50)
  }

  @Test(.timeLimit(.minutes(5)))
  func
    `killed at every single call while what was before comes back, it is there or what it replaces`()
    throws
  {
    let home = TestHome()
    let name = TestRecord.name("a")
    try home.store().save("odd-EXAMPLE", name)
    try home.store().keep("token-EXAMPLE", of: name)
    try home.store().save("even-EXAMPLE", name, replacing: true)
    let content = TestFile.read(home.storePath)
    var (kills, brought) = (0, 0)
    for call in 1...2000 {
      TestFile.remove(home.storePath + "-journal")
      TestFile.replace(home.storePath, with: content)
      home.forgetHeads()
      let result = ChildProcess.run(
        TestFile.fixture("StoreCrashFixture"), [home.path, "2", "a", "call:\(call)", "undo"],
        environment: Fixture.environment)
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      let store = home.store()
      let acknowledged = acknowledged(result.text)["a"] ?? 2
      let found = try store.find(name)?.version ?? 0
      #expect(found == acknowledged || found == acknowledged + 1, "call \(call)")
      if found > 2 { brought += 1 }
      // Each version has its own values, its own token or none, and the other's beside it.
      let isOdd = found % 2 == 1
      #expect(try store.secret(name) == (isOdd ? "odd-EXAMPLE" : "even-EXAMPLE"), "call \(call)")
      #expect(try store.kept(name)?.hasPrefix("token-EXAMPLE") == (isOdd ? true : nil))
      let former = isOdd ? "even-EXAMPLE" : "odd-EXAMPLE with token-EXAMPLE"
      #expect(try store.formerSecret(name) == former, "call \(call)")
    }
    #expect(kills > 50 && brought > 20)
  }

  @Test(.timeLimit(.minutes(60)))
  func `killed at any moment, nothing acknowledged is lost`() throws {
    let home = TestHome()
    var versions: [String: Int] = [:]
    var saves = 0
    let kills = Gate.size("USHER_KILLS", else: 400)
    for round in 0..<kills {
      let moment = Int.random(in: 3_000...90_000)
      let result = run(home, saves: 10_000, plan: "after:\(moment)")
      try #require(result.status == 128 + 9, "round \(round): \(result.errorText)")
      saves += result.text.split(separator: "\n").count
      versions.merge(acknowledged(result.text)) { $1 }
      try check(home, versions, "round \(round), \(moment) µs")
      for entry in try home.store().list() { versions[entry.name.name] = entry.version }
    }
    #expect(saves > kills / 10)
    #expect(TestFile.names(home.location().directory) == TestStore.files)
    Gate.report("kills", "\(kills) kills, \(saves) acknowledged saves: none lost, none torn")
  }
}
