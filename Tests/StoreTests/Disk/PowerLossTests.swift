import Basics
import Connections
import Requests
import Secrets
import Store
import StoreFaults
import TestSupport
import Testing

/// The power goes: of what was not synced any part may be on the disk, sector by sector, in any order.
@Suite("a power cut")
struct PowerLossTests {
  private static let names = ["a", "b", "c"]

  @Test(.timeLimit(.minutes(60)))
  func `at any moment, what was acknowledged is there and the rest whole or not at all`() throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE", TestRecord.name("a"))
    let paths = ["", "-journal"].map { home.storePath + $0 }
    var files: [String: [UInt8]] = [:]
    for path in paths { files[path] = TestFile.read(path) }
    let disk = FaultyDisk(name: "power")
    disk.record()
    // What each acknowledged step leaves behind.
    var states: [[String: String]] = [["a": "first-EXAMPLE"]]
    let store = home.store(engine: disk.name)
    for round in 0..<6 {
      let name = Self.names[round % 3]
      let secret = "\(round)-" + String(repeating: "x", count: 200 + round * 700) + "-EXAMPLE"
      try store.save(secret, TestRecord.name(name), replacing: true)
      var state = states[states.count - 1]
      state[name] = secret
      states.append(state)
      disk.mark()
    }
    try store.remove(TestRecord.name("b"))
    var last = states[states.count - 1]
    last["b"] = nil
    states.append(last)
    disk.mark()

    let operations = disk.operations
    var random = SeededRandom(seed: 7)
    let wanted = Gate.size("USHER_CUTS", else: 1500)
    var cuts = 0
    var cutDisk = CutDisk(files)
    for count in 0...operations.count {
      if count > 0 { cutDisk.perform(operations[count - 1]) }
      let step = cutDisk.marks
      for _ in 0...wanted / (operations.count + 1) {
        for (path, content) in cutDisk.cut(&random) { TestFile.replace(path, with: content) }
        home.forgetHeads()
        cuts += 1
        let after = home.store()
        var found: [String: String] = [:]
        for entry in try after.list() { found[entry.name.name] = try after.secret(entry.name) }
        let isRight = found == states[step] || step + 1 < states.count && found == states[step + 1]
        #expect(isRight, "after \(count) of \(operations.count), step \(step)")
      }
    }
    #expect(cuts >= wanted)
    Gate.report("cuts", "\(cuts) states after a power cut: nothing acknowledged lost")
  }

  @Test(.timeLimit(.minutes(5)))
  func `at any moment of a link, the account is there with its token or as it was`() throws {
    let home = TestHome()
    let name = TestRecord.name("a")
    try home.store().save("0-EXAMPLE", name)
    let paths = ["", "-journal"].map { home.storePath + $0 }
    var files: [String: [UInt8]] = [:]
    for path in paths { files[path] = TestFile.read(path) }
    let disk = FaultyDisk(name: "link")
    disk.record()
    let store = home.store(engine: disk.name)
    for round in 1...3 {
      let text = "\(round)-" + String(repeating: "x", count: round * 900) + "-EXAMPLE"
      var values = SecretMap<String>()
      values.set(TokenSet.accessTokenName, to: TestRecord.buffer(text))
      try store.save(
        TestRecord.make(text, name: name), token: TokenSet(values: values, obtained: .now()),
        replacing: true)
      disk.mark()
    }
    let operations = disk.operations
    var random = SeededRandom(seed: 11)
    var cutDisk = CutDisk(files)
    for count in 0...operations.count {
      if count > 0 { cutDisk.perform(operations[count - 1]) }
      let step = cutDisk.marks
      for _ in 0..<3 {
        for (path, content) in cutDisk.cut(&random) { TestFile.replace(path, with: content) }
        home.forgetHeads()
        let after = home.store()
        let secret = try after.secret(name)
        let kept = try after.kept(name)
        let found = Int(secret.prefix(1)) ?? -1
        #expect(found == step || found == step + 1, "after \(count) of \(operations.count)")
        #expect(kept == (found == 0 ? nil : "\(secret) \(found)"), "after \(count), step \(step)")
      }
    }
  }
}
