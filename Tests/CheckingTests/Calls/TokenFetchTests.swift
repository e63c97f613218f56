import Basics
import Checking
import LoopbackSupport
import Requests
import Secrets
import TestSupport
import Testing

/// Tokens that are got in a helper process.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TokenFetchTests {
  @Test func `a client gets a token with its credentials`() async throws {
    let provider = try await RotatingProvider()
    let token = try await Account.fetch(try Account.ofClient(provider)).got()
    let (access, life) = (token.access, token.life)
    #expect(access == "access-EXAMPLE-1")
    #expect(life == 3600)
    #expect(provider.lines == ["POST /token"])
    await provider.stop()
  }

  @Test func `a refresh token gets the next, and each is shown once`() async throws {
    let provider = try await RotatingProvider()
    var token = try await Account.fetch(try Account.ofUser(provider)).got()
    for number in 2...4 {
      let known = token.duplicate()
      token = try await Account.fetch(try Account.ofUser(provider), known: known).got()
      let (access, refresh) = (token.access, token.refresh)
      #expect(access == "access-EXAMPLE-\(number)")
      #expect(refresh == "refresh-EXAMPLE-\(number)")
    }
    #expect(provider.lines == ["POST /login", "POST /renew", "POST /renew", "POST /renew"])
    #expect(provider.reuses == 0)
    await provider.stop()
  }

  @Test func `where the refresh token is refused the credentials get a new one`() async throws {
    let provider = try await RotatingProvider()
    let known = try await Account.fetch(try Account.ofUser(provider)).got()
    provider.revoke()
    let token = try await Account.fetch(try Account.ofUser(provider), known: known).got()
    let access = token.access
    #expect(access == "access-EXAMPLE-2")
    #expect(provider.lines == ["POST /login", "POST /renew", "POST /login"])
    await provider.stop()
  }

  @Test func `credentials that are wrong are refused`() async throws {
    let provider = try await RotatingProvider()
    let submission = try Account.ofClient(provider, secret: "wrong-EXAMPLE-0001")
    let diagnosis = try await Account.fetch(submission).refusal()
    #expect(diagnosis.kind == .refused)
    #expect(diagnosis.status == 401)
    #expect(!"\(diagnosis)".contains("wrong-EXAMPLE"))
    await provider.stop()
  }

  @Test(arguments: [
    (LoopbackReply.answer(429, headers: ["retry-after": "7"]), Diagnosis.Kind.busy),
    (.answer(503), .busy), (.resetMidBody, .unclear), (.noise("hello"), .unclear),
  ])
  func `a provider in trouble is told from one that refuses`(
    _ reply: LoopbackReply, _ kind: Diagnosis.Kind
  ) async throws {
    let provider = try await RotatingProvider()
    provider.sayToTokenRequests(reply)
    let diagnosis = try await Account.fetch(try Account.ofClient(provider)).refusal()
    #expect(diagnosis.kind == kind, "\(diagnosis)")
    if diagnosis.status == 429 { #expect(diagnosis.wait == 7) }
    await provider.stop()
  }

  @Test func `one that hangs ends the fetch at its time limit`() async throws {
    let provider = try await RotatingProvider()
    provider.sayToTokenRequests(.silence)
    var options = CheckOptions()
    options.limits.total = .milliseconds(300)
    let diagnosis = try await Account.fetch(try Account.ofClient(provider), options: options)
      .refusal()
    #expect(diagnosis.cause == .timeout)
    await provider.stop()
  }

  @Test func `a fetch that is not wanted any more ends at once`() async throws {
    let provider = try await RotatingProvider()
    let cancel = EventDescriptor()
    cancel.set()
    let fetcher = HelperTokenFetcher(cancel: cancel, program: Fixture.path)
    let diagnosis = try fetcher.fetch(try Account.ofClient(provider), known: nil).refusal()
    #expect(diagnosis.kind == .cancelled)
    await provider.stop()
  }

  @Test func `the process that was started before is the one that is asked`() throws {
    let directory = TemporaryDirectory()
    let file = directory.file("numbers")
    let answer = ShellHelper.printing(
      #"{"token":{"token":{"obtained":"2026-01-01T00:00:00Z","values":{"accessToken":"t-EXAMPLE"}}}}"#
    )
    let fetcher = HelperTokenFetcher(
      program: "/bin/sh",
      arguments: ["-c", "echo $$ >> \(file); head -c 2000 > /dev/null; \(answer); cat > /dev/null"])
    fetcher.prepare()
    let token = try fetcher.fetch(ShellHelper.submission(length: 4000), known: nil).got()
    let access = token.access
    #expect(access == "t-EXAMPLE")
    #expect(TextFile.read(file)?.filter { $0 == UInt8(ascii: "\n") }.count == 1)
  }

  @Test(arguments: [
    "exit 3", ShellHelper.printing(#"{"diagnosis":{"kind":"accepted","sentence":"x"}}"#),
    ShellHelper.printing(#"{"token":{}}"#), ShellHelper.printing(#"{"renew":true}"#),
  ])
  func `a process that crashes or talks nonsense refuses nothing and gives nothing`(
    _ script: String
  ) throws {
    let fetcher = HelperTokenFetcher(
      program: "/bin/sh", arguments: ["-c", "\(script); cat > /dev/null"])
    let diagnosis = try fetcher.fetch(ShellHelper.submission(), known: nil).refusal()
    #expect(diagnosis.cause == .internalFailure)
  }

  @Test func `a token stands once in the memory of the program, and not at all when it is gone`()
    async throws
  {
    let server = try await LoopbackServer { request in
      // The secret itself, so that the program knows what to look for.
      let secret = String(decoding: request.body, as: UTF8.self).split(separator: "client_secret=")
      return .json(
        #"{"access_token":"\#(secret.last?.prefix { $0 != "&" } ?? "")","expires_in":60}"#)
    }
    let lines = Fixture.fetch("https://127.0.0.1:\(server.port)", count: 20)
    #expect(lines.dropLast().allSatisfy { $0 == "token 1" }, "\(lines)")
    #expect(lines.last == "residues 0", "\(lines)")
    #expect(lines.count == 21)
    await server.stop()
  }
}

extension TokenSet {
  /// In seconds; nil where no end is known.
  fileprivate var life: Int64? {
    expires.map { $0.secondsSinceEpoch - obtained.secondsSinceEpoch }
  }
}
