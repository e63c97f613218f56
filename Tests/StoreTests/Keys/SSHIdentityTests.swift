import Basics
import Connections
import Glibc
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

@Suite("an SSH key as the identity")
final class SSHIdentityTests {
  private let home = TestHome()

  /// A key that `ssh-keygen` has made with these arguments.
  private func made(_ arguments: [String]) throws -> String {
    let tool = try #require(Tool.path("ssh-keygen"))
    let path = home.directory.file("id")
    let result = ChildProcess.run(tool, ["-q", "-C", "me", "-f", path] + arguments)
    #expect(result.status == 0, "\(result.errorText)")
    return path
  }

  private func store(_ identity: String) -> TestStore {
    home.store(StoreChoice(identity: .file(identity)))
  }

  @Test(.enabled(if: Tool.path("ssh-keygen") != nil, "needs ssh-keygen"))
  func `a store is made for it and opens with it`() throws {
    let key = try made(["-t", "ed25519", "-N", ""])
    try store(key).save("x-EXAMPLE")
    #expect(try store(key).secret() == "x-EXAMPLE")
    let described = store(key).describe()
    #expect(described.encryption == "age v1, ssh-ed25519")
    #expect(described.identityLocation == key)
    let report = try store(key).keys()
    let line = TestFile.text("\(key).pub").split(separator: " ").prefix(2).joined(separator: " ")
    #expect(report.recipients.map(\.text) == [line])
    #expect(report.isRemembered)
    #expect(!TestFile.exists(home.identityPath))
    if let age = Tool.path("age") {
      let sealed = try store(key).export(TestRecord.tally)
      let opened = ChildProcess.run(age, ["-d", "-i", key], input: sealed)
      #expect(opened.text.contains("\"x-EXAMPLE\""), "\(opened.errorText)")
    }
  }

  @Test func `a machine that only stores seals to SSH keys and to age's own alike`() throws {
    let keys = [TestKey.ssh(), TestKey.native()]
    try home.store(plan: .recipients(keys.map(\.recipient))).save("first-EXAMPLE")
    try home.store().save("second-EXAMPLE", TestRecord.name("second"))
    #expect(try home.store().keys().recipients.map(\.text) == keys.map(\.recipient.text))
    #expect(home.store().describe().encryption == "age v1, ssh-ed25519 and X25519")
    for (number, key) in keys.enumerated() {
      let file = home.directory.file("key-\(number)")
      TestFile.write(key.text, to: file)
      #expect(try store(file).secret() == "first-EXAMPLE")
      #expect(try store(file).secret(TestRecord.name("second")) == "second-EXAMPLE")
    }
  }

  @Test func `it may stand in a file with keys of age, each of which opens`() throws {
    let keys = [TestKey.ssh(), TestKey.native(), TestKey.ssh()]
    let file = home.directory.file("keys")
    TestFile.write(Array("# several\n".utf8) + keys.flatMap(\.text), to: file)
    try store(file).save("x-EXAMPLE")
    #expect(try store(file).keys().recipients.map(\.text) == keys.map(\.recipient.text))
    for key in keys {
      TestFile.write(key.text, to: file)
      #expect(try store(file).secret() == "x-EXAMPLE")
    }
  }

  @Test func `wrapped with a passphrase in the usual place it is still that key`() throws {
    let key = TestKey.ssh()
    for folder in ["\(home.path)/.config", home.configuration] { unsafe mkdir(folder, 0o700) }
    TestFile.write(key.text, to: home.identityPath, mode: 0o400)
    try home.store().save("x-EXAMPLE")
    try home.store().wrapIdentity(with: TestRecord.buffer("horse-EXAMPLE"), workFactor: 4)
    let locked = home.store()
    #expect(try locked.needsPassphrase())
    try locked.unlock(TestRecord.buffer("horse-EXAMPLE"))
    #expect(try locked.secret() == "x-EXAMPLE")
    #expect(try locked.keys().recipients.map(\.text) == [key.recipient.text])
  }

  @Test(
    .enabled(if: Tool.path("ssh-keygen") != nil, "needs ssh-keygen"),
    arguments: [
      (["-t", "ed25519", "-N", "walrus-EXAMPLE"], "passphrase", "ssh-keygen -p"),
      (["-t", "rsa", "-b", "1024", "-N", ""], "ssh-rsa", "ssh-keygen -t ed25519"),
      (["-t", "rsa", "-b", "1024", "-N", "walrus-EXAMPLE"], "ssh-rsa", "ssh-keygen -t ed25519"),
      (["-t", "ecdsa", "-N", ""], "ecdsa-sha2-nistp256", "ssh-keygen -t ed25519"),
      (["-t", "rsa", "-b", "1024", "-m", "PEM", "-N", ""], "OpenSSL", "age-keygen"),
      (["-t", "rsa", "-b", "1024", "-m", "PKCS8", "-N", ""], "PKCS #8", "age-keygen"),
    ])
  func `a key that opens nothing here is refused by its kind, with the way out`(
    arguments: [String], kind: String, advice: String
  ) throws {
    let explanation = refusal(try made(arguments))
    #expect(explanation?.why?.contains(kind) == true, "\(explanation?.why ?? "nothing")")
    #expect(explanation?.advice?.contains(advice) == true)
  }

  @Test(.enabled(if: Tool.path("ssh-keygen") != nil, "needs ssh-keygen"))
  func `its public half in its place is told from it`() throws {
    let file = home.directory.file("public")
    TestFile.write(
      TestFile.read("\(try made(["-t", "ed25519", "-N", ""])).pub"), to: file)
    let explanation = refusal(file)
    #expect(explanation?.why == "it is a public key, which opens nothing")
    #expect(explanation?.advice?.contains("without .pub") == true)
  }

  /// What is said when a store is to be read with this file.
  private func refusal(_ file: String) -> Explanation? {
    failure { () throws(StoreError) in _ = try store(file).keys() }?.explanation
  }

  /// The seed lies in the file in Base64, and the number it stands for nowhere: both are looked for.
  @Test(
    .enabled(
      if: Tool.path("ssh-keygen") != nil && Tool.path("python3") != nil,
      "needs ssh-keygen and python3"))
  func `it is in memory only while it is used`() throws {
    let key = try made(["-t", "ed25519", "-N", ""])
    let (seed, number) = (home.directory.file("seed"), home.directory.file("number"))
    let script = """
      import base64, hashlib, sys
      lines = open(sys.argv[1]).read().splitlines()[1:-1]
      raw = base64.b64decode("".join(lines))
      public = raw[62:94]
      seed = raw[raw.rindex(public) - 32:raw.rindex(public)]
      open(sys.argv[2], "wb").write(seed)
      open(sys.argv[3], "wb").write(hashlib.sha512(seed).digest()[:32])
      """
    let python = try #require(Tool.path("python3"))
    let result = ChildProcess.run(python, ["-c", script, key, seed, number])
    #expect(result.status == 0, "\(result.errorText)")
    let scans = [seed, number].map { MemoryScan(maskedFile: $0, last: 16) }
    do {
      var control = SecretBuffer(capacity: 16)
      for index in 0..<scans[0].count { control.append(scans[0].byte(index)) }
      #expect(scans[0].occurrences() == 1)
      #expect(control.count == 16)
    }

    try store(key).save("x-EXAMPLE")
    #expect(try store(key).secret() == "x-EXAMPLE")
    #expect(scans.map { $0.occurrences() } == [0, 0])
  }
}
