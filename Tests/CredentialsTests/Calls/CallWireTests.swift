import Basics
import Requests
import Secrets
import Testing

/// Calls, and what is told of them, on their way between processes.
@Suite struct CallsAsJSON {
  private static func written(_ write: (inout SecretJSONWriter) -> Void) -> String {
    var json = SecretJSONWriter()
    write(&json)
    return json.finish()?.fixtureText ?? ""
  }

  private static func read<T: ~Copyable>(
    _ text: String, _ read: (RawSpan, inout JSONReader) throws(JSONError) -> T?
  ) -> T? {
    text.withBytes { bytes in
      var reader = JSONReader()
      return (try? read(bytes, &reader)) ?? nil
    }
  }

  private static func rewritten(_ text: String) -> String? {
    guard let request = read(text, CallRequest.read) else { return nil }
    return written { request.write(to: &$0) }
  }

  private static let options = #""options":{"max_wait":60,"timeout":60}"#

  @Test(arguments: [
    #"{"target":{"path":"/a"},"query":[],"headers":[],\#(options)}"#,
    #"{"method":"PUT","base":"https://a.example","target":{"address":"https://a.example/x"},"#
      + #""query":[["a","1"],["a","2"]],"headers":[["x","y"]],"#
      + #""body":{"content":"AAH/","type":"a/b"},"options":{"retries":0,"retry_on":["5xx"],"#
      + #""max_wait":1,"timeout":2,"paging":{"form":"pages","size":5,"most":7},"tells_heads":true}}"#,
    #"{"target":{"link":"x"},"query":[],"headers":[],"stream":{"length":7,"repeatable":true},\#(options)}"#,
    #"{"target":{"link":"x"},"query":[],"headers":[],"stream":{"type":"a/b","repeatable":false},\#(options)}"#,
    #"{"target":{"link":"x"},"query":[],"headers":[],"body":{"content":""},\#(options)}"#,
  ])
  func `a call that is written is read again`(text: String) {
    #expect(Self.rewritten(text) == text)
  }

  @Test(arguments: [
    "{}", #"{"target":{},"query":[],"headers":[],\#(options)}"#,
    #"{"target":{"path":"/a","link":"b"},"query":[],"headers":[],\#(options)}"#,
    #"{"target":{"path":"/a"},"query":[["a"]],"headers":[],\#(options)}"#,
    #"{"target":{"path":"/a"},"query":[],"headers":[],"more":1,\#(options)}"#,
    #"{"target":{"path":"/a"},"query":[],"headers":[]}"#,
    #"{"target":{"path":"/a"},"query":[],"headers":[],"options":{"more":1}}"#,
    #"{"target":{"path":"/a"},"query":[],"headers":[],"options":{"paging":{"form":"odd","most":1}}}"#,
    #"{"target":{"path":"/a"},"query":[],"headers":[],"body":{"content":"?"},\#(options)}"#,
    #"{"target":{"path":"/a"},"query":[],"headers":[],"stream":{"length":-1,"repeatable":true},\#(options)}"#,
    #"{"target":{"path":"/a"},"query":[],"headers":[],"stream":{"length":1},\#(options)}"#, "[]",
  ])
  func `anything else is refused`(text: String) { #expect(Self.rewritten(text) == nil) }

  @Test func `a body of the greatest length fits a message`() {
    let body = CallBody.content(SecretBuffer(random: CallBody.contentLimit), type: nil)
    let request = CallRequest(APICall(target: .path("/")), body: body)
    var json = SecretJSONWriter()
    request.write(to: &json)
    let isWritten = json.finish() != nil
    #expect(isWritten)
  }

  @Test func `an outcome is read again, whatever bytes its body has`() {
    var diagnosis = Diagnosis(kind: .busy, sentence: "Later.")
    diagnosis.wait = 7
    var full = CallOutcome(status: 429, diagnosis: diagnosis)
    full.body = [0, 255, 10]
    full.pages = 3
    full.continuation = "/a -q 'b=c d'"
    for outcome in [full, CallOutcome(), CallOutcome(status: 200)] {
      let text = Self.written { outcome.write(to: &$0) }
      #expect(Self.read(text, CallOutcome.read) == outcome)
    }
    for text in [
      "{}", #"{"pages":0,"more":1}"#, #"{"pages":0,"body":"?"}"#, #"{"pages":0,"diagnosis":{}}"#,
    ] {
      #expect(Self.read(text, CallOutcome.read) == nil)
    }
  }

  @Test func `heads and waits are read again`() {
    let answer = AnswerHead(status: 200, headers: [("a", "1"), ("a", "2")])
    #expect(Self.read(Self.written { answer.write(to: &$0) }, AnswerHead.read) == answer)
    let request = RequestHead(
      method: "GET", address: "https://a.example/", headers: [.init(name: "a", value: "b")])
    #expect(Self.read(Self.written { request.write(to: &$0) }, RequestHead.read) == request)
    let wait = CallWait(seconds: 7, attempt: 1, attempts: 2, sentence: "Later.")
    #expect(Self.read(Self.written { wait.write(to: &$0) }, CallWait.read) == wait)
    for text in ["{}", #"{"status":200}"#, #"{"status":200,"headers":[["a"]]}"#] {
      #expect(Self.read(text, AnswerHead.read) == nil)
      #expect(Self.read(text, RequestHead.read) == nil)
      #expect(Self.read(text, CallWait.read) == nil)
    }
  }
}
