import Basics
import Connections
import Secrets
import Store
import Synchronization
import TestSupport
import Testing

@testable import Store

/// What somebody can try who can write to the store and seal to its recipients, as everybody can who has seen them.
@Suite("signatures")
struct SignatureTests {
  private let a = TestRecord.name("a")

  /// Two machines with one identity and one store between them.
  private struct Shared: ~Copyable {
    let here = TestHome()
    let there = TestHome()

    init() throws {
      try here.store().save("secret-EXAMPLE", TestRecord.name("a"))
      _ = try PrivateDirectory.create(there.configuration, .readable)
      TestFile.write(TestFile.read(here.identityPath), to: there.identityPath, mode: 0o400)
    }

    /// The store as the second machine has it.
    var fromThere: TestStore { there.store(StoreChoice(store: here.storePath)) }

    func fromHere(asking question: UnknownWriter.Question?) -> StoreSession {
      StoreHandle(at: here.location(), question: question).session()
    }
  }

  /// Puts what an attacker has sealed in the place of a record.
  private func put(
    _ home: borrowing TestHome, _ sign: ([UInt8], SealBinding, StoreHeader) throws -> [UInt8]
  ) throws {
    let row = try #require(try home.row(of: a))
    let database = try home.database()
    let header = try #require(try StoreHeader(database))
    var record = TestRecord.make("forged-EXAMPLE", name: a)
    row.describe(&record.facts, in: header.id)
    let file = try RecordSealing.close(record, to: header.recipients)
    var update = try database.prepare("UPDATE records SET record = ?")
    try update.bind(try sign(file, SealBinding(record: row), header), at: 0)
    try update.run()
  }

  @Test func `a record that nobody has signed is refused, although it opens`() throws {
    let home = TestHome()
    try home.store().save("secret-EXAMPLE", a)
    try put(home) { file, _, _ in file }
    let error = failure { () throws(StoreError) in _ = try home.store().secret(a) }
    #expect(error == .damaged(a, why: "it is not signed"))
    #expect(home.store().examine().contains { $0.subject == "signatures" && $0.state == .bad })
  }

  @Test func `a record that somebody unknown has signed is refused, and shown by its key`() throws {
    let home = TestHome()
    try home.store().save("secret-EXAMPLE", a)
    let stranger = try #require(WriterKey.generate())
    try put(home) { file, binding, header in
      try ContentSigner(key: stranger, storeID: header.id).sign(file, binding)
    }
    let key = KnownWriter(stranger.publicKey).text
    let error = failure { () throws(StoreError) in _ = try home.store().secret(a) }
    #expect(error.isUntrusted)
    #expect(error?.explanation.why?.contains(key) == true)
    #expect(error?.explanation.advice?.hasSuffix("usher keys trust") == true)
    let findings = home.store().examine().filter { $0.subject == "writers" && $0.state == .bad }
    #expect(findings.count == 1 && findings[0].finding.hasPrefix(key))
    // A list is not read from what is refused.
    #expect(try home.store().list().map(\.name) == [a])
  }

