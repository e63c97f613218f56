import Requests
import Testing

/// What a refusal means where the credentials sign what is sent.
@Suite struct SignedRefusals {
  private static let now: Int64 = 1_787_576_709

  private static let signature = """
    {"display_name":"Acme","auth_mode":"SIGNATURE","signature":{"protocol":"WSSE"},
     "proxy":{"base_url":"https://api.acme.example","headers":{"x-wsse":"${accessToken}"},
      "verification":{"endpoints":["/v2/settings"]}}}
    """

  private func diagnosis(_ status: Int, _ body: String = "", date: String? = nil) -> Diagnosis {
    let session = SessionUnderTest(
      Self.signature, ["credentials.username": "ann", "credentials.password": "p-EXAMPLE"],
      now: Self.now)
    _ = session.next()
    session.answer(status, body, headers: date.map { [("Date", $0)] } ?? [])
    return session.diagnosis
  }

  @Test func `a refusal speaks of the key and what belongs to it, not of copying it again`() {
    let refused = diagnosis(401)
    #expect(
      refused.sentence
        == "Acme refuses what was signed: it does not know the key, or the values do not belong together."
    )
    #expect(
      refused.nextStep == "Check that Password belongs to User Name and is registered with Acme.")
    #expect(
      diagnosis(403, #"{"message":"You lack the permission for it"}"#).nextStep
        == "Check that Password belongs to User Name and is registered with Acme, and has the right that the check needs."
    )
  }

  @Test(arguments: [
    ("Mon, 24 Aug 2026 12:53:00 GMT", "12 minutes ahead of"),
    ("Mon, 24 Aug 2026 15:05:10 GMT", "2 hours behind"),
    ("Sun, 23 Aug 2026 13:05:09 GMT", "1 day ahead of"),
    ("Mon, 24 Aug 2026 13:04:24 GMT", "45 seconds ahead of"),
    ("Mon Aug 24 13:05:20 2026", "11 seconds behind"),
  ])
  func `a clock that is off is named before the key is`(date: String, words: String) {
    for status in [401, 403] {
      let found = diagnosis(status, date: date)
      #expect(found.sentence.contains("this machine's clock is \(words) its own"))
      #expect(found.nextStep == "Set this machine's clock, and check again.")
      #expect(found.kind == .unclear)
    }
  }

  @Test(arguments: ["Mon, 24 Aug 2026 13:05:19 GMT", "yesterday", ""])
  func `a clock that agrees, or a date that is none, says nothing`(date: String) {
    #expect(diagnosis(401, date: date) == diagnosis(401))
  }

  @Test(arguments: [
    #"{"message":"'Issued at' claim ('iat') is in the future"}"#,
    #"{"error":"It was used too early"}"#,
    #"{"message":"Signature expired"}"#, #"{"message":"jwt expired"}"#,
  ])
  func `words about time name the clock where no date does`(body: String) {
    let found = diagnosis(401, body)
    #expect(found.kind == .unclear)
    #expect(found.sentence.contains("clock"))
    #expect(found.providerSays != nil)
  }

  @Test func `a right that is missing is no matter of a clock`() {
    let found = diagnosis(
      403, #"{"message":"This needs the scope read"}"#, date: "Mon, 24 Aug 2026 12:53:00 GMT")
    #expect(found.kind == .lacksRight)
  }

  @Test func `an answer that refuses nothing is not explained by the clock`() {
    #expect(diagnosis(500, date: "Mon, 24 Aug 2020 13:05:09 GMT") == diagnosis(500))
  }
}
