import Basics
import LoopbackSupport
import TestSupport
import Testing

/// A year of one connection, a few commands long.
@Suite(
  .enabled(if: FakeClock.tool != nil, "needs faketime"),
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(3)))
struct YearTests {
  @Test func `a key is linked, warned of, replaced, brought back, lost and unlinked within a year`()
    async throws
  {
    let provider = try await DatedProvider(UsherProgram())
    var clock = FakeClock()
    /// An hour less the first time: what is left of a day does not count as one.
    func advance(_ days: Int, hours: Int = 0) {
      clock.advance(days: days, hours: hours)
      provider.set(clock)
    }

    // January: linked with a key of 90 days.
    provider.issue("key-one-EXAMPLE", days: 90)
    try provider.succeed(provider.link("key-one-EXAMPLE"))
    #expect(provider.run(["status"]).status == 0)

    // March: it ends soon, and a cron job says so.
    advance(80, hours: -1)
    let warned = provider.run(["status", "--quiet"])
    #expect(warned.status == 1)
    #expect(warned.text.contains("expires in 10 days"), "\(warned.text)")
    #expect(warned.text.contains("usher replace depot"), "\(warned.text)")

    // A key of somebody else's account takes nobody's place.
    provider.issue("key-of-bob-EXAMPLE", days: 90, account: "bob@example.com")
    let other = provider.replace("key-of-bob-EXAMPLE")
    #expect(other.status == 5)
    #expect(other.errorText.contains("bob@example.com"), "\(other.errorText)")
    #expect(try provider.key() == "key-one-EXAMPLE")

    // The new one does; the old one is kept.
    provider.issue("key-two-EXAMPLE", days: 90)
    try provider.succeed(provider.replace("key-two-EXAMPLE"))
    #expect(provider.run(["status"]).status == 0)
    #expect(try provider.key() == "key-two-EXAMPLE")

    // Something still used the old one: back, and forth again.
    try provider.succeed(provider.run(["replace", "depot", "--undo"]))
    #expect(try provider.key() == "key-one-EXAMPLE")
    #expect(provider.run(["status"]).status == 1)
    try provider.succeed(provider.run(["replace", "depot", "--undo"]))
    #expect(try provider.key() == "key-two-EXAMPLE")

    // Then the old one is taken back at the provider, and cannot come back.
    try provider.succeed(
      provider.run(["replace", "depot", "--revoke-old", "--ca", provider.authority]))
    #expect(!provider.knows("key-one-EXAMPLE") && provider.knows("key-two-EXAMPLE"))
    #expect(provider.run(["replace", "depot", "--undo"]).status != 0)

    // June: it has ended, and the check says so too.
    advance(95)
    let ended = provider.run(["status"])
    #expect(ended.status == 1)
    #expect(ended.text.contains("ended"), "\(ended.text)")
    #expect(provider.run(["check", "depot", "--ca", provider.authority]).status == 5)

    // A third one, under another name.
    provider.issue("key-three-EXAMPLE", days: 365)
    try provider.succeed(provider.replace("key-three-EXAMPLE"))
    try provider.succeed(provider.run(["rename", "depot", "works"]))
    #expect(provider.run(["status"]).status == 0)

    // November: somebody closes the account.
    advance(150)
    provider.withdraw("key-three-EXAMPLE")
    #expect(
      provider.run(["check", "depot/works", "--ca", provider.authority]).status == 5)
    let refused = provider.run(["status"])
    #expect(refused.status == 1)
    #expect(refused.text.contains("refused"), "\(refused.text)")

    let history = provider.run(["history", "depot/works"])
    #expect(history.status == 0)
    let words = ["linked", "replaced", "brought back", "revoked", "renamed", "refused"]
    for word in words { #expect(history.text.contains(word), "\(word): \(history.text)") }
    #expect(!history.text.contains("EXAMPLE"))

    // December: unlinked.
    advance(30)
    try provider.succeed(provider.run(["remove", "depot/works", "--yes"]))
    #expect(provider.run(["status"]).status == 0)
    #expect(provider.run(["history", "depot/works"]).status == 8)
  }
}

extension DatedProvider {
  fileprivate func succeed(_ ended: ChildProcess) throws {
    try #require(ended.status == 0, "\(ended.text)\(ended.errorText)")
  }

  fileprivate func replace(_ key: String) -> ChildProcess {
    run(
      ["replace", "depot", "--from", "-", "--ca", authority],
      input: #"{"credentials": {"apiKey": "\#(key)"}}"#)
  }

  fileprivate func key() throws -> String {
    let got = run(["get", "depot", "apiKey"])
    try succeed(got)
    return String(got.text.prefix { !$0.isNewline })
  }
}
