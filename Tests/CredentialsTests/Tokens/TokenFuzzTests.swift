import Basics
import Requests
import TestSupport
import Testing

/// Whatever an entry holds and whatever a provider answers: a check ends, and says something.
@Suite struct TokenFuzz {
  private static let templates = [
    "${credentials.a}", "${a}", "||", "${connectionConfig.b}", "https://a.example/", "${", "}", "x",
    "${step1.t}", "${base64(${a})}", "${random}", "${now}", "/", "?", "%2", "é", "${credentials.}",
  ]
  private static let answers = [
    "{", "}", "[", "]", ":", ",", "\"token\"", "\"t\"", "1", "1e999", "null", "true", "\"",
    "\\u0000",
    "<r>", "</r>", "<token>", "</token>", "&#65;", "error=", "invalid_client", "&", "=",
    "\"error\":\"invalid_grant\"", "{\"token\":\"x\"}", "\u{1B}", "é",
  ]

  private static func text(_ pieces: [String], _ random: inout SeededRandom, upTo most: Int)
    -> String
  {
    (0..<random.below(most)).map { _ in pieces[random.below(pieces.count)] }.joined()
  }

  @Test func `every entry and every answer comes to an end`() {
    var random = SeededRandom(seed: 20_260)
    let modes = ["OAUTH2_CC", "TWO_STEP", "BILL"]
    let formats = ["form", "json", "xml", "query"]
    for _ in 0..<1500 {
      var entry = Value.Map()
      entry["auth_mode"] = .string(modes[random.below(3)])
      entry["body_format"] = .string(formats[random.below(4)])
      entry["token_url"] = .string(
        "https://a.example/" + Self.text(Self.templates, &random, upTo: 3))
      var parameters = Value.Map()
      parameters["p"] = .string(Self.text(Self.templates, &random, upTo: 5))
      entry["token_params"] = .map(parameters)
      var response = Value.Map()
      response["token"] = .string("token")
      entry["token_response"] = .map(response)
      let session = SessionUnderTest(
        Value.map(entry).json,
        [
          "credentials.a": Self.text(Self.templates, &random, upTo: 4), "params.b": "${a}",
          "credentials.client_id": "||", "credentials.client_secret": "${client_id}",
        ])
      guard session.next().hasPrefix("POST") else { continue }
      session.answer(200 + random.below(2) * 200, Self.text(Self.answers, &random, upTo: 12))
      #expect(!session.diagnosis.sentence.isEmpty)
    }
  }

  private static let modes = [
    #"{"auth_mode":"OAUTH2_CC","token_url":"https://a.example/token"}"#,
    #"{"auth_mode":"TWO_STEP","token_url":"https://a.example/token","token_response":{"token":"t"}}"#,
    #"{"auth_mode":"BILL","token_url":"https://a.example/login"}"#,
    """
    {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
     "verification":{"method":"GET","endpoints":["/me"]}}}
    """,
  ]

  @Test(arguments: modes, [200, 400])
  func `answers of the greatest size and depth come to an end`(entry: String, status: Int) {
    let megabyte = 1 << 20
    let bodies = [
      String(repeating: "[", count: megabyte), String(repeating: "<a>", count: megabyte / 3),
      #"{"access_token":""# + String(repeating: "t", count: megabyte - 20) + #""}"#,
      #"{"access_token":"t","expires_in":"# + String(repeating: "9", count: megabyte - 40) + "}",
      "<a>" + String(repeating: "&amp;", count: megabyte / 5 - 2) + "</a>",
      "error=" + String(repeating: "&error", count: megabyte / 6 - 1),
    ]
    for body in bodies {
      let session = SessionUnderTest(
        entry,
        [
          "credentials.client_id": "a", "credentials.client_secret": "b",
          "credentials.username": "a", "credentials.password": "b",
          "credentials.organization_id": "c", "credentials.dev_key": "d",
        ])
      #expect(session.next().contains(" https://a.example/"))
      session.answer(status, body)
      #expect(!session.diagnosis.sentence.isEmpty)
    }
  }
}
