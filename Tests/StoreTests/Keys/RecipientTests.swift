import Basics
import Connections
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

@Suite("whom a store is sealed to")
struct RecipientTests {
  @Test func `whoever is added reads all that there is, whatever it is`() throws {
    let home = TestHome()
    let store = home.store()
    try FullStore.fill(store)
    let entries = try store.list()
    let other = TestKeys.make(in: home)
    let change = try store.addRecipient(other.recipient, label: "safe")
    #expect(change.resealed == FullStore.count && change.seen.isEmpty)
    #expect(change.recipients.last == other.recipient.text && change.recipients.count == 2)
    let reader = home.store(StoreChoice(identity: .file(other.file)))
    for store in [home.store(), reader] {
      #expect(try FullStore.content(store) == FullStore.expected)
      #expect(try store.list() == entries)
      #expect(!store.examine().contains { $0.state != .good })
    }
  }

  @Test func `a list opens no record after it either`() throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    try home.store().addRecipient(TestKeys.make(in: home).recipient)
    try home.database().execute("UPDATE records SET record = x'00'")
    let (connections, obstacle) = try home.store().handle.session().summaries()
    #expect(obstacle == nil)
    #expect(
      connections.allSatisfy { if case .summary = $0.content { true } else { false } })
  }

  @Test(.enabled(if: Tool.path("age") != nil, "needs age"))
  func `age opens an export with a key that was added`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let other = TestKeys.make(in: home)
    try home.store().addRecipient(other.recipient)
    let sealed = try home.store().export(TestRecord.tally)
    let result = ChildProcess.run(
      Tool.path("age") ?? "age", ["-d", "-i", other.file], input: sealed)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("\"x-EXAMPLE\""))
  }

  @Test func `whoever is removed reads nothing more, and what it has seen is named`() throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    let other = TestKeys.make(in: home)
    try home.store().addRecipient(other.recipient)
    let change = try home.store().removeRecipient(other.recipient)
    #expect(change.resealed == FullStore.count)
    #expect(change.seen == FullStore.names)
    #expect(change.seenApplications == [TestApplication.github])
    #expect(try FullStore.content(home.store()) == FullStore.expected)
    // Neither by the file, nor by what this machine would take for the store.
    let sealed = try home.store().export(FullStore.names[0])
    let reader = home.store(StoreChoice(identity: .file(other.file)))
    let refused = failure { () throws(StoreError) in _ = try reader.secret(FullStore.names[0]) }
    #expect(refused.isAboutTheIdentity)
    #expect(!TestKeys.opens(sealed, with: other.file))
  }

  @Test func `before the first save it makes a store for both, with nothing in it`() throws {
    let home = TestHome()
    let other = TestKeys.make(in: home)
    let change = try home.store().addRecipient(other.recipient, label: "offline")
    #expect(change.resealed == 0 && change.recipients.count == 2)
    #expect(try home.store().list().isEmpty)
    try home.store().save("x-EXAMPLE")
    for choice in [StoreChoice(), StoreChoice(identity: .file(other.file))] {
      #expect(try home.store(choice).secret() == "x-EXAMPLE")
    }
  }

  @Test func `names are kept on this machine, in one line that can be shown`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let (first, second) = (TestKeys.make("1", in: home), TestKeys.make("2", in: home))
    try home.store().addRecipient(
      first.recipient, label: "  the  safe\u{1B}[31m\nrecipient age1x ")
    try home.store().addRecipient(second.recipient)
    let recipients = try home.store().keys().recipients
    #expect(recipients.map(\.label) == [nil, "the safe[31mrecipient age1x", nil])
    #expect(recipients.map(\.isOwn) == [true, false, false])
    // A rotation, and a removal of another, leave them.
    try home.store().rotateIdentity()
    try home.store().removeRecipient(second.recipient)
    #expect(try home.store().keys().recipients.map(\.label).last == "the safe[31mrecipient age1x")
    #expect(!TestFile.text(home.storePath).contains("the safe"))
  }

  @Test func `what cannot be done is refused, and nothing is changed`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let own = TestKeys.own(in: home)[0]
    let other = TestKeys.make(in: home)
    let quantum = TestKeys.make("quantum", in: home, kind: .postQuantum)
    let store = home.store()
    let before = TestFile.read(home.storePath)
    func advice(_ body: () throws(StoreError) -> Void) -> String {
      let error = failure(body)
      #expect(TestFile.read(home.storePath) == before)
      return error?.explanation.advice ?? "no error"
    }
    #expect(
      advice { () throws(StoreError) in try store.addRecipient(own) }.contains("usher keys show"))
    #expect(
      advice { () throws(StoreError) in try store.addRecipient(quantum.recipient) }
        .contains("usher keys show"))
    #expect(
      advice { () throws(StoreError) in try store.removeRecipient(other.recipient) }
        .contains("usher keys show"))
    // The only one, and later one's own among others.
    #expect(
      advice { () throws(StoreError) in try store.removeRecipient(own) }
        == "usher keys rotate puts a new key in its place")
    try store.addRecipient(other.recipient)
    let refusal = failure { () throws(StoreError) in try store.removeRecipient(own) }
    #expect(refusal?.explanation.advice?.contains("usher keys write-only") == true)
    #expect(try store.keys().recipients.count == 2)
  }

  @Test func `a post-quantum key is refused before a store of another kind is made`() throws {
    let home = TestHome()
    let quantum = TestKeys.make(in: home, kind: .postQuantum)
    #expect(throws: StoreError.self) { try home.store().addRecipient(quantum.recipient) }
    #expect(!TestFile.exists(home.storePath) && !TestFile.exists(home.identityPath))
    let store = home.store(plan: .newPostQuantumIdentity)
    try store.addRecipient(quantum.recipient)
    try store.save("x-EXAMPLE")
    #expect(
      try home.store(StoreChoice(identity: .file(quantum.file))).secret() == "x-EXAMPLE")
  }

  @Test func `of a store that is not there nothing is removed or replaced`() throws {
    let home = TestHome()
    let other = TestKeys.make(in: home)
    let errors = [
      failure { () throws(StoreError) in try home.store().removeRecipient(other.recipient) },
      failure { () throws(StoreError) in try home.store().rotateIdentity() },
      failure { () throws(StoreError) in try home.store().leaveIdentityElsewhere() },
    ]
    for error in errors {
      #expect(error?.explanation.what == "there is no store yet whose keys could be changed")
    }
    #expect(!TestFile.exists(home.configuration))
  }

  @Test(arguments: ["records", "tokens", "former_generations", "applications", "drafts"])
  func `one thing that does not open stops it, is named, and everything stays`(table: String) throws
  {
    let home = TestHome()
    try FullStore.fill(home.store())
    let column = ["applications": "application", "tokens": "token"][table] ?? "record"
    // Sealed to somebody else, as by a machine with another list of recipients.
    let stranger = AgeIdentities(generating: .x25519)
    let file = try AgeFile.seal(TestRecord.buffer("x-EXAMPLE"), to: stranger.recipients)
    do {
      let database = try home.database()
      var update = try database.prepare(
        "UPDATE \(table) SET \(column) = ? WHERE rowid = (SELECT min(rowid) FROM \(table))")
      try update.bind(file, at: 0)
      try update.run()
    }
    let pin = TestFile.text(home.pinPath)
    let other = TestKeys.make(in: home)
    let error = failure { () throws(StoreError) in try home.store().addRecipient(other.recipient) }
    #expect(error?.explanation.what == "the store was not sealed anew")
    let why = error?.explanation.why ?? ""
    #expect(why.hasSuffix("; nothing was changed"), "\(why)")
    #expect(
      why.contains("it is not signed")
        && ["/a", "/b", "github"].contains { why.contains($0) }, "\(why)")
    #expect(error?.explanation.advice != nil)
    #expect(try home.store().keys().recipients.count == 1)
    #expect(TestFile.text(home.pinPath) == pin)
    #expect(try home.store().secret(FullStore.names[1]) == "first-b-EXAMPLE")
  }
}
