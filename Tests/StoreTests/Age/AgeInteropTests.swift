import Basics
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

@Suite("age: the program and ours", .enabled(if: Tool.path("age") != nil))
struct AgeInteropTests {
  @Test(arguments: [0, 1, 700, 65536, 200_000], [false, true])
  func `age opens what we seal`(size: Int, armored: Bool) throws {
    let directory = TemporaryDirectory()
    let identities = AgeIdentities(generating: .x25519)
    let others = AgeIdentities(generating: .x25519).recipients
    let key = identityFile(identities, in: directory)
    let content = pattern(size)
    let sealed = try AgeFile.seal(buffer(content), to: others + identities.recipients)
    let result = run("age", ["-d", "-i", key], armored ? AgeArmor.encode(sealed) : sealed)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.output == content)
  }

  @Test(arguments: [0, 1, 700, 65536, 200_000], [false, true])
  func `we open what age seals`(size: Int, armored: Bool) throws {
    let identities = AgeIdentities(generating: .x25519)
    let other = AgeIdentities(generating: .x25519).recipients
    let recipients = (other + identities.recipients).flatMap { ["-r", $0.text] }
    let result = run("age", (armored ? ["-a"] : []) + recipients, pattern(size))
    #expect(result.status == 0, "\(result.errorText)")
    let file = armored ? try AgeArmor.decode(result.output) : result.output
    var content = SecretBuffer(capacity: file.count)
    try AgeFile.open(file, with: identities, into: &content)
    #expect(content.withBytes { $0.copied() } == pattern(size))
  }

  @Test(.enabled(if: Tool.path("age-keygen") != nil))
  func `an identity of age-keygen is read, and ours by age-keygen`() throws {
    let directory = TemporaryDirectory()
    let made = run("age-keygen", [])
    let content = buffer(made.output)
    let identities = try content.withBytes { bytes throws(IdentityFileError) in
      try IdentityFile.parse(bytes)
    }
    let recipient = identities.recipients[0].text
    #expect(made.text.contains("# public key: \(recipient)\n"))

    let ours = AgeIdentities(generating: .x25519)
    let shown = run("age-keygen", ["-y", identityFile(ours, in: directory)])
    #expect(shown.text == ours.recipients[0].text + "\n", "\(shown.errorText)")
  }

  private func run(_ tool: String, _ arguments: [String], _ input: [UInt8] = []) -> ChildProcess {
    ChildProcess.run(Tool.path(tool) ?? tool, arguments, input: input)
  }

  private func identityFile(
    _ identities: borrowing AgeIdentities, in directory: borrowing TemporaryDirectory
  ) -> String {
    let path = directory.file("identity")
    let text = IdentityFile.text(of: identities, created: .now())
    TestFile.write(text.withBytes { $0.copied() }, to: path)
    return path
  }

  private func pattern(_ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 >> 8) }
  }

  private func buffer(_ bytes: [UInt8]) -> SecretBuffer {
    var buffer = SecretBuffer(capacity: max(1, bytes.count))
    buffer.append(text: bytes)
    return buffer
  }
}
