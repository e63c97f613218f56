import Basics
import Glibc
import Requests
import Secrets
import Synchronization
import Testing

@testable import Checking

@Suite("The listener on the loopback")
struct LoopbackListenerTests {
  @Test func `the answer is delivered whole, once, and nobody listens any more`() throws {
    let listener = try ListenerUnderTest()
    let target = "/callback?code=a%2Fb&state=\(listener.state)"
    #expect(listener.ask(target) == 200)
    #expect(listener.wait() == ["http://127.0.0.1:\(listener.port)\(target)"])
    listener.close()
    #expect(listener.ask(target) == nil)
    #expect(listener.texts.count == 1)
  }

  @Test func `what it delivers is read like a pasted address`() throws {
    let callback = Callback.loopback(port: freePort())
    var request = try ListenerUnderTest.request(to: callback)
    let question = request.address.withBytes { $0.shownText }
    let state = try #require(question.split(separator: "state=").last).prefix { $0 != "&" }
    let answer = Mutex<String?>(nil)
    let event = EventDescriptor()
    let port = try LoopbackListener().listen(for: request.matcher()) { address in
      answer.withLock { $0 = address.withBytes { $0.shownText } }
      event.set()
    }
    let visitor = try RawVisitor(port: callback.origin.port)
    visitor.send(
      "GET /callback?state=\(state)&code=abcd HTTP/1.1\r\nHost: localhost:\(callback.origin.port)\r\n\r\n"
    )
    let visitorStatus = visitor.status()
    #expect(visitorStatus == 200)
    var watched = pollfd(fd: event.number, events: Int16(POLLIN), revents: 0)
    unsafe poll(&watched, 1, 10_000)
    let text = answer.withLock(\.self)
    let read = try (text ?? "").withBytes { bytes throws(CallbackFault) in
      try request.answer(from: bytes, at: Timestamp.now())
    }
    let isStateChecked = read.isStateChecked
    #expect(isStateChecked)
    port.close()
  }

  // MARK: What is not the answer

  @Test func `everything else gets a page without content, and changes nothing`() throws {
    let listener = try ListenerUnderTest()
    let (port, state) = (listener.port, listener.state)
    let good = "/callback?code=c&state=\(state)"
    #expect(listener.ask("/callback?code=c&state=\(state)x") == 400)
    #expect(listener.ask("/callback?code=c") == 400)
    #expect(listener.ask("/callback?error=access_denied") == 400)
    #expect(listener.ask("/callback?code=c&state=\(state)&state=\(state)") == 400)
    #expect(listener.ask(good, host: "evil.example:\(port)") == 400)
    #expect(listener.ask(good, host: "127.0.0.1") == 400)
    #expect(listener.ask(good, host: "127.0.0.1:\(port)", headers: "Host: a\r\n") == 400)
    #expect(listener.ask(good, method: "HEAD") == 404)
    #expect(listener.ask(good, method: "PUT") == 404)
    #expect(listener.ask("/favicon.ico") == 404)
    #expect(listener.ask("/callback/?code=c&state=\(state)") == 404)
    #expect(listener.ask("/Callback?code=c&state=\(state)") == 404)
    #expect(listener.ask("http://127.0.0.1:\(port)\(good)") == 400)
    #expect(listener.ask(good, headers: "Transfer-Encoding: chunked\r\n") == 400)
    #expect(listener.ask(good, headers: "no field\r\n") == 400)
    #expect(listener.texts.isEmpty)
    #expect(listener.ask(good) == 200)
    #expect(listener.wait().count == 1)
  }

  @Test func `a refusal with the right state is an answer too`() throws {
    let listener = try ListenerUnderTest()
    let target = "/callback?error=access_denied&state=\(listener.state)"
    #expect(listener.ask(target) == 200)
    #expect(listener.wait().first?.hasSuffix(target) == true)
  }

  @Test func `pages hold nothing of what was sent, and may not be kept or framed`() throws {
    let listener = try ListenerUnderTest()
    for code in ["c0de", "c0de&state=\(listener.state)"] {
      let visitor = try RawVisitor(port: listener.port)
      visitor.send(
        "GET /callback?code=\(code) HTTP/1.1\r\nHost: 127.0.0.1:\(listener.port)\r\n\r\n")
      let answer = visitor.answer()
      #expect(!answer.contains("c0de") && !answer.contains(listener.state))
      for header in [
        "Cache-Control: no-store", "Referrer-Policy: no-referrer", "Connection: close",
        "Content-Security-Policy: default-src 'none'",
      ] {
        #expect(answer.contains(header))
      }
    }
  }

  // MARK: POST

