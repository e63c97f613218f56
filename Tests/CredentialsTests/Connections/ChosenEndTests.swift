import Basics
import Connections
import Testing

@Suite("the end that somebody has chosen")
struct ChosenEndTests {
  /// 2027-01-31T10:20:30Z
  private static let now = Timestamp(
    CalendarTime(year: 2027, month: 1, day: 31, hour: 10, minute: 20, second: 30))!

  @Test(arguments: [
    ("1d", "2027-02-01T10:20:30Z"), ("90d", "2027-05-01T10:20:30Z"),
    ("12w", "2027-04-25T10:20:30Z"), ("1m", "2027-02-28T10:20:30Z"),
    ("6m", "2027-07-31T10:20:30Z"), ("13m", "2028-02-29T10:20:30Z"),
    ("1y", "2028-01-31T10:20:30Z"), ("10y", "2037-01-31T10:20:30Z"),
    (" 90 Days ", "2027-05-01T10:20:30Z"), ("1 year", "2028-01-31T10:20:30Z"),
    ("2027-03-01", "2027-03-01T00:00:00Z"), ("2027-03-01T12:00:00+02:00", "2027-03-01T10:00:00Z"),
    ("2027-03-01t12:00:00z", "2027-03-01T12:00:00Z"),
  ])
  func `a length of time, a date or a time is read`(text: String, end: String) throws {
    #expect(try ChosenEnd(text, now: Self.now).moment?.description == end)
  }

  @Test func `never is no end`() throws {
    #expect(try ChosenEnd("never", now: Self.now).moment == nil)
    #expect(try ChosenEnd(" NEVER\n", now: Self.now).moment == nil)
  }

  @Test(arguments: [
    ("", ChosenEndError.unreadable), ("90", .unreadable), ("d", .unreadable), ("90x", .unreadable),
    ("-90d", .unreadable), ("1.5y", .unreadable), ("٣d", .unreadable), ("90  d ays", .unreadable),
    ("2027-02-30", .unreadable), ("01.03.2027", .unreadable), ("1798772645", .unreadable),
    ("tomorrow", .unreadable), ("0d", .past), ("2027-01-31", .past),
    ("2027-01-31T10:20:30Z", .past),
    ("1999-12-31", .past), ("11y", .tooFar), ("121m", .tooFar), ("9999-12-31", .tooFar),
    ("99999999999999999999d", .tooFar), ("9223372036854775807w", .tooFar),
  ])
  func `what is no end is refused, and not repeated`(text: String, error: ChosenEndError) {
    #expect(throws: error) { try ChosenEnd(text, now: Self.now) }
    let explanation = error.explanation
    #expect(explanation.advice != nil)
    let words = [explanation.what, explanation.why ?? ""].joined(separator: " ")
    #expect(text.utf8.count < 4 || !words.contains(text))
  }
}
