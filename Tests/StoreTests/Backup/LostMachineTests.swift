import Basics
import Connections
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

/// Everything is gone but a backup and an identity that was kept elsewhere.
@Suite("a machine that is lost")
struct LostMachineTests {
  /// Where the identity is that was never on the lost machine.
  private final class Vault {
    let folder = TemporaryDirectory()

    func file(_ name: String) -> String { folder.file(name) }
  }

  private let vault = Vault()
  private var offline: String { vault.file("offline.txt") }

  /// The backup of a store that is sealed to an identity of the machine's own and to the offline one.
  private func backUp() throws -> [UInt8] {
    let home = TestHome()
    let own = AgeIdentities(generating: .x25519)
    let kept = AgeIdentities(generating: .x25519)
    write(kept, to: offline)
    // Made while the machine has no identity; then it gets one that reads too.
    let plan = RecipientPolicy.recipients(own.recipients + kept.recipients)
    try home.store(plan: plan).save("first-EXAMPLE")
    write(own, to: home.identityPath)
    let session = home.store().handle.session()
    try session.keep("token-EXAMPLE")
    try session.save("work-EXAMPLE", TestRecord.name("work"))
    return try TestBackup.make(of: session)
  }

  private func write(_ identities: borrowing AgeIdentities, to path: String) {
    let text = IdentityFile.text(of: identities, created: .now())
    TestFile.write(text.withBytes { $0.copied() }, to: path, mode: 0o400)
  }

  @Test func `the offline identity brings all of it to another account, which has its own`() throws
  {
    let backup = try backUp()
    let other = TestHome()
    let (found, failure) = try TestBackup.restore(
      backup, into: other.store().handle.session(), with: .file(offline))
    #expect(failure == nil)
    #expect(found == ["tally/default": .added, "tally/work": .added])
    #expect(try other.store().secret() == "first-EXAMPLE")
    #expect(try other.store().kept() == "token-EXAMPLE 1")
    // The new store is that account's alone.
    let recipients = try other.store().keys().recipients.map(\.text)
    let made = try other.store().handle.session().identities().keys.recipients.map(\.text)
    #expect(recipients == made)
    #expect(TestFile.mode(other.identityPath) == 0o400)
  }

  @Test func `without it nothing opens the backup, and nothing is made`() throws {
    let backup = try backUp()
    let other = TestHome()
    let error = failure { () throws(StoreError) in
      _ = try TestBackup.restore(backup, into: other.store().handle.session())
    }
    guard case .identity = error else {
      Issue.record("it is opened, or refused for \(String(describing: error))")
      return
    }
    #expect(!TestFile.exists(other.storePath))
    #expect(!TestFile.exists(other.identityPath))
  }

  @Test(.enabled(if: Tool.path("age") != nil, "needs age"))
  func `age opens it, and its lines are JSON`() throws {
    let file = vault.file("backup.age")
    TestFile.write(try backUp(), to: file)
    let opened = ChildProcess.run(Tool.path("age") ?? "", ["-d", "-i", offline, file])
    #expect(opened.status == 0, "\(opened.errorText)")
    try expectLines(opened.text)
  }

  @Test(.enabled(if: AgePeer.interpreter != nil, "needs pyrage"))
  func `pyrage opens it too`() throws {
    let folder = TemporaryDirectory()
    let (file, lines) = (folder.file("backup.age"), folder.file("lines"))
    TestFile.write(try backUp(), to: file)
    try AgePeer.run(
      [AgePeer.Job(action: "open", input: file, output: lines, identity: offline)], in: folder)
    try expectLines(TestFile.text(lines))
  }

  private func expectLines(_ text: String) throws {
    let lines = try text.split(separator: "\n").map { try Value(json: String($0)) }
    #expect(lines.count == 4)
    #expect(lines[0]["kind"]?.text == "usher-backup")
    #expect(lines[1]["record"]?["name"]?.text == "default")
    #expect(lines[1]["token"]?["tokens"] != nil)
    #expect(lines[3]["end"]?["connections"] == .int(2))
  }

  @Test(.enabled(if: Tool.path("age") != nil, "needs age"))
  func `a file that age has sealed again is taken in`() throws {
    let file = vault.file("backup.age")
    TestFile.write(try backUp(), to: file)
    let age = Tool.path("age") ?? ""
    let opened = ChildProcess.run(age, ["-d", "-i", offline, file])
    let other = TestHome()
    let session = other.store().handle.session()
    try session.save("other-EXAMPLE", TestRecord.name("other"))
    let recipient = try session.keys().recipients[0].text
    let sealed = ChildProcess.run(age, ["-a", "-r", recipient], input: opened.output)
    let (found, failure) = try TestBackup.restore(sealed.output, into: session)
    #expect(failure == nil)
    #expect(found.count == 2)
    #expect(try session.secret() == "first-EXAMPLE")
  }
}
