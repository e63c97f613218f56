import Basics
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// `usher request`: what is sent, what goes where, and with which code it ends.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct RequestCommandTests {
  private let provider: AccessProvider

  init() async throws {
    provider = try await AccessProvider(UsherProgram()) { request in
      switch request.target {
      case "/v1/echo", "/v1/echo?a=b%26c&n=2":
        let body = String(decoding: request.body, as: UTF8.self)
        let type = request.header("content-type") ?? "none"
        return .answer(200, headers: ["x-type": type], body: "\(request.method) \(type)\n\(body)")
      case "/v1/events": return .drip
      case "/v1/escape": return .answer(200, body: "a\u{1B}[31mb\r\nc")
      case "/v1/missing": return .answer(404, body: "no such \u{1B}[31mthing")
      case "/v1/forbidden": return .answer(403)
      case "/v1/busy": return .answer(429, headers: ["retry-after": "600"])
      case "/v1/foreign": return .noise("SSH-2.0-OpenSSH_9.2\r\n")
      case "/v1/broken": return .answer(500, headers: ["retry-after": "1"])
      case "/v1/large":
        return .answer(200, body: String(repeating: "0123456789abcde\n", count: 70_000))
      default: return .answer(404)
      }
    }
    provider.link("acme", "depot")
  }

  @Test func `the body goes to standard output byte for byte, and nothing else anywhere`() {
    for slug in ["acme", "depot"] {
      let result = provider.run("request", slug, "/me")
      #expect(result.text == #"{"name": "Ann"}"#, "\(result.errorText)")
      #expect(result.status == 0)
      #expect(result.errorText == "")
    }
    #expect(provider.run("request", "depot", "/escape").text == "a\u{1B}[31mb\r\nc")
    #expect(provider.run("request", "depot", "/large").output.count == 1_120_000)
    #expect(provider.asked == ["GET /v1/me", "GET /v1/me", "GET /v1/escape", "GET /v1/large"])
  }

  @Test func `a body makes it a POST, and a method is what it says`() {
    #expect(
      provider.run("request", "depot", "/echo", "-d", #"{"a":1}"#).text
        == "POST application/json\n{\"a\":1}")
    #expect(
      provider.run("request", "depot", "PUT", "/echo", "-d", "a,b", "-H", "Content-Type: text/csv")
        .text == "PUT text/csv\na,b")
    #expect(
      provider.run("request", "depot", "/echo", "-d", "@-", input: "[2]").text
        == "POST application/json\n[2]")
    #expect(
      provider.run("request", "depot", "/echo", "-q", "a=b&c", "-q", "n=2").text == "GET none\n")
    #expect(provider.run("request", "depot", "DELETE", "/echo").text == "DELETE none\n")
  }

  @Test func `a form is one of texts, and with a file one of parts`() {
    #expect(
      provider.run("request", "depot", "/echo", "-F", "a=b c", "-F", "d=e&f").text
        == "POST application/x-www-form-urlencoded\na=b+c&d=e%26f")
    let file = provider.program.write("content", to: "note.txt")
    let parts = provider.run(
      "request", "depot", "/echo", "-F", "a=b", "-F", "f=@\(file);type=text/plain"
    ).text
    #expect(parts.hasPrefix("POST multipart/form-data; boundary="), "\(parts)")
    #expect(parts.contains(#"name="a""#) && parts.contains(#"filename="note.txt""#))
    #expect(parts.contains("text/plain\r\n\r\ncontent\r\n"))
    #expect(
      provider.run(
        "request", "depot", "/echo", "-F", "f=@\(file)", "-H",
        "Content-Type: application/x-www-form-urlencoded"
      ).status == 2)
  }

  @Test func `a file is sent as it is, also one that is long, and what a pipe brings`() {
    let long = String(repeating: "x", count: 3_000_000)
    let file = provider.program.write(long, to: "long.bin")
    let type = "Content-Type: application/octet-stream"
    for (body, input) in [(file, ""), ("-", long)] {
      let result = provider.run(
        "request", "depot", "/echo", "--body-file", body, "-H", type, input: input)
      #expect(result.text.hasPrefix("POST application/octet-stream\nxxx"), "\(result.errorText)")
      #expect(result.output.count == 3_000_000 + "POST application/octet-stream\n".utf8.count)
    }
    // Longer than what is told as a whole, in parts.
    let parts = provider.run("request", "depot", "/echo", "-F", "f=@\(file)", "-F", "a=b")
    #expect(parts.text.hasPrefix("POST multipart/form-data; boundary="), "\(parts.errorText)")
    #expect(parts.output.count > 3_000_000)
  }

  @Test func `a refused token is replaced once`() {
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-1\n")
    provider.state.refuse(1)
    let result = provider.run("request", "acme", "POST", "/echo", "-d", "{}")
    #expect(result.status == 0, "\(result.errorText)")
    #expect(provider.state.tokens == 2)
    #expect(provider.asked == ["POST /v1/echo", "POST /v1/echo"])
    #expect(provider.run("token", "acme").text == "token-EXAMPLE-2\n")
    // An API key is not replaced by anything.
    #expect(provider.run("request", "depot", "/me", "-H", "x-api-key: other").status == 5)
  }

  @Test(arguments: [
    ("missing", 1), ("forbidden", 5), ("busy", 6), ("broken", 6), ("foreign", 6),
  ])
  func `what is no success is told on standard error, and by the code`(path: String, code: Int32) {
    let result = provider.run("request", "depot", "/\(path)", "--retries", "0")
    #expect(result.status == code)
    #expect(result.text == "")
    #expect(result.errorText.contains("usher: "), "\(result.errorText)")
    #expect(result.errorText.hasPrefix("no such \u{1B}[31mthing\n") == (path == "missing"))
  }

  @Test func `a pause that is too long is told, and not waited for`() {
    let result = provider.run("request", "depot", "/busy")
    #expect(result.status == 6)
    #expect(provider.asked == ["GET /v1/busy"])
  }

  @Test func `a pause is said while it is waited for`() {
    let result = provider.run("request", "depot", "/broken", "--retries", "1")
    #expect(result.status == 6)
    #expect(provider.asked == ["GET /v1/broken", "GET /v1/broken"])
    #expect(result.errorText.contains("Ctrl-C leaves"), "\(result.errorText)")
  }

  @Test func `heads are told on standard error, without secrets`() {
    let result = provider.run("request", "acme", "/me", "-v")
    #expect(result.text == #"{"name": "Ann"}"#)
    #expect(result.errorText.contains("> GET https://localhost:\(provider.server.port)/v1/me\n"))
    #expect(result.errorText.contains("< HTTP 200"))
    #expect(result.errorText.contains("> authorization: "), "\(result.errorText)")
    #expect(!result.errorText.contains("token-EXAMPLE"))
  }

  @Test func `status and headers stand before the body where they are wanted`() {
    let result = provider.run("request", "depot", "/echo", "-i")
    #expect(result.text.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(result.text)")
    #expect(result.text.contains("x-type: none\r\n"))
    #expect(result.text.hasSuffix("\r\n\r\nGET none\n"))
  }

  @Test func `a terminal gets nothing that moves it, unless it is asked for raw`() throws {
    for (options, shown) in [([], "a^[[31mb"), (["--raw"], "a\u{1B}[31mb")] {
      let terminal = try #require(
        provider.program.start(["request", "depot", "/escape"] + options + provider.options))
      #expect(terminal.waitForEnd() == 0)
      #expect(String(decoding: terminal.output, as: UTF8.self).contains(shown))
    }
    let terminal = try #require(
      provider.program.start(["request", "depot", "/missing"] + provider.options))
    #expect(terminal.waitForEnd() == 1)
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("no such ^[[31mthing"))
  }

  @Test func `what comes bit by bit is shown bit by bit, until Ctrl-C`() throws {
    for options in [[], ["--raw"]] {
      let terminal = try #require(
        provider.program.start(["request", "depot", "/events"] + options + provider.options))
      #expect(terminal.wait(for: "..."))
      terminal.type("\u{3}")
      #expect(terminal.waitForEnd() == 130)
    }
    let terminal = try #require(
      provider.program.start(["request", "depot", "/events"] + provider.options))
    #expect(terminal.wait(for: "..."))
    kill(terminal.process, SIGTERM)
    #expect(terminal.waitForEnd() == 130)
  }

  @Test func `a dry run shows the request and asks nobody`() throws {
    let result = provider.run(
      "request", "acme", "/echo", "-q", "n=2", "-d", #"{"a":1}"#, "--dry-run")
    #expect(result.status == 0, "\(result.errorText)")
    let json = try Value(json: result.text)
    let request = try #require(json["requests"]?.list?.first)
    #expect(request["method"] == .string("POST"))
    #expect(
      request["url"] == .string("https://localhost:\(provider.server.port)/v1/echo?n=2"))
    #expect(provider.server.requests.isEmpty)
    let revealed = provider.run("request", "depot", "/me", "--dry-run", "--reveal")
    #expect(revealed.text.contains(AccessProvider.key))
    #expect(!provider.run("request", "depot", "/me", "--dry-run").text.contains("EXAMPLE"))
  }

  @Test(arguments: [
    ["https://elsewhere.example/v1/me"], ["get", "/me"], ["POST"], ["/me", "-q", "x"],
    ["/me", "-H", "no colon"], ["/me", "--retry-on", "99"], ["/me", "--paginate"],
    ["/me", "--paginate", "--include"], ["/me", "--page-size", "5"],
  ])
  func `what cannot be meant is refused before anybody is asked`(words: [String]) {
    let result = provider.program.run(["request", "depot"] + words + provider.options)
    #expect(result.status == 2, "\(result.errorText)")
    #expect(result.text == "")
    #expect(provider.server.requests.isEmpty)
  }

  @Test func `output that cannot be written is told`() {
    let command = (UsherProgram.command(["request", "depot", "/large"]) + provider.options)
      .joined(separator: " ")
    let full = ChildProcess.run(
      "/bin/bash", ["-c", "\(command) >/dev/full"], environment: provider.program.environment)
    #expect(full.status == 1)
    #expect(full.errorText.contains("standard output could not be written: the disk is full"))
    let closed = ChildProcess.run(
      "/bin/bash", ["-c", "\(command) >&-"], environment: provider.program.environment)
    #expect(closed.status == 1)
    #expect(closed.errorText.contains("standard output could not be written"))
    // The reader has ended before the program begins.
    let gone = ChildProcess.run(
      "/bin/bash", ["-c", "exec 4> >(:); wait $!; \(command) >&4; echo $?"],
      environment: provider.program.environment)
    #expect(gone.text == "141\n")
    #expect(gone.errorText == "")
  }
}
