import Basics
import Testing

@Suite struct Timestamps {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
    (951_782_400, "2000-02-29T00:00:00Z"), (951_868_800, "2000-03-01T00:00:00Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
  ])
  func `a moment is written and read the same way`(seconds: Int64, text: String) {
    let moment = Timestamp(secondsSinceEpoch: seconds)
    #expect(moment.description == text)
    #expect(Timestamp(text) == moment)
  }

  @Test func `every day of 400 years comes back`() {
    for day in stride(from: Int64(-73_000), to: 73_100, by: 1) {
      let moment = Timestamp(secondsSinceEpoch: day * 86_400 + 3_661)
      #expect(Timestamp(moment.calendar) == moment)
    }
  }

  @Test func `a moment beyond the calendar does not crash`() {
    #expect(Timestamp(secondsSinceEpoch: .max).description == "9999-12-31T23:59:59Z")
    #expect(Timestamp(secondsSinceEpoch: .min).description == "0001-01-01T00:00:00Z")
    let (early, late) = (Timestamp(secondsSinceEpoch: .min), Timestamp(secondsSinceEpoch: .max))
    #expect(early.relative(to: late).hasSuffix("ago"))
    #expect(late.relative(to: early).hasPrefix("in "))
  }

  @Test(arguments: [
    "2026-08-24T13:05:09Z", "2026-08-24T13:05:09.123456789Z", "2026-08-24t13:05:09z",
    "2026-08-24 13:05:09", "2026-08-24 13:05:09 UTC", "2026-08-24T13:05:09", "1787576709",
    "2026-08-24T15:05:09+02:00", "2026-08-24T08:05:09-0500", "2026-08-24T15:05:09+02",
    "1787576709000", "1787576709.25", "Mon, 24 Aug 2026 13:05:09 GMT",
    "24 Aug 2026 13:05:09 +0000", "Monday, 24-Aug-26 13:05:09 GMT", "Mon Aug 24 13:05:09 2026",
    "Mon Aug 24 13:05:09 UTC 2026", "20260824T130509Z", "20260824T130509.123Z",
    "20260824T150509+0200", "20260824130509", "/Date(1787576709000)/", "/Date(1787576709000+0200)/",
    "Date(1787576709123)", "1787576709123456", "1787576709123456789", "1.787576709E9",
    "2026/08/24 13:05:09", "August 24, 2026 1:05:09 PM", "Aug 24, 2026 13:05:09",
    "24 August 2026 13:05:09 GMT", "Mon, 24-Aug-2026 13:05:09 GMT",
  ])
  func `dates are read as providers write them`(text: String) {
    #expect(Timestamp(providerText: text)?.description == "2026-08-24T13:05:09Z")
  }

  @Test(arguments: [
    "", "never", "2026", "2026-13-01", "2026-02-30", "2026-08-24T25:00:00Z", "2026-08-24T13:05:09X",
    "2026-08-24T13:05:09+", "2026-08-24T13:05:09+25:00", "99999999999999999999", "-5", "12345",
    "24 Foo 2026 13:05:09 GMT", "2026-08-24T13:05:09Z trailing", "/Date(x)/", "/Date()/",
    "in 3 days",
    "08/24/2026", "Mon Aug 24 13:05:09", "20261301", "20260824T13", "2026-08/24",
  ])
  func `what is no date is not taken for one`(text: String) {
    #expect(Timestamp(providerText: text) == nil)
  }

  @Test func `a day without a time is its midnight`() {
    #expect(Timestamp(providerText: "2026-08-24")?.description == "2026-08-24T00:00:00Z")
    #expect(Timestamp(providerText: "2026-08-24T13:05")?.description == "2026-08-24T13:05:00Z")
    #expect(Timestamp(secondsSinceEpoch: 0).day == "1970-01-01")
    for text in ["20260824", "24 Aug 2026", "Aug 24, 2026", "24-Aug-26", "2026/08/24"] {
      #expect(Timestamp(providerText: text)?.description == "2026-08-24T00:00:00Z", "\(text)")
    }
    // A day of one digit is padded with a blank, and two digits of a year lie around 2018.
    #expect(
      Timestamp(providerText: "Sun Nov  6 08:49:37 1994")?.description == "1994-11-06T08:49:37Z")
    #expect(
      Timestamp(providerText: "Sunday, 06-Nov-94 08:49:37 GMT")?.description
        == "1994-11-06T08:49:37Z")
    #expect(Timestamp(providerText: "/Date(-1000)/")?.secondsSinceEpoch == -1)
  }

  static let differences: [(Int64, String)] = [
    (0, "just now"), (59, "in a moment"), (-59, "just now"), (60, "in 1 minute"),
    (-3599, "59 minutes ago"), (7200, "in 2 hours"), (169_200, "in 47 hours"),
    (172_800, "in 2 days"), (-259_200, "3 days ago"), (7_775_999, "in 90 days"),
    (2 * 86_400 + 50_000, "in 3 days"), (172_799, "in 47 hours"),
    (12_960_000, "in 4 months"), (-69_120_000, "2 years ago"),
  ]

  @Test(arguments: differences)
  func `differences are told in whole units`(seconds: Int64, words: String) {
    let now = Timestamp(secondsSinceEpoch: 1_787_576_709)
    let moment = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + seconds)
    #expect(moment.relative(to: now) == words)
  }
}