  @Test func `an answer may come as a form`() throws {
    let listener = try ListenerUnderTest()
    let body = "code=c&state=\(listener.state)"
    let type = "Content-Type: application/x-www-form-urlencoded\r\n"
    let length = "Content-Length: \(body.utf8.count)\r\n"
    #expect(listener.ask("/callback", method: "POST", headers: type, body: body) == 400)
    #expect(listener.ask("/callback", method: "POST", headers: length, body: body) == 400)
    #expect(
      listener.ask(
        "/callback", method: "POST", headers: type + "Content-Length: 40000\r\n", body: body) == 431
    )
    #expect(
      listener.ask("/callback", method: "POST", headers: type + length + length, body: body) == 400)
    #expect(listener.ask("/callback", method: "POST", headers: type + length, body: body) == 200)
    #expect(listener.wait() == ["http://127.0.0.1:\(listener.port)/callback?\(body)"])
  }

  // MARK: How it comes

  @Test func `pieces are put together, down to single bytes`() throws {
    let listener = try ListenerUnderTest()
    let visitor = try RawVisitor(port: listener.port)
    let text =
      "GET /callback?code=c&state=\(listener.state) HTTP/1.1\r\nHost: LOCALHOST:\(listener.port)\r\n\r\n"
    for character in text { visitor.send(String(character)) }
    let visitorStatus = visitor.status()
    #expect(visitorStatus == 200)
    #expect(listener.wait().count == 1)
  }

  @Test func `a form may come behind its head, piece by piece`() throws {
    let listener = try ListenerUnderTest()
    let visitor = try RawVisitor(port: listener.port)
    let body = "code=c&state=\(listener.state)"
    visitor.send("POST /callback HTTP/1.1\r\nHost: 127.0.0.1:\(listener.port)\r\n")
    visitor.send(
      "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
    )
    for character in body { visitor.send(String(character)) }
    let status = visitor.status()
    #expect(status == 200)
    #expect(listener.wait().count == 1)
  }

  @Test func `a head without an end is refused`() throws {
    let listener = try ListenerUnderTest()
    let visitor = try RawVisitor(port: listener.port)
    visitor.send("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 33 * 1024))
    let visitorStatus = visitor.status()
    #expect(visitorStatus == 431)
    let long = "/callback?state=\(listener.state)&code=" + String(repeating: "a", count: 17 * 1024)
    #expect(listener.ask(long) == 400)
    #expect(listener.texts.isEmpty)
  }

  @Test func `one that says nothing is let go, and does not keep others out`() throws {
    let listener = try ListenerUnderTest(patience: .milliseconds(200))
    let silent = try RawVisitor(port: listener.port)
    silent.send("GET /callback?code=c")
    var crowd: [SendOnceBox<RawVisitor>] = []
    for _ in 0..<20 {
      crowd.append(SendOnceBox(try RawVisitor(port: listener.port)))
    }
    #expect(listener.ask("/callback?code=c&state=\(listener.state)") == 200)
    let silentStatus = silent.status()
    #expect(silentStatus == nil)
    #expect(crowd.count == 20)
  }

  // MARK: The end

  @Test func `many that say nothing keep nobody out`() throws {
    let listener = try ListenerUnderTest()
    let silent = try (0..<24).map { _ in Silent(try RawVisitor(port: listener.port)) }
    for visitor in silent { visitor.value.send("GET /") }
    let start = ContinuousClock.now
    let browser = try RawVisitor(port: listener.port)
    browser.send(
      "GET /callback?code=c1&state=\(listener.state) HTTP/1.1\r\nHost: 127.0.0.1:\(listener.port)\r\n\r\n"
    )
    let status = browser.status()
    #expect(status == 200)
    #expect(ContinuousClock.now - start < .seconds(4), "before any of them had to go")
    #expect(listener.wait().count == 1)
    withExtendedLifetime(silent) {}
  }

  /// Classes can hold what cannot be copied, and arrays hold classes.
  private final class Silent {
    let value: RawVisitor
    init(_ value: consuming RawVisitor) { self.value = value }
  }

  @Test func `closing ends it at once, also while somebody is connected`() throws {
    let listener = try ListenerUnderTest()
    let visitor = try RawVisitor(port: listener.port)
    visitor.send("GET /callback")
    listener.close()
    listener.close()
    #expect(throws: RawVisitor.Refused.self) { _ = try RawVisitor(port: listener.port) }
    let visitorStatus = visitor.status()
    #expect(visitorStatus == nil)
    #expect(listener.texts.isEmpty)
  }

  @Test func `it may be closed by whoever is given the answer`() throws {
    let callback = Callback.loopback(port: freePort())
    let request = try ListenerUnderTest.request(to: callback)
    let question = request.address.withBytes { $0.shownText }
    let state = try #require(question.split(separator: "state=").last).prefix { $0 != "&" }
    let slot = Mutex<(any ListeningPort)?>(nil)
    let event = EventDescriptor()
    let port = try LoopbackListener().listen(for: request.matcher()) { _ in
      // The last one that has it.
      slot.withLock { $0 = nil }
      event.set()
    }
    slot.withLock { $0 = port }
    let visitor = try RawVisitor(port: callback.origin.port)
    visitor.send(
      "GET /callback?state=\(state)&code=c HTTP/1.1\r\nHost: 127.0.0.1:\(callback.origin.port)\r\n\r\n"
    )
    let visitorStatus = visitor.status()
    #expect(visitorStatus == 200)
    var watched = pollfd(fd: event.number, events: Int16(POLLIN), revents: 0)
    #expect(unsafe poll(&watched, 1, 10_000) == 1)
  }

  @Test func `a port that is in use is named, and one elsewhere is not listened at`() throws {
    let first = try ListenerUnderTest()
    let request = try ListenerUnderTest.request(to: .loopback(port: first.port))
    #expect(throws: ListeningError.taken(port: first.port)) {
      _ = try LoopbackListener().listen(for: request.matcher()) { _ in }
    }
    for address in [
      "https://localhost:8976/callback", "https://usher.example/callback", "http://[::1]:8976/",
    ] {
      let request = try ListenerUnderTest.request(to: Callback(address))
      #expect(throws: ListeningError.notHere(address)) {
        _ = try LoopbackListener().listen(for: request.matcher()) { _ in }
      }
    }
  }

  @Test func `an address without a path is answered at the root`() throws {
    let listener = try ListenerUnderTest(address: "http://localhost:PORT")
    let target = "/?code=c&state=\(listener.state)"
    #expect(listener.ask(target) == 200)
    #expect(listener.wait() == ["http://localhost:\(listener.port)\(target)"])
  }
}
