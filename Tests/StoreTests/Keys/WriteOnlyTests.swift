import Basics
import Connections
import Store
import TestSupport
import Testing

@testable import Store

@Suite("a machine that gives its identity away")
struct WriteOnlyTests {
  @Test func `it stores and does not read, and whoever was added reads all of it`() throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    let other = TestKeys.make(in: home)
    try home.store().addRecipient(other.recipient, label: "laptop")
    let change = try home.store().leaveIdentityElsewhere()
    #expect(change.recipients == [other.recipient.text] && change.seen.isEmpty)
    #expect(!TestFile.exists(home.identityPath))
    let store = home.store()
    #expect(try store.keys().protection == .writeOnly)
    #expect(
      try store.keys().recipients
        == [KeyRecipient(text: other.recipient.text, label: "laptop", isOwn: false)])
    try store.handle.session().prepareToSave()
    try store.save("third-EXAMPLE", TestRecord.name("c"))
    let read = failure { () throws(StoreError) in _ = try store.secret(FullStore.names[0]) }
    #expect(read.isAboutTheIdentity)
    #expect(!store.examine().contains { $0.state == .bad })
    let reader = home.store(StoreChoice(identity: .file(other.file)))
    #expect(try FullStore.content(reader) == FullStore.expected)
    #expect(try reader.secret(TestRecord.name("c")) == "third-EXAMPLE")
    // There is no key here that it could be sealed anew with.
    let refused = [
      failure { () throws(StoreError) in
        try store.addRecipient(TestKeys.make("x", in: home).recipient)
      },
      failure { () throws(StoreError) in try store.rotateIdentity() },
    ]
    for error in refused { #expect(error.isAboutTheIdentity) }
    let again = failure { () throws(StoreError) in try store.leaveIdentityElsewhere() }
    #expect(again?.explanation.what == "there is no identity to take off this machine")
  }

  @Test func `it keeps it while nobody else could read`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let error = failure { () throws(StoreError) in try home.store().leaveIdentityElsewhere() }
    #expect(error?.explanation.advice == "add somebody first: usher keys add RECIPIENT")
    #expect(try home.store().secret() == "x-EXAMPLE")
  }

  @Test func `it keeps it while another store needs it`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    try home.store().addRecipient(TestKeys.make(in: home).recipient)
    let path = home.directory.file("second/usher.db")
    try home.store(StoreChoice(store: path)).save("second-EXAMPLE")
    let error = failure { () throws(StoreError) in try home.store().leaveIdentityElsewhere() }
    #expect(error?.explanation.why == "\(path) is sealed to it too")
    #expect(try home.store().secret() == "x-EXAMPLE")
  }

  @Test func `cut off before the file went, it goes on`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let identity = TestFile.read(home.identityPath)
    let other = TestKeys.make(in: home)
    try home.store().addRecipient(other.recipient)
    try home.store().leaveIdentityElsewhere()
    TestFile.write(identity, to: home.identityPath, mode: 0o400)
    // It is in nobody's way meanwhile.
    try home.store().save("y-EXAMPLE", TestRecord.name("b"))
    #expect(failure { () throws(StoreError) in _ = try home.store().secret() }.isAboutTheIdentity)
    let change = try home.store().leaveIdentityElsewhere()
    #expect(change.resealed == 0 && change.recipients == [other.recipient.text])
    #expect(!TestFile.exists(home.identityPath))
  }
}
