import Basics
import CLinux
import Checking
import Glibc
import LoopbackSupport
import Requests
import TestSupport
import Testing

/// Calls whose answers come slowly, or never end, or that nobody wants any more.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct CallStreamTests {
  @Test func `events arrive while they come, and the time limit is that of a pause`() async throws {
    let gate = LoopbackGate()
    let server = try await LoopbackServer { _ in .pieces(["data: 1\n\n", "data: 2\n\n"], gate) }
    let trial = CallTrial()
    let url = "https://localhost:\(server.port)"
    let called = Task {
      await trial.call("/events", of: try Account.withKey(url)) { $0.timeout = 1 }
    }
    #expect(await trial.output.text(atLeast: 9) == "data: 1\n\n")
    gate.open()
    #expect(await trial.output.text(atLeast: 18) == "data: 1\n\ndata: 2\n\n")
    // Nobody ends the stream.
    let result = try await called.value
    #expect(result.outcome.diagnosis?.cause == .timeout)
    #expect(result.outcome.status == 200)
    #expect(result.outcome.exitCode == .notAsked)
    gate.open()
    await server.stop()
  }

  @Test func `an endless answer is stopped at once`() async throws {
    let server = try await LoopbackServer { _ in .drip }
    let trial = CallTrial()
    let url = "https://localhost:\(server.port)"
    let called = Task { await trial.call("/x", of: try Account.withKey(url)) }
    _ = await trial.output.bytes(atLeast: 3)
    let start = ContinuousClock.now
    trial.cancel.set()
    let result = try await called.value
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(result.outcome.exitCode == .interrupted)
    await server.allConnectionsClosed()
    await server.stop()
  }

  @Test func `a helper that does not stop is ended`() async throws {
    let caller = HelperCaller(
      output: STDERR_FILENO, program: "/bin/sh", arguments: ["-c", "exec sleep 1000"])
    let cancel = EventDescriptor()
    cancel.set()
    let start = ContinuousClock.now
    let outcome = caller.call(
      CallRequest(APICall(target: .path("/"))), of: ShellHelper.submission(), token: nil,
      cancel: cancel, report: { _ in }, renew: { .refused(CallTrial.noToken) })
    #expect(outcome.exitCode == .interrupted)
    #expect((.seconds(2) ..< .seconds(10)).contains(ContinuousClock.now - start))
  }

  @Test func `a reader who has gone ends the call without a word`() async throws {
    let server = try await LoopbackServer { _ in .endless }
    var ends: [Int32] = [0, 0]
    try #require(unsafe linux_pipe(&ends) == 0)
    close(ends[0])
    var trial = CallTrial()
    trial.descriptor = ends[1]
    let result = await trial.call(
      "/x", of: try Account.withKey("https://localhost:\(server.port)"))
    close(ends[1])
    #expect(result.failure == SystemError(code: EPIPE))
    await server.allConnectionsClosed()
    await server.stop()
  }

  @Test(arguments: [false, true]) func `an output that is full is told`(
    _ isPaged: Bool
  ) async throws {
    let server = try await LoopbackServer { _ in .json(#"{"items":[1],"next":"/more"}"#) }
    let full = unsafe linux_open("/dev/full", O_WRONLY | O_CLOEXEC, 0)
    var trial = CallTrial()
    trial.descriptor = full
    let submission = try Account.withKey(
      "https://localhost:\(server.port)",
      proxy:
        #","paginate":{"type":"link","link_path_in_response_body":"next","response_path":"items"}"#)
    let result = await trial.call("/x", of: submission) {
      $0.paging = isPaged ? CallPaging() : nil
    }
    close(full)
    #expect(result.failure == SystemError(code: ENOSPC))
    #expect(result.reports.count { $0 == .unwritten(SystemError(code: ENOSPC)) } == 1)
    #expect(server.requests.count == 1)
    await server.stop()
  }

  @Test(arguments: [LoopbackReply.closeMidBody, .resetMidBody])
  func `an answer that breaks off is not taken for a whole one`(
    _ reply: LoopbackReply
  ) async throws {
    let server = try await LoopbackServer { _ in reply }
    let result = await CallTrial().call(
      "/x", of: try Account.withKey("https://localhost:\(server.port)"))
    #expect(result.outcome.exitCode == .notAsked)
    #expect(server.requests.count == 1)
    await server.stop()
  }
}