  @Test func `a signature is good for one content of one store`() throws {
    let home = TestHome()
    try home.store().save("secret-EXAMPLE", a)
    let row = try #require(try home.row(of: a))
    let key = try #require(WriterKey.generate())
    let file: [UInt8] = [1, 2, 3]
    let binding = SealBinding(record: row)
    let envelope = try SignedEnvelope(file, binding, version: 1, in: "store", by: key)
    #expect(envelope.isSigned(as: binding, in: "store"))
    #expect(!envelope.isSigned(as: binding, in: "stor"))
    #expect(!envelope.isSigned(as: SealBinding(draft: a), in: "store"))
    #expect(
      !envelope.isSigned(
        as: SealBinding(token: SealedToken(version: 1, file: file), of: row), in: "store"))
    var other = row
    other.id += "0"
    #expect(!envelope.isSigned(as: SealBinding(record: other), in: "store"))
    for index in envelope.bytes.indices {
      var changed = envelope.bytes
      changed[index] ^= 1
      #expect(SignedEnvelope(changed)?.isSigned(as: binding, in: "store") != true, "\(index)")
    }
  }

  @Test func `what another machine stores is read once a person has said that it is right`() throws
  {
    let shared = try Shared()
    #expect(try shared.fromThere.secret(a) == "secret-EXAMPLE")
    try shared.fromThere.save("theirs-EXAMPLE", a, replacing: true)
    #expect(failure { () throws(StoreError) in _ = try shared.here.store().secret(a) }.isUntrusted)
    let asked = Mutex<[UnknownWriter]>([])
    let session = shared.fromHere { writer in
      asked.withLock { $0.append(writer) }
      return true
    }
    #expect(try session.secret(a) == "theirs-EXAMPLE")
    #expect(try session.secret(a) == "theirs-EXAMPLE")
    let questions = asked.withLock { $0 }
    #expect(questions.map(\.subject) == ["tally/a"])
    #expect(questions.first?.event?.kind == .replaced)
    // It is remembered, and the other machine has known this one from its first day.
    #expect(try shared.here.store().secret(a) == "theirs-EXAMPLE")
    try shared.here.store().save("ours-EXAMPLE", a, replacing: true)
    #expect(try shared.fromThere.secret(a) == "ours-EXAMPLE")
  }

  @Test func `a no is asked for once, and nothing is remembered`() throws {
    let shared = try Shared()
    try shared.fromThere.save("theirs-EXAMPLE", a, replacing: true)
    let asked = Mutex(0)
    let session = shared.fromHere { _ in
      asked.withLock { $0 += 1 }
      return false
    }
    for _ in 1...2 {
      #expect(failure { () throws(StoreError) in _ = try session.secret(a) }.isUntrusted)
    }
    #expect(asked.withLock { $0 } == 1)
    #expect(failure { () throws(StoreError) in _ = try shared.here.store().secret(a) }.isUntrusted)
  }

  @Test func `all that is new is shown together, and remembered together`() throws {
    let shared = try Shared()
    try shared.fromThere.save("theirs-EXAMPLE", a, replacing: true)
    try shared.fromThere.keep("token-EXAMPLE", of: a)
    let session = shared.here.store().handle.session()
    let differences = try session.differences()
    guard case .writer(_, things: 2, let event)? = differences.first, differences.count == 1 else {
      Issue.record("\(differences)")
      return
    }
    #expect(event?.kind == .replaced)
    try session.trustAsItIs()
    #expect(try session.differences().isEmpty)
    #expect(try shared.here.store().secret(a) == "theirs-EXAMPLE")
    #expect(try shared.here.store().kept(a) == "token-EXAMPLE 1")
  }

  @Test func `where no key can be kept, whoever has the identity knows who signs`() throws {
    let shared = try Shared()
    // Nobody can make a directory there.
    let environment = StoreEnvironment(
      variables: ["HOME": shared.there.path, "XDG_CONFIG_HOME": "/proc"], userID: 1000,
      accountHome: nil, workingDirectory: "/")
    let choice = StoreChoice(
      store: shared.here.storePath, identity: .file(shared.there.identityPath))
    let location = try StoreLocation(choice, in: environment)
    try StoreHandle(at: location).session().save("theirs-EXAMPLE", a, replacing: true)
    #expect(try shared.here.store().secret(a) == "theirs-EXAMPLE")
  }

  @Test func `a key that is handed in signs, and one that is damaged is refused`() throws {
    let home = TestHome()
    let credentials = home.directory.file("credentials")
    _ = try PrivateDirectory.create(credentials, .closed)
    let key = try #require(WriterKey.generate())
    let text = key.text(created: .now()).withBytes { $0.copied() }
    TestFile.write(text, to: "\(credentials)/usher-writer", mode: 0o400)
    var environment = home.environment
    environment.variables["CREDENTIALS_DIRECTORY"] = credentials
    let location = try StoreLocation(StoreChoice(), in: environment)
    try StoreHandle(at: location).session().save("secret-EXAMPLE", a)
    let envelope = SignedEnvelope(try home.database().sealedRecord(of: a))
    #expect(envelope?.writer == key.publicKey)
    #expect(!TestFile.names(home.configuration).contains("writer.key"))
    TestFile.write(Array(text.dropLast(4)), to: "\(credentials)/usher-writer", mode: 0o600)
    let error = failure { () throws(StoreError) in
      try StoreHandle(at: location).session().save("other-EXAMPLE", a, replacing: true)
    }
    #expect(error?.explanation.why == "it is not a writer's key as usher makes it")
    #expect(try home.store().secret(a) == "secret-EXAMPLE")
  }

  @Test func `the key is made with the first save, for this account alone`() throws {
    let home = TestHome()
    try home.store().save("secret-EXAMPLE", a)
    let path = "\(home.configuration)/writer.key"
    #expect(TestFile.mode(path) == 0o400)
    let key = TestFile.read(path)
    try home.store().save("other-EXAMPLE", a, replacing: true)
    #expect(TestFile.read(path) == key)
  }
}

extension StoreError? {
  /// Whether this machine does not know what it was given.
  var isUntrusted: Bool { if case .untrusted = self { true } else { false } }
}

extension TestHome {
  func row(of name: ConnectionName) throws -> IndexRow? {
    let database = try database()
    var select = try database.prepare(
      "SELECT \(IndexRow.columns) FROM connections WHERE provider = ? AND name = ?")
    try select.bind(name)
    return try select.step() ? IndexRow(select) : nil
  }
}
