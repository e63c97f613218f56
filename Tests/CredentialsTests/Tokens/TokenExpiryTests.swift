import Basics
import Requests
import Testing

@Suite struct TokenExpiries {
  private static let now: Int64 = 1_800_000_000

  /// The end of a token in seconds from the moment of the check; nil when it is not known.
  private static func end(
    _ value: String, strategy: String? = nil, hasPath: Bool = true, life: String? = nil,
    token: String = "t"
  ) -> Int64? {
    var response = #""token":"token""#
    if hasPath { response += #","token_expiration":"end""# }
    if let strategy { response += #","token_expiration_strategy":"\#(strategy)""# }
    let fixed = life.map { #","token_expires_in_ms":\#($0)"# } ?? ""
    return diagnosis(response, fixed, value, token).tokenExpires.map { $0.secondsSinceEpoch - now }
  }

  private static func diagnosis(
    _ response: String, _ fixed: String, _ value: String, _ token: String
  ) -> Diagnosis {
    let session = SessionUnderTest(
      """
      {"auth_mode":"TWO_STEP","token_url":"https://a.example/t","token_response":{\(response)}\(fixed)}
      """, [:], now: now)
    _ = session.next()
    session.answer(200, #"{"token":"\#(token)","end":\#(value)}"#)
    return session.diagnosis
  }

  @Test(
    arguments: [
      ("0", nil), (#""0""#, nil), ("0.0", nil), (#""0s""#, nil), ("60", 60), (#""60""#, 60),
      (#""2h""#, 7200), (#""90 minutes""#, 5400), (#""1.5d""#, 129_600),
      (#""500ms""#, 0), (#""soon""#, nil), ("-5", nil), ("1e300", nil), ("null", nil),
      ("999999999999999999999", nil), (#""nan""#, nil), (#""inf""#, nil),
      (#""2027-01-15T08:01:00Z""#, 60), ("1800000060", 60),
    ] as [(String, Int64?)])
  func `a period counts from now`(value: String, end: Int64?) {
    #expect(Self.end(value, strategy: "expireIn") == end)
  }

  @Test(
    arguments: [
      ("1800000060", 60), ("1800000060000", 60), (#""2027-01-15T08:01:00Z""#, 60),
      (#""1:02:03""#, 93_780), (#""99999999:0:0""#, nil), (#""never""#, nil), ("{}", nil),
    ] as [(String, Int64?)])
  func `a moment is read in all the ways that are sent`(value: String, end: Int64?) {
    #expect(Self.end(value, strategy: "expireAt") == end)
    #expect(Self.end(value) == end)
  }

  @Test(
    arguments: [
      ("expireIn", #""soon""#, "soon"), ("expireIn", "-5", "-5"), ("expireIn", "0", nil),
      ("expireIn", #""never""#, nil), ("expireIn", "60", nil), ("expireIn", "null", nil),
      ("expireAt", #""31.02.2027""#, "31.02.2027"), ("expireAt", #""-1""#, nil),
      ("expireAt", "1800000060", nil), ("expireAt", "3600", "3600"),
      ("expireAt", #""\#(String(repeating: "x", count: 65))""#, "…"),
      ("expireAt", #""tok_EXAMPLE""#, "‹redacted›"),
    ] as [(String, String, String?)])
  func `an end that cannot be read is told`(strategy: String, value: String, unread: String?) {
    let response =
      #""token":"token","token_expiration":"end","token_expiration_strategy":"\#(strategy)""#
    let diagnosis = Self.diagnosis(response, "", value, "tok_EXAMPLE")
    #expect(diagnosis.kind == .accepted)
    #expect(diagnosis.unreadTokenExpiry == unread)
  }

  @Test func `without a place for it the entry's own life counts, and 0 is none`() {
    #expect(Self.end("1", hasPath: false, life: "900000") == 900)
    #expect(Self.end("1", hasPath: false, life: "0") == nil)
    #expect(Self.end("1", hasPath: false) == nil)
  }

  @Test func `a web token that says its end is believed a quarter of an hour less`() {
    // {"exp":1800003600}
    let token = "e30.eyJleHAiOjE4MDAwMDM2MDB9.c2ln"
    #expect(Self.end("null", token: token) == 2700)
    #expect(Self.end("60", strategy: "expireIn", token: token) == 60)
    #expect(Self.end("null", token: "e30.####.c2ln") == nil)
  }
}
