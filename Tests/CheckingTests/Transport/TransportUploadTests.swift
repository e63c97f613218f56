import CLinux
import Checking
import Glibc
import LoopbackSupport
import Requests
import TestSupport
import Testing

/// Bodies of requests that are read while they are sent.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportUploadTests {
  private static let long = Noise.bytes(8 * 1024 * 1024 + 7)

  private func ask(
    _ server: LoopbackServer, _ stream: Trial.Stream, count: Int = 1,
    idle: Duration = .seconds(20)
  ) async -> [Trial.Outcome] {
    var trial = Trial()
    trial.idle = idle
    let request = Trial.Request(
      url: "https://localhost:\(server.port)/up", method: "POST", stream: stream)
    return await trial.ask(Array(repeating: request, count: count)).results
  }

  private func open(_ bytes: [UInt8], _ directory: borrowing TemporaryDirectory) -> Int32 {
    TextFile.write(bytes, to: directory.file("body"))
    return unsafe linux_open(directory.file("body"), O_RDONLY | O_CLOEXEC, 0)
  }

  @Test func `a long body from a pipe arrives in chunks, byte for byte`() async throws {
    let server = try await LoopbackServer()
    let pipe = BytePipe().send(Self.long)
    let results = await ask(server, Trial.Stream(descriptor: pipe.readEnd))
    #expect(results[0].answer?.status == 200)
    let request = try #require(server.requests.first)
    #expect(request.header("transfer-encoding") == "chunked")
    #expect(request.header("content-length") == nil)
    #expect(Noise.areEqual(request.body, Self.long))
    await server.stop()
  }

  @Test func `a long file arrives with its length, as often as it is sent`() async throws {
    let directory = TemporaryDirectory()
    let file = open(Self.long, directory)
    let server = try await LoopbackServer()
    let stream = Trial.Stream(
      descriptor: file, length: Int64(Self.long.count), isRepeatable: true)
    #expect(await ask(server, stream, count: 2).allSatisfy { $0.answer?.status == 200 })
    #expect(server.requests.count == 2)
    for request in server.requests {
      #expect(request.header("content-length") == String(Self.long.count))
      #expect(Noise.areEqual(request.body, Self.long))
    }
    // Whoever shares the descriptor finds it as it was.
    #expect(lseek(file, 0, Int32(SEEK_CUR)) == 0)
    close(file)
    await server.stop()
  }

  @Test func `a body begins where the descriptor stands`() async throws {
    let directory = TemporaryDirectory()
    let file = open(Array("0123456789".utf8), directory)
    lseek(file, 4, Int32(SEEK_SET))
    let server = try await LoopbackServer()
    let stream = Trial.Stream(descriptor: file, length: 3, isRepeatable: true)
    _ = await ask(server, stream)
    #expect(server.requests.first?.body == Array("456".utf8))
    close(file)
    await server.stop()
  }

  @Test(arguments: [true, false])
  func `a redirect that keeps the body needs one that can be read again`(
    _ isRepeatable: Bool
  ) async throws {
    let directory = TemporaryDirectory()
    let server = try await LoopbackServer { request in
      request.target == "/up" ? .redirect(307, to: "/there") : .answer(200)
    }
    let file = open(Array("words".utf8), directory)
    let pipe = BytePipe().send(Array("words".utf8))
    let stream = Trial.Stream(
      descriptor: isRepeatable ? file : pipe.readEnd, isRepeatable: isRepeatable)
    let result = await ask(server, stream)[0]
    if isRepeatable {
      #expect(result.answer?.status == 200)
      #expect(server.requests.map(\.body) == [Array("words".utf8), Array("words".utf8)])
    } else {
      #expect(result.failure?.detail?.contains("cannot be read again") == true)
      #expect(server.requests.count == 1)
    }
    close(file)
    await server.stop()
  }

  @Test func `a body that is shorter than was announced is not sent as if it were whole`()
    async throws
  {
    let server = try await LoopbackServer()
    let pipe = BytePipe().send(Array("words".utf8))
    let result = await ask(server, Trial.Stream(descriptor: pipe.readEnd, length: 9))[0]
    #expect(
      result.failure?.detail == "the body ended after 5 of the 9 bytes that were announced")
    #expect(server.requests.isEmpty)
    await server.stop()
  }

  @Test func `a body that cannot be read is said to be`() async throws {
    let server = try await LoopbackServer()
    let directory = unsafe linux_open("/", O_RDONLY | O_CLOEXEC, 0)
    let result = await ask(server, Trial.Stream(descriptor: directory))[0]
    #expect(result.failure?.detail == "the body could not be read: it is a directory")
    close(directory)
    await server.stop()
  }

  @Test func `an answer that comes before the body has left is taken`() async throws {
    let server = try await LoopbackServer(
      early: { _ in .answer(413, headers: ["connection": "close"], body: "too long") })
    let pipe = BytePipe()
    // Nobody ends the body.
    let result = await ask(server, Trial.Stream(descriptor: pipe.readEnd))[0]
    #expect(result.answer?.status == 413)
    #expect(result.answer?.text == "too long")
    pipe.end()
    await server.stop()
  }

  @Test func `after such an answer the next request has a connection of its own`() async throws {
    let directory = TemporaryDirectory()
    let file = open(Self.long, directory)
    let server = try await LoopbackServer(early: { _ in .answer(413) })
    let stream = Trial.Stream(descriptor: file, isRepeatable: true)
    #expect(await ask(server, stream, count: 2).map { $0.answer?.status } == [413, 413])
    #expect(server.connections == 2)
    close(file)
    await server.stop()
  }

  @Test func `a server that takes nothing more ends the wait`() async throws {
    let server = try await LoopbackServer(early: { _ in .deafness })
    let pipe = BytePipe().send(Self.long + Self.long)
    let stream = Trial.Stream(descriptor: pipe.readEnd)
    #expect(
      await ask(server, stream, idle: .milliseconds(300))[0].failure?.cause == .timeout)
    await server.stop()
  }

  @Test func `a body that nobody has written yet is waited for`() async throws {
    let server = try await LoopbackServer()
    let pipe = BytePipe()
    let stream = Trial.Stream(descriptor: pipe.readEnd)
    let asked = Task { await ask(server, stream, idle: .milliseconds(100)) }
    try await Trial.pass(milliseconds: 400)
    _ = pipe.send(Array("words".utf8))
    #expect(await asked.value[0].answer?.status == 200)
    #expect(server.requests.first?.body == Array("words".utf8))
    await server.stop()
  }
}
