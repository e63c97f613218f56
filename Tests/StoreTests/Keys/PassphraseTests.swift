import Basics
import Connections
import Glibc
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

@Suite("the passphrase of the identity", .timeLimit(.minutes(5)))
final class PassphraseTests {
  private let home = TestHome()

  /// The processor's time of this thread for one attempt, in microseconds, and what is said.
  private func attempt(
    _ store: TestStore, _ passphrase: String
  ) -> (time: Double, explanation: Explanation?) {
    let buffer = TestRecord.buffer(passphrase)
    let start = PassphraseTests.processorTime()
    let error = failure { () throws(StoreError) in try store.unlock(buffer) }
    return (PassphraseTests.processorTime() - start, error?.explanation)
  }

  private static func processorTime() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }

  /// Whatever is wrong about it: nothing, one character, all but the last, much too much.
  private let wrong = [
    "", "h", "horse-EXAMPL", "horse-EXAMPLE ", "Horse-EXAMPLE", "horse-EXAMPLF", "pony-EXAMPLE",
    "hörse-EXAMPLE", String(repeating: "horse-", count: 1000), "\u{0}",
  ]

  /// Times are the least of several attempts: whatever else the machine does only adds to them.
  @Test func `ten wrong passphrases get the same words after the same time`() throws {
    try home.store().save("x-EXAMPLE")
    try home.store().wrapIdentity(with: TestRecord.buffer("horse-EXAMPLE"), workFactor: 12)
    let store = home.store()
    var (explanations, least) = ([Explanation?](), wrong.map { _ in Double.infinity })
    var spread = Double.infinity
    for round in 0..<40 {
      for (number, passphrase) in wrong.enumerated() {
        let attempt = attempt(store, passphrase)
        explanations.append(attempt.explanation)
        least[number] = min(least[number], attempt.time)
      }
      let middle = least.sorted()[wrong.count / 2]
      spread = least.map { abs($0 - middle) / middle }.max() ?? .infinity
      if round >= 3, spread < 0.1 { break }
    }
    #expect(spread < 0.1)
    #expect(Set(explanations.map { $0?.why }) == ["the passphrase is wrong"])
    #expect(Set(explanations.map { $0?.what }).count == 1)
    #expect(try store.needsPassphrase())
    let percent = (spread * 1000).rounded() / 10
    Gate.report(
      "passphrase", "\(wrong.count) wrong ones, times within \(percent) % of their middle")
    try store.unlock(TestRecord.buffer("horse-EXAMPLE"))
    #expect(try store.secret() == "x-EXAMPLE")
  }

  @Test func `an identity that asks for too much work is refused at once, by its figure`() throws {
    try home.store().save("x-EXAMPLE")
    try home.store().wrapIdentity(with: TestRecord.buffer("horse-EXAMPLE"), workFactor: 4)
    let armored = TestFile.read(home.identityPath)
    let text = String(decoding: try AgeArmor.decode(armored).prefix { $0 < 0x80 }, as: UTF8.self)
    let salt = try #require(text.split(separator: "\n")[1].split(separator: " ").dropFirst(2).first)
    let body = text.split(separator: "\n")[2]
    // No code over the header is looked at before its key is there, so any will do.
    let header =
      "age-encryption.org/v1\n-> scrypt \(salt) 21\n\(body)\n"
      + "--- \(String(repeating: "A", count: 43))\n"
    TestFile.remove(home.identityPath)
    TestFile.write(Array(header.utf8), to: home.identityPath, mode: 0o400)
    let attempt = attempt(home.store(), "horse-EXAMPLE")
    let explanation = try #require(attempt.explanation)
    #expect(explanation.why?.contains("work factor 21") == true)
    #expect(explanation.why?.contains("20 at most") == true)
    #expect(
      explanation.advice
        == "let age unwrap it: --identity-command 'age -d \(home.identityPath)'")
    // The work would be sixteen seconds and two gigabytes.
    #expect(attempt.time < 500_000)
  }

  @Test(.enabled(if: Tool.path("age") != nil, "needs age"))
  func `an identity that age -p has wrapped opens with its passphrase`() throws {
    try home.store().save("x-EXAMPLE")
    let age = try #require(Tool.path("age"))
    let wrapped = home.directory.file("wrapped")
    let terminal = try #require(
      PseudoTerminal(age, ["-p", "-a", "-o", wrapped, home.identityPath]))
    for question in ["Enter passphrase", "Confirm passphrase"] {
      #expect(terminal.wait(for: question))
      terminal.type("walrus-EXAMPLE\r")
    }
    #expect(terminal.waitForEnd() == 0)
    TestFile.remove(home.identityPath)
    TestFile.write(TestFile.read(wrapped), to: home.identityPath, mode: 0o400)
    let store = home.store()
    #expect(try store.needsPassphrase())
    try store.unlock(TestRecord.buffer("walrus-EXAMPLE"))
    #expect(try store.secret() == "x-EXAMPLE")
  }

  /// As `age -p` does it on a faster machine than this one, and `rage -p` on many. The cap itself takes a gigabyte and half a
  /// minute where nothing is optimized: only in a nightly run.
  @Test func `work factors above what we write are computed`() throws {
    let passphrase = TestRecord.buffer("walrus-EXAMPLE")
    let file = try AgeFile.seal(
      TestRecord.buffer("content"), passphrase: passphrase,
      workFactor: AgeRecord.count < 200 ? 19 : 20)
    var content = SecretBuffer()
    try AgeFile.open(file, passphrase: passphrase, into: &content)
    #expect(content.withBytes { $0.copied() } == Array("content".utf8))
  }
}
