import Basics
import Connections
import Store
import TestSupport
import Testing

@testable import Store

/// Damage of what lies beside the store: the journal of an unfinished change, the identity, what this machine remembers. Every
/// answer is the right one or a clean error.
@Suite("a damaged file beside the store")
struct DamagedBesideTests {
  private static let name = TestRecord.name("a")

  /// Flips bits of every `step`th byte of a file, one at a time, and asks for a value each time.
  ///
  /// - Parameters:
  ///   - reset: puts everything back as it was before the next try.
  ///   - isRight: whether an answer is one of those that are true.
  private func damage(
    _ content: [UInt8], at path: String, step: Int = 1, in home: borrowing TestHome,
    reset: () -> Void = {}, isRight: (String) -> Bool
  ) -> (same: Int, errors: Int) {
    var (same, errors) = (0, 0)
    for index in stride(from: 0, to: content.count, by: step) {
      for bit in 0..<Gate.size("USHER_BITS", else: 1) {
        reset()
        var changed = content
        changed[index] ^= 1 << UInt8((index / step + bit) % 8)
        TestFile.write(changed, to: path, mode: 0o600)
        do throws(StoreError) {
          let found = try home.store().secret(Self.name)
          #expect(isRight(found), "byte \(index), bit \(bit)")
          same += 1
        } catch {
          #expect(error != .notFound(Self.name), "byte \(index)")
          #expect(error.explanation.advice != nil, "byte \(index): \(error.explanation.what)")
          errors += 1
        }
      }
    }
    return (same, errors)
  }

  @Test(.timeLimit(.minutes(30)))
  func `a flipped bit in the identity gives the right value or a clean error`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE", Self.name)
    let result = damage(TestFile.read(home.identityPath), at: home.identityPath, in: home) {
      $0 == "x-EXAMPLE"
    }
    // The key itself is 74 characters.
    #expect(result.errors >= 74)
    Gate.report("damage", "identity: \(result.same) answers as before, \(result.errors) errors")
  }

  @Test(.timeLimit(.minutes(30)))
  func `a flipped bit in what this machine remembers gives the right value or a clean error`()
    throws
  {
    let home = TestHome()
    try home.store().save("x-EXAMPLE", Self.name)
    let name = try #require(
      TestFile.names(home.configuration).first { $0.hasPrefix("known-store-") })
    let path = "\(home.configuration)/\(name)"
    let content = TestFile.read(path)
    let result = damage(
      content, at: path, in: home, reset: { TestFile.write(content, to: path) },
      isRight: { $0 == "x-EXAMPLE" })
    #expect(result.errors > 20)
    Gate.report("damage", "memory: \(result.same) answers as before, \(result.errors) errors")
  }

  @Test(.timeLimit(.minutes(30)))
  func `a flipped bit in the journal of an unfinished change gives a true value or a clean error`()
    throws
  {
    let home = TestHome()
    try home.store().save("old-EXAMPLE", Self.name)
    let before = TestFile.read(home.storePath)
    let journal = home.storePath + "-journal"
    // The last call at which a change that is killed leaves a journal that has to be taken back.
    var unfinished: (store: [UInt8], journal: [UInt8])?
    for call in 1...2000 {
      TestFile.remove(journal)
      TestFile.replace(home.storePath, with: before)
      home.forgetHeads()
      let result = ChildProcess.run(
        TestFile.fixture("StoreCrashFixture"), [home.path, "1", "a", "call:\(call)"],
        environment: Fixture.environment)
      if result.status == 0 { break }
      let (left, log) = (TestFile.read(home.storePath), TestFile.read(journal))
      if left != before, log.contains(where: { $0 != 0 }) { unfinished = (left, log) }
    }
    let (store, log) = try #require(unfinished)
    let used = (log.lastIndex { $0 != 0 } ?? 0) + 1
    let step = max(1, used / 1000)
    let result = damage(
      Array(log[..<used]), at: journal, step: step, in: home,
      reset: {
        TestFile.replace(home.storePath, with: store)
        home.forgetHeads()
      },
      isRight: { $0 == "old-EXAMPLE" || $0.hasPrefix("tally/a-0-") && $0.hasSuffix("-EXAMPLE") })
    #expect(result.same > 20)
    Gate.report("damage", "journal: \(result.same) true answers, \(result.errors) errors")
  }
}
