import Basics
import Drafts
import Requests
import Secrets
import Testing

/// Tokens that are sent are dated back a little; those that are only shown are dated as the entry declares.
@Suite struct Backdating {
  private static func payload(life: Int, payload: String = #"{"iss":"ann"}"#) throws -> Value {
    let entry = """
      {"auth_mode":"JWT","token":{"signing_key":"${credentials.key}","expires_in_ms":\(life * 1000),
       "hmac_secret_encoding":"utf8","header":{"alg":"HS256"},"payload":\(payload)},
       "proxy":{"base_url":"https://a.example","verification":{"endpoints":["/me"]}}}
      """
    let session = SessionUnderTest(
      Submission(
        provider: Fixture.provider(entry),
        values: SecretValues(fixture: ["credentials.key": "a-secret-of-some-length-EXAMPLE"])))
    return try Value(json: TokenParts(behind: "Bearer ", in: session.next()).payload)
  }

  @Test(arguments: [(3600, 60), (300, 60), (60, 12), (10, 2)])
  func `by a minute, or a fifth of its life`(life: Int, back: Int) throws {
    let before = Int(Timestamp.now().secondsSinceEpoch)
    let payload = try Self.payload(life: life)
    let issued = try #require(payload["iat"]?.text.flatMap { Int($0) })
    #expect((before - back...before - back + 5).contains(issued))
    #expect(payload["exp"]?.text == String(issued + life))
  }

  @Test func `what the entry writes of the time goes along`() throws {
    let before = Int(Timestamp.now().secondsSinceEpoch)
    let payload = try Self.payload(life: 600, payload: #"{"iat":"${now:X}","nbf":"${now:X}"}"#)
    for name in ["iat", "nbf"] {
      let time = try #require(payload[name]?.text.flatMap { Int($0) })
      #expect((before - 60...before - 55).contains(time))
    }
  }

  @Test func `a dry run shows the declared form`() throws {
    let entry = """
      {"auth_mode":"JWT","token":{"signing_key":"${credentials.key}","expires_in_ms":600000,
       "hmac_secret_encoding":"utf8","header":{"alg":"HS256"},"payload":{"iss":"ann"}},
       "proxy":{"base_url":"https://a.example","verification":{"endpoints":["/me"]}}}
      """
    let submission = Submission(
      provider: Fixture.provider(entry),
      values: SecretValues(fixture: ["credentials.key": "a-secret-of-some-length-EXAMPLE"]))
    let moment = ReplayContext(now: Timestamp(secondsSinceEpoch: 1_787_576_709))
    let text = try CheckSession.plan(submission, at: moment).json(revealing: true).fixtureText
    let request = try #require(Value(json: text)["requests"]?.list?.first)
    let header = try #require(request["headers"]?["authorization"]?.text)
    #expect(
      TokenParts(behind: "Bearer ", in: header).payload
        == #"{"iss":"ann","iat":1787576709,"exp":1787577309}"#)
  }
}
