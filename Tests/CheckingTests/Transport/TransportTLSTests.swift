import Checking
import LoopbackSupport
import Requests
import TestSupport
import Testing

/// Certificates and versions. None of these servers may ever see a request.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct TransportTLSTests {
  @Test(arguments: [
    (LoopbackCertificates.Kind.wrongName, "another name"), (.expired, "expired"),
    (.stranger, "authority"), (.weakKey, "RSA key of 1024 bits"), (.weakHash, "SHA-1"),
    (.orphan, "intermediate certificate is missing"),
    (.weakChain, "a certificate of its chain has an RSA key of 1024 bits"),
  ])
  func `a certificate that is not right is refused with the reason`(
    _ kind: LoopbackCertificates.Kind, _ word: String
  ) async throws {
    let server = try await LoopbackServer(.tls(kind))
    for host in ["127.0.0.1", "localhost"] {
      let failure = try #require(
        await Trial().ask("https://\(host):\(server.port)/").failure)
      #expect(failure.cause == .tls)
      #expect(failure.detail?.contains(word) == true, "\(failure)")
    }
    #expect(server.requests.isEmpty)
    await server.stop()
  }

  @Test func `a chain is looked at once for an origin, before anything is asked`() async throws {
    let server = try await LoopbackServer(.tls(.chained))
    let request = Trial.Request(url: "https://127.0.0.1:\(server.port)/")
    let (results, _) = await Trial().ask([request, request])
    #expect(results.map { $0.answer?.status } == [200, 200])
    // The library shows only the server's own certificate, so that the one above it takes a handshake more.
    #expect(server.connections == 2)
    #expect(server.requests.count == 2)
    await server.stop()
  }

  @Test func `versions before 1.2 are refused`() async throws {
    let server = try await LoopbackServer(.oldTLS)
    let failure = try #require(
      await Trial().ask("https://127.0.0.1:\(server.port)/").failure)
    #expect(failure.cause == .tls)
    #expect(failure.detail?.contains("no longer safe") == true, "\(failure)")
    await server.stop()
  }

  @Test func `a server that does not speak TLS is refused`() async throws {
    let server = try await LoopbackServer(.plain)
    let failure = try #require(
      await Trial().ask("https://127.0.0.1:\(server.port)/").failure)
    #expect([.tls, .connectionReset].contains(failure.cause))
    #expect(server.requests.isEmpty)
    await server.stop()
  }

  @Test func `the certificate is for the name and not for the address it is pinned to`()
    async throws
  {
    let server = try await LoopbackServer(.tls(.right))
    let trial = Trial.named([
      "api.provider.example": ["127.0.0.1"], "api.other.example": ["127.0.0.1"],
    ])
    let good = await trial.ask("https://api.provider.example:\(server.port)/")
    #expect(good.answer?.status == 200)
    #expect(server.requests.first?.header("host") == "api.provider.example:\(server.port)")
    let bad = await trial.ask("https://api.other.example:\(server.port)/")
    #expect(bad.cause == .tls)
    #expect(server.requests.count == 1)
    await server.stop()
  }

  @Test func `an organization's own authority is trusted beside the system's`() async throws {
    let server = try await LoopbackServer(.tls(.right))
    var trial = Trial()
    trial.variables = [:]
    let without = await trial.ask("https://127.0.0.1:\(server.port)/")
    #expect(without.cause == .tls)
    trial.options.authorityFile = LoopbackCertificates.trusted
    let with = await trial.ask("https://127.0.0.1:\(server.port)/")
    #expect(with.answer?.status == 200)
    await server.stop()
  }

  /// A directory in which an authority is found by the hash of its name.
  private func directory(of authority: String, in folder: borrowing TemporaryDirectory) -> String {
    let result = ChildProcess.run(
      LoopbackCertificates.tool ?? "", ["x509", "-subject_hash", "-noout", "-in", authority])
    let hash = result.text.filter { !$0.isWhitespace }
    TextFile.write(TextFile.read(authority) ?? [], to: folder.file("\(hash).0"))
    return folder.path
  }

  @Test(arguments: [true, false])
  func `an authority of the system is found by its name, or in the list of all`(
    isNamed: Bool
  ) async throws {
    let (right, other) = LoopbackCertificates.withShared { ($0.authority, $0.otherAuthority) }
    let folder = TemporaryDirectory()
    let server = try await LoopbackServer(.tls(.right))
    var trial = Trial()
    trial.variables = [:]
    trial.authorities = (
      file: isNamed ? other : right, directory: directory(of: isNamed ? right : other, in: folder)
    )
    let answer = await trial.ask("https://localhost:\(server.port)/")
    #expect(answer.answer?.status == 200, "\(answer)")
    // The list is read only when the names did not do, for a handshake of its own.
    #expect(server.connections == (isNamed ? 1 : 2))
    #expect(server.requests.count == 1)
    await server.stop()
  }

  @Test func `an authority that is neither named nor listed is not trusted`() async throws {
    let other = LoopbackCertificates.withShared { $0.otherAuthority }
    let folder = TemporaryDirectory()
    let server = try await LoopbackServer(.tls(.right))
    var trial = Trial()
    trial.variables = [:]
    trial.authorities = (file: other, directory: directory(of: other, in: folder))
    let failure = try #require(await trial.ask("https://localhost:\(server.port)/").failure)
    #expect(failure.cause == .tls)
    #expect(failure.detail?.contains("authority") == true, "\(failure)")
    #expect(server.requests.isEmpty)
    await server.stop()
  }

  @Test func `a missing or empty file of authorities is said to be the trouble`() async throws {
    let directory = TemporaryDirectory()
    TextFile.write("no certificate in here", to: directory.file("empty.pem"))
    for file in [directory.file("missing.pem"), directory.file("empty.pem")] {
      var trial = Trial()
      trial.variables["SSL_CERT_FILE"] = file
      let failure = try #require(await trial.ask("https://127.0.0.1:9/").failure)
      #expect(failure.cause == .tls)
      #expect(failure.detail?.contains("file of certificate authorities") == true, "\(failure)")
    }
  }
}
