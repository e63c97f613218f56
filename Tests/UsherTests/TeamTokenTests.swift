import LoopbackSupport
import TestSupport
import Testing

/// Two machines with one store, and a provider that takes a refresh token that comes twice for a theft.
@Suite(
  .enabled(if: EtcdCluster.isAvailable && LoopbackCertificates.tool != nil),
  .timeLimit(.minutes(5)))
struct TeamTokenTests {
  @Test func `twenty commands on two machines show the refresh token once`() async throws {
    let first = UsherProgram()
    let provider = try await LinkedProvider(first)
    try provider.link(lifetime: 60)
    let store = EtcdCluster.shared.address(
      String(first.home.path.split(separator: "/").last ?? ""))
    let copied = first.run(["store", "copy", first.storePath, store])
    #expect(copied.status == 0, "\(copied.errorText)")
    let second = UsherProgram()
    _ = ChildProcess.run(
      "/bin/cp", ["-a", first.home.file(".config"), second.home.path], environment: [:])

    let words = ["token", "hub", "--store", store] + provider.options
    let command = UsherProgram.command(words).joined(separator: " ")
    let script =
      "for n in $(seq 10); do for home in '\(first.home.path)' '\(second.home.path)'; do "
      + "HOME=$home \(command) & done; done; wait"
    let result = ChildProcess.run("/bin/sh", ["-c", script], environment: first.environment)
    let answers = result.text.split(separator: "\n")
    #expect(answers.count == 20, "\(result.errorText)")
    #expect(Set(answers) == ["access-EXAMPLE-2"])
    #expect(provider.server.lines == ["POST /renew"])
    #expect(provider.server.reuses == 0)
    // The next one on the other machine is the successor of what the first one kept.
    let fresh = second.run(words + ["--fresh"])
    #expect(fresh.text == "access-EXAMPLE-3\n", "\(fresh.errorText)")
    #expect(provider.server.reuses == 0)
  }
}
