import Basics
import Requests
import Testing

/// What is written of a list, and what is said, where not all of its pages come.
@Suite struct CallPageFailures {
  private static let more = #"{"items":[1],"next":"it's 2"}"#

  @Test func `a failure names the page and how to go on, and what is written is a document`() {
    let session = CallPages.session(CallPages.cursor, "/items?a=b")
    _ = session.next()
    session.answer(200, Self.more)
    _ = session.next()
    session.answer(404, "gone")
    #expect(session.next() == "done 1")
    #expect(session.output == "[\n1\n]\n")
    #expect(session.outcome?.diagnosis?.sentence.hasPrefix("Page 2: Acme answered 404") == true)
    #expect(session.outcome?.pages == 1)
    #expect(session.outcome?.continuation == #"'/items?a=b' -q 'page.after=it'\''s 2'"#)
    #expect(session.outcome?.isDone == false)
  }

  @Test func `a failure of the first page writes nothing`() {
    let session = CallPages.session(CallPages.cursor)
    _ = session.next()
    session.answer(404)
    #expect(session.next() == "done 1")
    #expect(session.output == "")
    #expect(session.outcome?.continuation == nil)
  }

  @Test func `each page is tried again by itself`() {
    let session = CallPages.session(CallPages.cursor)
    for page in 1...3 {
      _ = session.next()
      session.answer(503)
      #expect(session.next().hasPrefix("wait 3 (1 of 2)"))
      _ = session.next()
      session.answer(503)
      #expect(session.next().hasPrefix("wait 6 (2 of 2)"))
      _ = session.next()
      session.answer(200, #"{"items":[1],"next":"\#(page)"}"#)
    }
    _ = session.next()
    session.answer(200, #"{"items":[]}"#)
    #expect(session.next() == "done 0")
    #expect(session.output == "[\n1,\n1,\n1\n]\n")
  }

  @Test func `a page that breaks off is asked for once more`() {
    let session = CallPages.session(CallPages.cursor)
    _ = session.next()
    session.answer(200, #"{"items":[1"#, cut: .init(.connectionReset, nil))
    #expect(session.next().hasPrefix("wait 3"))
    #expect(session.next() == CallPages.first)
    session.answer(200, #"{"items":[1"#, cut: .init(.badAnswer, "it is longer than 32 MiB"))
    #expect(session.next() == "done 1")
    #expect(session.output == "")
  }

  @Test(arguments: [
    "https://b.example/p?token=x", "//b.example/p", "http://api.acme.example/p", "https://",
  ])
  func `no page is asked for at another place`(next: String) {
    let session = CallPages.session(CallPages.link)
    _ = session.next()
    session.answer(200, #"{"items":[1],"next":"\#(next)"}"#)
    #expect(session.next() == "done 1")
    #expect(session.output == "[\n1\n]\n")
    #expect(session.outcome?.diagnosis?.cause == .redirect)
    #expect(session.outcome?.diagnosis?.sentence.contains("?token") == false)
  }

  @Test(arguments: [
    ("<html><body>hello</body></html>", "web page"), ("plain words", "not with JSON"),
    (#"{"ok":false,"error":"invalid_auth"}"#, "Acme"),
  ])
  func `a success that is no page is a failure`(body: String, words: String) {
    let session = CallPages.session(CallPages.cursor)
    _ = session.next()
    session.answer(200, body)
    #expect(session.next() != "done 0")
    #expect(session.outcome?.diagnosis?.sentence.contains(words) == true)
    #expect(session.output == "")
  }

  @Test func `enough pages are no failure, and it is said how to go on`() {
    let session = CallPages.session(CallPages.cursor, most: 2)
    for _ in 0..<2 {
      _ = session.next()
      session.answer(200, #"{"items":[1],"next":"\#(session.output.count)"}"#)
    }
    #expect(session.next() == "done 0")
    #expect(session.output == "[\n1,\n1\n]\n")
    #expect(session.outcome?.continuation == "/items -q page.after=3")
    #expect(session.outcome?.isDone == false)
  }

  @Test func `a link is how to go on by itself, unless a secret is in it`() {
    for (next, words) in [
      ("/items?page=2", "'/items?page=2'"), ("/items?t=key-EXAMPLE-0001", nil),
      ("https://api.acme.example/i/2", "https://api.acme.example/i/2"), ("/i/${x}", nil),
    ] as [(String, String?)] {
      let session = CallPages.session(
        CallPages.link, most: 1, values: ["credentials.apiKey": "key-EXAMPLE-0001"])
      _ = session.next()
      session.answer(200, #"{"items":[1],"next":"\#(next)"}"#)
      #expect(session.next() == "done 0")
      #expect(session.outcome?.continuation == words)
    }
  }

  @Test func `an interruption closes the document`() {
    let before = CallPages.session(CallPages.cursor)
    _ = before.next()
    before.stop()
    #expect(before.next() == "done 130")
    #expect(before.output == "[]\n")
    let between = CallPages.session(CallPages.cursor)
    _ = between.next()
    between.answer(200, Self.more)
    // What has come is still written.
    between.stop()
    #expect(between.next() == "done 130")
    #expect(between.output == "[\n1\n]\n")
    #expect(between.outcome?.continuation == #"/items -q 'page.after=it'\''s 2'"#)
    let lines = CallPages.session(CallPages.cursor, form: .lines)
    lines.stop()
    #expect(lines.next() == "done 130")
    #expect(lines.output == "")
  }
}
