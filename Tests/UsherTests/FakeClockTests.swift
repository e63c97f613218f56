import Basics
import LoopbackSupport
import TestSupport
import Testing

/// The program weeks and months later: what it tells of ends, and what its helper process takes for now.
@Suite(
  .enabled(if: FakeClock.tool != nil, "needs faketime"),
  .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct FakeClockTests {
  @Test func `a key that ends in 30 days is told of in time, and when it has ended`() async throws {
    let provider = try await DatedProvider(UsherProgram())
    var clock = FakeClock()
    provider.issue("key-one-EXAMPLE", days: 30)
    let linked = provider.link("key-one-EXAMPLE")
    #expect(linked.status == 0, "\(linked.errorText)")
    let early = provider.run(["status"])
    #expect(early.status == 0 && early.text.contains("good, expires in"), "\(early.text)")

    clock.advance(days: 20, hours: -1)
    provider.set(clock)
    let late = provider.run(["status"])
    #expect(late.status == 1)
    #expect(
      late.text.contains("expires in 10 days  usher replace depot"), "\(late.text)")

    clock.advance(days: 11, hours: 2)
    provider.set(clock)
    let over = provider.run(["status"])
    #expect(over.status == 1)
    #expect(
      over.text.contains("ended 1 day ago") || over.text.contains("ended 25 hours ago"),
      "\(over.text)")
    let checked = provider.run(["check", "depot", "--ca", provider.options[3]])
    #expect(checked.status == 5, "\(checked.text)\(checked.errorText)")
  }

  @Test
  func `the helper process goes by the program's clock, and by the machine's for certificates`()
    async throws
  {
    let provider = try await DatedProvider(UsherProgram())
    var clock = FakeClock()
    // Far beyond the end of the server's certificate.
    clock.advance(days: 20 * 366)
    provider.set(clock)
    provider.issue("key-one-EXAMPLE", days: 30)
    let linked = provider.link("key-one-EXAMPLE")
    #expect(linked.status == 0, "\(linked.errorText)")
    let day = Timestamp(secondsSinceEpoch: clock.now).description.prefix(10)
    #expect(provider.server.requests.last?.header("x-date") == String(day))
    let shown = provider.run(["show", "depot", "--json"])
    #expect(shown.text.contains("\"\(day)T"), "\(shown.text)")
  }
}
