import Basics
import Connections
import Drafts
import Requests
import Secrets
import Store
import TestSupport
import Testing

/// Copies of secrets in the memory of this process.
@Suite("secrets in memory")
struct ResidueTests {
  private func buffer(_ marker: MemoryScan) -> SecretBuffer {
    var buffer = SecretBuffer(capacity: marker.count)
    for index in 0..<marker.count { buffer.append(marker.byte(index)) }
    return buffer
  }

  private func record(_ marker: MemoryScan, _ name: ConnectionName) -> ConnectionRecord {
    var values = SecretValues()
    values.set(TestRecord.key, to: buffer(marker))
    let facts = ConnectionFacts(name: name, created: .now(), changed: .now())
    return ConnectionRecord(facts: facts, provider: TestRecord.provider, values: values)
  }

  @Test func `the scan finds a text that is there`() {
    let marker = MemoryScan.marker()
    #expect(marker.occurrences() == 0)
    let secret = buffer(marker)
    #expect(marker.occurrences() == 1)
    let copy = secret.withBytes { $0.copied() }
    #expect(marker.occurrences() == 2)
    // Keeps both alive up to here.
    #expect(copy.count == secret.count)
  }

  @Test func `saving and opening leave nothing of a secret behind`() throws {
    let home = TestHome()
    let store = home.store()
    let marker = MemoryScan.marker()
    for round in 0..<3 {
      try store.save(record(marker, TestRecord.name("n\(round)")), replacing: false)
      #expect(marker.occurrences() == 0, "after a save")
      let opened = try store.read(TestRecord.name("n\(round)"))
      // The value in the record, and nowhere else.
      #expect(marker.occurrences() == 1, "while it is open")
      let facts = opened.facts
      #expect(facts.version == 1)
    }
    #expect(marker.occurrences() == 0, "after opening")
  }

  @Test func `sealing it for others, and for a new identity, leaves nothing behind`() throws {
    let home = TestHome()
    let marker = MemoryScan.marker()
    try home.store().save(record(marker, TestRecord.name("a")), replacing: false)
    try home.store().addRecipient(TestKeys.make(in: home).recipient)
    #expect(marker.occurrences() == 0, "after a recipient was added")
    try home.store().rotateIdentity()
    #expect(marker.occurrences() == 0, "after a rotation")
  }

  @Test func `keeping and opening an application leave nothing behind`() throws {
    let home = TestHome()
    let marker = MemoryScan.marker()
    let name = TestApplication.github
    let facts = ApplicationFacts(
      name: name, provider: "github", clientID: "client", callback: nil, created: .now(),
      changed: .now())
    let session = home.store().handle.session()
    try session.saveApplication(
      Application(
        facts: facts, client: OAuthClient(id: "client", secret: buffer(marker)),
        values: SecretValues()))
    #expect(marker.occurrences() == 0, "after a save")
    do {
      let opened = try session.application(name)
      #expect(marker.occurrences() == 1, "while it is open")
      _ = consume opened
    }
    _ = try session.applications()
    #expect(marker.occurrences() == 0, "after opening")
  }

  @Test func `keeping and taking up a draft leave nothing behind`() throws {
    let home = TestHome()
    let store = home.store()
    let marker = MemoryScan.marker()
    var values = SecretValues()
    values.set(TestRecord.key, to: buffer(marker))
    try store.saveDraft(
      Submission(provider: TestRecord.provider, values: values), for: TestRecord.tally)
    #expect(marker.occurrences() == 0)
    do {
      let resumed = try store.resume(TestRecord.tally)
      let isThere = resumed != nil
      #expect(isThere)
    }
    #expect(marker.occurrences() == 0)
  }

  @Test func `keeping and finding tokens leave nothing behind`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("x-EXAMPLE")
    let facts = try store.read(TestRecord.tally).facts
    let marker = MemoryScan.marker()
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: buffer(marker))
    try store.saveToken(
      StoredToken(tokens: TokenSet(values: values, obtained: .now())), of: facts)
    #expect(marker.occurrences() == 0, "after it was kept")
    do {
      let found = try store.token(of: TestRecord.tally)
      #expect(marker.occurrences() == 1, "while it is open")
      let isThere = found != nil
      #expect(isThere)
    }
    #expect(marker.occurrences() == 0, "after it was used")
  }

  @Test func `the identity is in memory only while it is used`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("x-EXAMPLE")
    // The last 20 characters of the key's text, gathered without a copy in the clear.
    let line = MemoryScan(maskedFile: home.identityPath, last: 20)
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(line.occurrences() == 0)
  }

  @Test func `a passphrase is not copied`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let marker = MemoryScan.marker()
    do {
      let passphrase = buffer(marker)
      try home.store().wrapIdentity(with: passphrase, workFactor: 4)
      let store = home.store()
      try store.unlock(passphrase)
      #expect(marker.occurrences() == 1)
    }
    #expect(marker.occurrences() == 0)
  }
}
