import Basics
import Drafts
import Requests
import Secrets
import Testing

@Suite struct Moments {
  @Test func `a seed's own bytes come first, and then a stream that never ends`() throws {
    var randomSource = try #require(RandomSource(hex: "0102030405"))
    #expect(randomSource.bytes(2) == [1, 2])
    #expect(randomSource.bytes(2) == [3, 4])
    // SHA-256 of 01 02 03 04 05 and eight zero bytes begins with these.
    let next = randomSource.bytes(4)
    #expect(next == [5, 0x5B, 0x65, 0x95])
    var again = RandomSource(seed: [1, 2, 3, 4, 5])
    #expect(again.bytes(100).count == 100)
  }

  @Test(arguments: ["", "0", "0g", "é0", String(repeating: "00", count: 1025)])
  func `what is no seed is none`(text: String) {
    #expect(RandomSource(hex: text) == nil)
  }

  @Test func `a seed gives a UUID of its bytes`() {
    var randomSource = RandomSource(seed: Array(0...15))
    #expect(randomSource.uuid() == "00010203-0405-4607-8809-0a0b0c0d0e0f")
    var other = RandomSource()
    #expect(other.uuid() != other.uuid())
  }

  @Test func `a plan at a fixed moment is the same each time`() throws {
    let json = """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
       "headers":{"x-id":"${random}","x-at":"${now:X}"},"verification":{"endpoints":["/"]}}}
      """
    let submission = Submission(
      provider: Fixture.provider(json), values: SecretValues(fixture: ["credentials.apiKey": "k"]))
    let moment = ReplayContext(
      now: Timestamp(secondsSinceEpoch: 1_800_000_000), randomSource: RandomSource(seed: [7]))
    let first = try CheckSession.plan(submission, at: moment).json().fixtureText
    let second = try CheckSession.plan(submission, at: moment).json().fixtureText
    #expect(first == second)
    #expect(first.contains(#""x-at":"1800000000""#))
  }
}
