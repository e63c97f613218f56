import Basics
import FoundationEssentials
import Glibc
import LoopbackSupport
import TestSupport
import Testing

/// `usher request --paginate`: one document, whatever happens on the way.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(2)))
struct RequestPagesTests {
  /// Three pages of two; the cursors 8 and 9 lead to one that fails and one that never comes.
  private static func page(_ target: String) -> LoopbackReply {
    guard let query = target.split(separator: "?").dropFirst().first else {
      return .json(#"{"items": [1, 2], "next": "2"}"#)
    }
    switch query.split(separator: "=").last {
    case "2": return .json(#"{"items": [3, 4], "next": "3"}"#)
    case "3": return .json(#"{"items": [5, 6]}"#)
    case "7": return .json(#"{"items": [7], "next": "8"}"#)
    case "8": return .answer(500, body: "sorry")
    case "5": return .after(requests: 4, .json(#"{"items": [9]}"#))
    case "6": return .json(#"{"items": [8], "next": "9"}"#)
    default: return .silence
    }
  }

  private let provider: AccessProvider

  init() async throws {
    provider = try await AccessProvider(UsherProgram()) { Self.page($0.target) }
    provider.link("acme")
  }

  @Test(arguments: [
    ([], "[1,2,3,4,5,6]"), (["--jsonl"], "1\n2\n3\n4\n5\n6\n"),
    (["--max-pages", "2"], "[1,2,3,4]"),
  ])
  func `all pages are one document`(options: [String], document: String) {
    let result = provider.program.run(
      ["request", "acme", "/items", "--paginate"] + options + provider.options)
    #expect(result.status == 0, "\(result.errorText)")
    let text = options == ["--jsonl"] ? result.text : result.text.filter { !$0.isWhitespace }
    #expect(text == document)
  }

  @Test func `what is left behind the last page that was asked for is told`() {
    let result = provider.run("request", "acme", "/items", "--paginate", "--max-pages", "2")
    #expect(result.status == 0)
    #expect(
      result.errorText.contains("usher request acme /items -q cursor=3"), "\(result.errorText)")
  }

  @Test func `a failure closes the document and says how to go on`() throws {
    let result = provider.run(
      "request", "acme", "/items", "-q", "cursor=7", "--paginate", "--retries", "0")
    #expect(result.status == 6)
    #expect(try Value(json: result.text) == .list([.int(7)]))
    #expect(result.errorText.hasPrefix("sorry\n"), "\(result.errorText)")
    #expect(result.errorText.contains("usher request acme /items -q cursor=8"))
  }

  @Test func `Ctrl-C in the middle leaves a valid document, and the code of an interruption`()
    async throws
  {
    let file = provider.program.home.file("pages.json")
    let command =
      (UsherProgram.command([
        "request", "acme", "/items", "-q", "cursor=6", "--paginate",
      ]) + provider.options).joined(separator: " ")
    let terminal = try #require(
      PseudoTerminal(
        "/bin/sh", ["-c", "trap : INT; \(command) >\(file); echo ended $?"],
        environment: provider.program.environment, columns: 200))
    // A token, the first page, and the second, which never comes.
    _ = await provider.server.requests(atLeast: 3)
    terminal.type("\u{3}")
    #expect(terminal.wait(for: "ended 130"), "\(terminal.screen.text)")
    let text = String(decoding: TextFile.read(file) ?? [], as: UTF8.self)
    #expect(try Value(json: text) == .list([.int(8)]))
    #expect(terminal.screen.text.contains("cursor=9"))
  }

  @Test func `a signal that is ignored stays so`() async throws {
    let command =
      (UsherProgram.command(["request", "acme", "/items", "-q", "cursor=5"])
      + provider.options).joined(separator: " ")
    let terminal = try #require(
      PseudoTerminal(
        "/bin/sh", ["-c", "trap '' INT; \(command); echo ended $?"],
        environment: provider.program.environment, columns: 200))
    _ = await provider.server.requests(atLeast: 2)
    terminal.type("\u{3}")
    #expect(terminal.wait(for: "^C"))
    // With these two there are as many as the answer waits for.
    for _ in 0..<2 { _ = provider.run("request", "acme", "/me") }
    #expect(terminal.wait(for: "ended 0"), "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains(#"{"items": [9]}"#))
  }

  @Test(.enabled(if: geteuid() == 0, "needs root: nobody else may look into the processes"))
  func `while a request is under way no secret stands in arguments or environments`() async throws {
    let terminal = try #require(
      provider.program.start(
        ["request", "acme", "/items", "-q", "cursor=9", "-v"] + provider.options))
    _ = await provider.server.requests(atLeast: 2)
    let processes = [terminal.process] + PseudoTerminal.descendants(of: terminal.process)
    #expect(processes.count == 2)
    for process in processes {
      for file in ["cmdline", "environ"] {
        let text = String(
          decoding: TextFile.read("/proc/\(process)/\(file)") ?? [], as: UTF8.self)
        #expect(!text.isEmpty)
        #expect(!text.contains("token-EXAMPLE") && !text.contains(AccessProvider.secret), "\(file)")
      }
    }
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("token-EXAMPLE"))
  }
}
