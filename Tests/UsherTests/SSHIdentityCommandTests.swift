import Glibc
import TestSupport
import Testing

/// An SSH key in place of an identity of age, with the built program.
@Suite(.enabled(if: Tool.path("ssh-keygen") != nil, "needs ssh-keygen"), .timeLimit(.minutes(1)))
struct SSHIdentityCommandTests {
  private let program = UsherProgram()

  /// A key that the program may read.
  private func key(_ arguments: [String]) throws -> String {
    let path = program.home.file("id")
    let result = ChildProcess.run(
      try #require(Tool.path("ssh-keygen")), ["-q", "-C", "me", "-f", path] + arguments)
    #expect(result.status == 0, "\(result.errorText)")
    if geteuid() == 0 { unsafe chown(path, UsherProgram.nobody, UsherProgram.nobody) }
    return path
  }

  private func connect(_ key: String) -> ChildProcess {
    program.run(
      ["connect", "tally", "--from", "-", "--no-check", "--identity", key],
      input: #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#)
  }

  @Test func `what is linked with it is had back with it, and keys shows its line`() throws {
    let key = try key(["-t", "ed25519", "-N", ""])
    let linked = connect(key)
    #expect(linked.status == 0, "\(linked.errorText)")
    let value = program.run(["get", "tally", "--identity", key])
    #expect(value.text.hasPrefix(TestProvider.tallyKey), "\(value.errorText)")
    let keys = program.run(["keys", "--identity", key])
    #expect(keys.text.contains("ssh-ed25519 AAAA"))
    #expect(keys.text.contains(key))
    // Without it the store is not opened, and no other identity is made.
    let without = program.run(["get", "tally"])
    #expect(without.status == 7)
    #expect(without.text.isEmpty)
  }

  @Test func `one with a passphrase is refused with the way out, and nothing is stored`() throws {
    let key = try key(["-t", "ed25519", "-N", "walrus-EXAMPLE"])
    let refused = connect(key)
    #expect(refused.status == 7)
    #expect(refused.errorText.contains("an SSH key with a passphrase"))
    #expect(refused.errorText.contains("ssh-keygen -p"))
    #expect(TextFile.read(program.storePath) == nil)
  }
}
