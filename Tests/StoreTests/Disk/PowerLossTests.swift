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
  private static let sector = 512

  /// What the files hold after a power cut behind the first `count` operations.
  private static func disk(
    _ files: [String: [UInt8]], after operations: ArraySlice<FaultyDisk.Operation>,
    _ random: inout some RandomNumberGenerator
  ) -> [String: [UInt8]] {
    var durable = files
    var pending: [FaultyDisk.Operation] = []
    for operation in operations {
      switch operation {
      case .write, .truncate: pending.append(operation)
      case .sync(let file):
        for other in pending where path(of: other) == file { apply(other, to: &durable) }
        pending.removeAll { path(of: $0) == file }
      case .mark: break
      }
    }
    for operation in pending {
      apply(operation, to: &durable, sectors: { Bool.random(using: &random) })
    }
    return durable
  }

  private static func path(of operation: FaultyDisk.Operation) -> String? {
    switch operation {
    case .write(let file, _, _), .truncate(let file, _), .sync(let file): file
    case .mark: nil
    }
  }

  /// - Parameter sectors: whether the next sector reaches the disk.
  private static func apply(
    _ operation: FaultyDisk.Operation, to files: inout [String: [UInt8]],
    sectors: () -> Bool = { true }
  ) {
    switch operation {
    case .write(let file, let offset, let bytes):
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + sector - (offset + start) % sector)
        if sectors() {
          var content = files[file] ?? []
          let missing = offset + end - content.count
          if missing > 0 { content += [UInt8](repeating: 0, count: missing) }
          content.replaceSubrange(offset + start..<offset + end, with: bytes[start..<end])
          files[file] = content
        }
        start = end
      }
    case .truncate(let file, let size):
      if sectors(), let content = files[file], content.count > size {
        files[file] = Array(content[..<size])
      }
    case .sync, .mark: break
    }
  }

  @Test(.timeLimit(.minutes(5)))
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
    var cuts = 0
    for count in 0...operations.count {
      for _ in 0..<Fixture.count("USHER_CUTS", else: 3) {
        let done = operations[..<count]
        let step = done.count { if case .mark = $0 { true } else { false } }
        for (path, content) in Self.disk(files, after: done, &random) {
          TestFile.replace(path, with: content)
        }
        cuts += 1
        let after = home.store()
        var found: [String: String] = [:]
        for entry in try after.list() { found[entry.name.name] = try after.secret(entry.name) }
        let isRight = found == states[step] || step + 1 < states.count && found == states[step + 1]
        #expect(isRight, "after \(count) of \(operations.count), step \(step)")
      }
    }
    #expect(cuts > 300)
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
    for count in 0...operations.count {
      for _ in 0..<Fixture.count("USHER_CUTS", else: 3) {
        let done = operations[..<count]
        let step = done.count { if case .mark = $0 { true } else { false } }
        for (path, content) in Self.disk(files, after: done, &random) {
          TestFile.replace(path, with: content)
        }
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
