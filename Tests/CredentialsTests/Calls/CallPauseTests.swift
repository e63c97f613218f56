import Basics
import Requests
import Testing

/// How long nothing is asked before a further try.
@Suite struct CallPauses {
  /// Rows of the table in `TokensAndCalls`.
  @Test(
    arguments: [
      (#"{"after":["X-Wait"]}"#, [("x-wait", "7")], 7),
      (#"{"after":["x-wait","y-wait"]}"#, [("X-Wait", "7"), ("Y-Wait", "9.2")], 10),
      (#"{"after":["x-wait"]}"#, [("x-wait", "0")], 0),
      (#"{"after":["x-wait"]}"#, [("x-wait", "Sun, 09 Sep 2001 01:46:50 GMT")], 10),
      (#"{"after":["x-wait"]}"#, [("x-wait", "soon")], 3), (#"{"after":["x-wait"]}"#, [], 3),
      (#"{"at":["x-at"]}"#, [("x-at", "1000000020")], 20),
      (#"{"at":["x-at"]}"#, [("x-at", "1000000020000")], 20),
      (#"{"at":["x-at"]}"#, [("x-at", "2001-09-09T01:46:45Z")], 5),
      (#"{"at":["x-at","y-at"]}"#, [("x-at", "1000000020"), ("y-at", "1000000030")], 30),
      (#"{"at":["x-at"]}"#, [("x-at", "999999999")], 3),
      (#"{"at":["x-at"]}"#, [("x-at", "20")], 3),
      (#"{"at":["x-at"],"after":["x-wait"]}"#, [("x-at", "1000000008"), ("x-wait", "30")], 8),
      (#"{"at":["x-at"],"after":["x-wait"]}"#, [("x-at", "999999999"), ("x-wait", "30")], 30),
      // By the clock of whoever wrote it.
      (
        #"{"at":["x-at"]}"#,
        [("x-at", "1000000020"), ("Date", "Sun, 09 Sep 2001 01:46:45 GMT")], 15
      ),
      ("{}", [("Retry-After", "11")], 11), (#"{"after":["x-wait"]}"#, [("Retry-After", "11")], 11),
      ("{}", [("x-ratelimit-reset", "11")], 3),
    ] as [(String, [(name: String, value: String)], Int64)])
  func `the provider says when to ask again`(
    retry: String, headers: [(name: String, value: String)], seconds: Int64
  ) {
    let session = CallRetries.session(retry)
    _ = session.next()
    session.answer(429, headers: headers)
    #expect(session.next() == CallRetries.wait(seconds, status: 429))
  }

  @Test(arguments: [
    ("User-rate limit exceeded.  Retry after 2001-09-09T01:46:59.000Z", 19),
    ("User-rate limit exceeded.  Retry after never", 3), ("something else", 3),
  ])
  func `it may say so in its words, by an expression between slashes`(
    message: String, seconds: Int64
  ) {
    let session = CallRetries.session(
      """
      {"error_code":["403"],"in_body":{"path":"error.message","strategy":"at",
       "value":"/User-rate limit exceeded\\\\. +Retry after (.+)/"}}
      """)
    _ = session.next()
    session.answer(403, Value.map([("error", .map([("message", .string(message))]))]).json)
    #expect(session.next() == CallRetries.wait(seconds, status: 403))
  }

  @Test func `nothing is waited for that is too long, and it is said how long it would be`() {
    let session = CallRetries.session { $0.maxWait = 60 }
    _ = session.next()
    session.answer(429, headers: [("retry-after", "61")])
    #expect(session.next() == "done 6")
    #expect(session.outcome?.diagnosis?.wait == 61)
    #expect(session.outcome?.diagnosis?.sentence.contains("61 seconds, and at most 60") == true)
    #expect(session.outcome?.diagnosis?.nextStep.contains("--max-wait 61") == true)
  }

  @Test func `pauses of our own end at ten minutes, and at the longest that is waited`() {
    let session = CallRetries.session {
      $0.maxWait = 1000
      $0.retries = 10
    }
    var pauses: [String] = []
    for _ in 0..<10 {
      _ = session.next()
      session.answer(503)
      pauses.append(String(session.next().split(separator: " ")[1]))
    }
    #expect(pauses == ["3", "6", "12", "24", "48", "96", "192", "384", "600", "600"])
  }

  @Test func `without tries left it is still said when to ask again`() {
    let session = CallRetries.session { $0.retries = 0 }
    _ = session.next()
    session.answer(429, headers: [("retry-after", "7")])
    #expect(session.next() == "done 6")
    #expect(session.outcome?.diagnosis?.wait == 7)
    #expect(session.outcome?.diagnosis?.nextStep == "Try again in 7 seconds.")
  }
}
