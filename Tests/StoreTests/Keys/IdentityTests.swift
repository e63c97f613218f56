import Basics
import Connections
import Glibc
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

@Suite("the identity")
struct IdentityTests {
  @Test func `the first save makes an identity that only its owner can read`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    #expect(TestFile.mode(home.identityPath) == 0o400)
    #expect(TestFile.mode(home.configuration) == 0o700)
    let lines = TestFile.text(home.identityPath).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("# created: 20"))
    #expect(lines[1].hasPrefix("# public key: age1"))
    #expect(lines[2].hasPrefix("AGE-SECRET-KEY-1"))
    let recipients = try home.store().keys().recipients
    #expect(lines[1] == "# public key: \(recipients[0].text)")
  }

  @Test(.enabled(if: Tool.path("age") != nil))
  func `age opens an export with the identity file`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("x-EXAMPLE")
    let sealed = try store.export(TestRecord.tally)
    let result = ChildProcess.run(
      Tool.path("age") ?? "age", ["-d", "-i", home.identityPath], input: sealed)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("\"x-EXAMPLE\""))
  }

  @Test func `an identity that was lost is missed before anything is stored`() throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE")
    let key = TestFile.read(home.identityPath)
    TestFile.remove(home.identityPath)
    let store = home.store()
    let errors = [
      failure { () throws(StoreError) in _ = try store.secret() },
      failure { () throws(StoreError) in try store.save("y-EXAMPLE", TestRecord.name("second")) },
      failure { () throws(StoreError) in _ = try store.keys() },
      failure { () throws(StoreError) in try store.handle.session().prepareToSave() },
    ]
    for error in errors {
      #expect(error?.explanation.what == "the identity \(home.identityPath) is missing")
    }
    #expect(store.examine().contains { $0.subject == "identity" && $0.state == .bad })
    // What needs no identity works, and none is made up.
    #expect(try store.list().count == 1)
    #expect(!TestFile.exists(home.identityPath))
    TestFile.write(key, to: home.identityPath, mode: 0o400)
    #expect(try store.secret() == "first-EXAMPLE")
  }

  @Test func `a machine that was chosen to be write-only stays so`() throws {
    let home = TestHome()
    let recipients = AgeIdentities(generating: .x25519).recipients
    try home.store(plan: .recipients(recipients)).save("x-EXAMPLE")
    // Without the choice being made anew.
    try home.store().save("y-EXAMPLE", TestRecord.name("second"))
    #expect(try home.store().keys().protection == .writeOnly)
    #expect(failure { () throws(StoreError) in _ = try home.store().secret() }.isAboutTheIdentity)
  }

  @Test(arguments: [
    "AGE-PLUGIN-YUBIKEY-1QQPQZRFR7ZZ2WCV4ZXQX\n", "AGE-SOMETHING-NEW-1QQQ\n", "hello\n",
    "\u{FEFF}",
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----\n",
  ])
  func `what else is in an identity file does not spoil the key`(before: String) throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let file = home.directory.file("key")
    TestFile.write(Array(before.utf8) + TestFile.read(home.identityPath), to: file)
    #expect(try home.store(StoreChoice(identity: .file(file))).secret() == "x-EXAMPLE")
  }

  @Test func `a damaged key, and a file without any, are named for what they are`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let file = home.directory.file("key")
    func why(_ text: [UInt8]) -> String? {
      TestFile.write(text, to: file)
      return failure { () throws(StoreError) in
        _ = try home.store(StoreChoice(identity: .file(file))).secret()
      }?.explanation.why
    }
    var damaged = TestFile.read(home.identityPath)
    damaged[damaged.count - 5] ^= 1
    #expect(why(damaged)?.contains("damaged") == true)
    #expect(why(Array("AGE-PLUGIN-YUBIKEY-1QQ\n".utf8))?.contains("plugin") == true)
    #expect(why(Array("hello\n".utf8))?.contains("no key") == true)
  }

  @Test func `a write-only store is made with a recipient alone`() throws {
    let home = TestHome()
    let identities = AgeIdentities(generating: .x25519)
    let store = home.store(plan: .recipients(identities.recipients))
    try store.save("x-EXAMPLE")
    #expect(!TestFile.exists(home.identityPath))
    #expect(try store.keys().recipients.map(\.text) == identities.recipients.map(\.text))
    #expect(try store.keys().protection == .writeOnly)
    #expect(store.describe().identityLocation == "not on this machine: it can store and not read")

    let file = home.directory.file("identity")
    let text = IdentityFile.text(of: identities, created: .now())
    TestFile.write(text.withBytes { $0.copied() }, to: file)
    #expect(try home.store(StoreChoice(identity: .file(file))).secret() == "x-EXAMPLE")
  }

  @Test func `a write-only machine keeps what it has taken the place of, for whoever can read`()
    throws
  {
    let home = TestHome()
    let identities = AgeIdentities(generating: .x25519)
    try home.store(plan: .recipients(identities.recipients)).save("first-EXAMPLE")
    try home.store().save("second-EXAMPLE", replacing: true)
    #expect(try home.store().hasFormer(of: TestRecord.tally))
    let refused = [
      failure { () throws(StoreError) in _ = try home.store().former(of: TestRecord.tally) },
      failure { () throws(StoreError) in try home.store().bringBack(TestRecord.tally) },
      failure { () throws(StoreError) in
        try home.store().rename(TestRecord.tally, to: TestRecord.name("new"))
      },
    ]
    for error in refused { #expect(error.isAboutTheIdentity) }

    let file = home.directory.file("identity")
    let text = IdentityFile.text(of: identities, created: .now())
    TestFile.write(text.withBytes { $0.copied() }, to: file)
    let reader = home.store(StoreChoice(identity: .file(file)))
    // What could not be opened there is not in the history that was begun anew.
    #expect(try reader.read(TestRecord.tally).facts.history.map(\.kind) == [.replaced])
    #expect(try reader.formerSecret() == "first-EXAMPLE")
    try reader.bringBack(TestRecord.tally)
    #expect(try reader.secret() == "first-EXAMPLE")
    #expect(try home.store().dropFormer(of: TestRecord.tally))
  }

  @Test func `a post-quantum store says so and opens`() throws {
    let home = TestHome()
    let store = home.store(plan: .newPostQuantumIdentity)
    try store.save("x-EXAMPLE")
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(store.describe().encryption == "age v1, ML-KEM-768 and X25519")
  }

  @Test func `an identity of a descriptor is read once and serves for all`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let number = unsafe open(home.identityPath, O_RDONLY)
    defer { close(number) }
    TestFile.remove(home.identityPath)
    let store = home.store(StoreChoice(identity: .descriptor(number)))
    for _ in 0..<3 { #expect(try store.secret() == "x-EXAMPLE") }
    #expect(try store.keys().protection == .descriptor)
  }

  @Test func `an identity that is handed in is told by the way that it comes`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    // A plain file, by the name that systemd gives it.
    let credentials = TemporaryDirectory()
    TestFile.write(TestFile.read(home.identityPath), to: credentials.file("usher-identity"))
    var environment = home.environment
    environment.variables["CREDENTIALS_DIRECTORY"] = credentials.path
    let store = TestStore(handle: StoreHandle(at: try StoreLocation(in: environment)))
    #expect(try store.keys().protection == .credential)
    #expect(
      store.examine().contains {
        $0.finding.hasSuffix("usher-identity, handed in through CREDENTIALS_DIRECTORY")
      })
  }

  @Test func `an identity that is asked for by name must exist`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let store = home.store(StoreChoice(identity: .file(home.directory.file("nothing"))))
    let error = failure { () throws(StoreError) in _ = try store.secret() }
    #expect(error.isAboutTheIdentity)
    #expect(error?.explanation.why == "it does not exist")
  }

  @Test func `a wrapped identity opens with its passphrase and with no other`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("x-EXAMPLE")
    #expect(try !store.needsPassphrase())
    try store.wrapIdentity(with: TestRecord.buffer("horse-EXAMPLE"), workFactor: 6)
    #expect(TestFile.text(home.identityPath).hasPrefix("-----BEGIN AGE ENCRYPTED FILE-----"))
    #expect(TestFile.mode(home.identityPath) == 0o400)

    let locked = home.store()
    #expect(try locked.needsPassphrase())
    #expect(try locked.keys().protection == .passphrase)
    let refusal = failure { () throws(StoreError) in _ = try locked.secret() }
    #expect(refusal.isAboutTheIdentity)
    #expect(
      refusal?.explanation.advice
        == "type the passphrase on a terminal, or hand it in with --passphrase-fd N")
    let wrong = failure { () throws(StoreError) in
      try locked.unlock(TestRecord.buffer("pony-EXAMPLE"))
    }
    #expect(wrong?.explanation.why == "the passphrase is wrong")
    try locked.unlock(TestRecord.buffer("horse-EXAMPLE"))
    #expect(try locked.secret() == "x-EXAMPLE")
    #expect(try !locked.needsPassphrase())
    #expect(try locked.keys().protection == .passphrase)
  }

  @Test func `a locked identity does not stop saving`() throws {
    let home = TestHome()
    try home.store().save("first-EXAMPLE")
    try home.store().wrapIdentity(with: TestRecord.buffer("horse-EXAMPLE"), workFactor: 6)
    let store = home.store()
    try store.save("second-EXAMPLE", TestRecord.name("second"))
    try store.unlock(TestRecord.buffer("horse-EXAMPLE"))
    #expect(try store.secret(TestRecord.name("second")) == "second-EXAMPLE")
  }

  @Test func `the place and the keys are described before and after`() throws {
    let home = TestHome()
    let store = home.store()
    #expect(
      store.describe()
        == StoreDescription(
          engine: "SQLite file", location: home.storePath, encryption: "age v1, X25519",
          identityLocation: home.identityPath, exists: false))
    #expect(try store.keys().recipients.isEmpty)
    try store.save("x-EXAMPLE")
    #expect(store.describe().exists)
    let report = try store.keys()
    #expect(report.protection == .file)
    #expect(report.isRemembered)
    #expect(report.protection.sentence.contains("does not protect against"))
  }
}

extension StoreError? {
  var isAboutTheIdentity: Bool {
    if case .identity = self { true } else { false }
  }

  var isAboutPermissions: Bool {
    if case .permissions = self { true } else { false }
  }

  var isDamage: Bool {
    if case .damaged = self { true } else { false }
  }
}
