import Basics
import Requests
import Secrets
import TestSupport
import Testing

/// Whatever an entry says and whatever a provider answers: a call ends, writes valid JSON, and keeps the secret.
@Suite struct CallFuzz {
  private static let pages = [
    #"{"type":"cursor","cursor_path_in_response":"n","cursor_name_in_request":"c.d"}"#,
    #"{"type":"cursor","cursor_path_in_response":"n","cursor_name_in_request":"c","response_path":"i"}"#,
    #"{"type":"link","link_path_in_response_body":"n","response_path":"i"}"#,
    #"{"type":"link","link_rel_in_response_header":"next"}"#,
    #"{"type":"offset","offset_name_in_request":"skip","response_path":"i"}"#,
    #"{"type":"offset","offset_name_in_request":"page"}"#, "{}",
  ]
  private static let pieces = [
    "{", "}", "[", "]", ":", ",", "\"i\":[1,{\"a\":2}]", "\"n\":", "\"/p?x=2\"", "1", "9e999",
    "null", "true", "\"key-EXAMPLE-0001\"", "{\"i\":[1],\"n\":2}", "{\"i\":[{}],\"n\":\"/q\"}",
    "\"\\ud800\"", "<r>", "</r>", "<html>", "a=b&", "\"error\":\"x\"", "\n", " ", "é", "\u{0}",
    "[1,2]", "{\"n\":\"https://b.example/\"}",
  ]
  private static let headers = [
    ("Link", "<https://api.acme.example/n>; rel=next"), ("Link", "<//b.example>; rel=next"),
    ("Retry-After", "1"), ("retry-after", "-5"), ("x-left", "0"), ("x-at", "99999999999999999"),
    ("Date", "never"), ("Location", "https://key-EXAMPLE-0001.example/"),
    ("content-type", "text/xml"),
  ]
  private static let statuses = [
    200, 200, 200, 200, 201, 204, 301, 304, 400, 401, 403, 429, 503, 0, -1, 999,
  ]

  private static func text(_ random: inout SeededRandom) -> String {
    (0..<random.below(9)).map { _ in pieces[random.below(pieces.count)] }.joined()
  }

  private static func answer(_ session: CallUnderTest, _ random: inout SeededRandom) {
    let headers = (0..<random.below(3)).map { _ in Self.headers[random.below(Self.headers.count)] }
    let status = statuses[random.below(statuses.count)]
    switch random.below(12) {
    case 0:
      session.fail(
        Diagnosis.Cause.allCases[random.below(Diagnosis.Cause.allCases.count)], "key-EXAMPLE-0001")
    case 1: session.stop()
    case 2: session.answer(status, text(&random), headers: headers, cut: .init(.timeout, nil))
    default: session.answer(status, text(&random), headers: headers)
    }
  }

  @Test func `every call comes to an end, and what it wrote is a document`() {
    var random = SeededRandom(seed: 16)
    for _ in 0..<3000 {
      var options = CallOptions()
      options.retries = random.below(3)
      let form = CallPaging.Form.allCases[random.below(3)]
      options.paging = CallPaging(form: form, pageSize: nil, mostPages: 1 + random.below(5))
      options.tellsHeads = random.below(2) == 0
      let session = CallUnderTest(
        """
        {"display_name":"Acme","auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string"}},
         "proxy":{"base_url":"\(CallUnderTest.host)","paginate":\(Self.pages[random.below(7)]),
          "headers":{"x-key":"${apiKey}"},
          "retry":{"at":["x-at"],"after":["retry-after"],"remaining":"x-left"}}}
        """, APICall(random.below(4) == 0 ? "POST /i" : "/i"),
        ["credentials.apiKey": "key-EXAMPLE-0001"], options: options)
      var steps = 0
      while session.outcome == nil, steps < 100 {
        let next = session.next()
        steps += 1
        if next.contains("https://") {
          #expect(next.contains(" https://api.acme.example/"))
          Self.answer(session, &random)
        }
        if let head = session.sentHead { #expect(!"\(head)".contains("EXAMPLE")) }
      }
      #expect(steps < 100)
      #expect(!"\(String(describing: session.outcome))".contains("key-EXAMPLE"))
      Self.check(session.output, form)
    }
  }

  private static func check(_ output: String, _ form: CallPaging.Form) {
    if output.isEmpty { return }
    let documents =
      form == .lines ? output.split(separator: "\n").map(String.init) : [output]
    for document in documents {
      document.withBytes { bytes in
        var limits = JSONLimits.answers
        limits.takesHalfPairs = true
        var reader = JSONReader(limits: limits)
        #expect((try? reader.skip(bytes)) != nil && (try? reader.end(bytes)) != nil, "\(document)")
      }
    }
  }
}
