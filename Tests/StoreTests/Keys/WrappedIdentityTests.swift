import Basics
import Connections
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

@Suite("a wrapped identity")
struct WrappedIdentityTests {
  private func wrap(_ store: TestStore, _ passphrase: String = "horse-EXAMPLE") throws {
    try store.wrapIdentity(with: TestRecord.buffer(passphrase), workFactor: 6)
  }

  @Test func `one passphrase serves every session of a process`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    try wrap(home.store())
    let store = home.store()
    #expect(try store.needsPassphrase())
    try store.unlock(TestRecord.buffer("horse-EXAMPLE"))
    for _ in 0..<3 {
      #expect(try !store.needsPassphrase())
      #expect(try store.secret() == "x-EXAMPLE")
    }
    #expect(try home.store().needsPassphrase())
  }

  @Test func `whoever wraps it need not unlock it`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("x-EXAMPLE")
    try wrap(store)
    #expect(try store.secret() == "x-EXAMPLE")
    // Another passphrase, in the same process.
    try wrap(store, "other-EXAMPLE")
    let later = home.store()
    #expect(throws: StoreError.self) { try later.unlock(TestRecord.buffer("horse-EXAMPLE")) }
    try later.unlock(TestRecord.buffer("other-EXAMPLE"))
    #expect(try later.secret() == "x-EXAMPLE")
  }

  @Test func `before the first save it makes one that was never there in the clear`() throws {
    let home = TestHome()
    try wrap(home.store())
    #expect(TestFile.text(home.identityPath).hasPrefix("-----BEGIN AGE ENCRYPTED FILE-----"))
    #expect(!TestFile.exists(home.storePath))
    let store = home.store()
    // Its public key is not known yet.
    #expect(try store.handle.session().needsPassphraseToSave())
    let refused = failure { () throws(StoreError) in try store.save("x-EXAMPLE") }
    #expect(refused.isAboutTheIdentity)
    #expect(!TestFile.exists(home.storePath))
    try store.unlock(TestRecord.buffer("horse-EXAMPLE"))
    try store.save("x-EXAMPLE")
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(try !home.store().handle.session().needsPassphraseToSave())
  }

  @Test func `a store that is remembered takes secrets without it, and lists what is in the clear`()
    throws
  {
    let home = TestHome()
    try home.store().save("first-EXAMPLE")
    try wrap(home.store())
    let store = home.store()
    #expect(try !store.handle.session().needsPassphraseToSave())
    try store.handle.session().prepareToSave()
    let session = store.handle.session()
    var batch = SaveBatch()
    try session.add(
      TestRecord.make("second-EXAMPLE", name: TestRecord.name("b")), replacing: false, to: &batch)
    #expect(try session.save(&batch).isEmpty)
    let (connections, obstacle) = try session.summaries()
    #expect(connections.map(\.entry.name.name) == ["b", "default"])
    #expect(obstacle?.explanation.advice?.contains("--passphrase-fd") == true)
    try store.unlock(TestRecord.buffer("horse-EXAMPLE"))
    #expect(try store.secret(TestRecord.name("b")) == "second-EXAMPLE")
    let (open, none) = try store.handle.session().summaries()
    #expect(open.count == 2 && none == nil)
  }

  @Test func `whom a store is sealed to is not believed that this machine does not remember`()
    throws
  {
    let home = TestHome()
    try home.store().save("first-EXAMPLE")
    try wrap(home.store())
    TestFile.remove(home.pinPath)
    let store = home.store()
    #expect(try store.handle.session().needsPassphraseToSave())
    let refusals = [
      failure { () throws(StoreError) in try store.save("x-EXAMPLE", TestRecord.name("b")) },
      failure { () throws(StoreError) in try store.handle.session().prepareToSave() },
    ]
    for refusal in refusals {
      #expect(refusal?.explanation.what == "the identity \(home.identityPath) is locked")
    }
    try store.unlock(TestRecord.buffer("horse-EXAMPLE"))
    try store.save("x-EXAMPLE", TestRecord.name("b"))
    #expect(try store.list().count == 2)
  }

  @Test func `a key change needs it, also where nothing is stored`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    try wrap(home.store())
    let other = TestKeys.make(in: home)
    let refused = failure { () throws(StoreError) in try home.store().addRecipient(other.recipient)
    }
    #expect(refused?.explanation.what == "the identity \(home.identityPath) is locked")
    let store = home.store()
    #expect(try store.keys().recipients.map(\.isOwn) == [nil])
    try store.unlock(TestRecord.buffer("horse-EXAMPLE"))
    try store.addRecipient(other.recipient)
    #expect(try store.keys().recipients.map(\.isOwn) == [true, false])
  }

  @Test func `it is put back in the clear, as it was`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("x-EXAMPLE")
    let text = TestFile.text(home.identityPath)
    let error = failure { () throws(StoreError) in try store.unwrapIdentity() }
    #expect(error?.explanation.advice == "usher keys passphrase gives it one")
    try wrap(store)
    #expect(throws: StoreError.self) { try home.store().unwrapIdentity() }
    try store.unwrapIdentity()
    #expect(TestFile.text(home.identityPath) == text)
    #expect(TestFile.mode(home.identityPath) == 0o400)
    #expect(try home.store().keys().protection == .file)
    #expect(try store.keys().protection == .file)
  }

  @Test func `what another process has put there meanwhile is not written over`() throws {
    let home = TestHome()
    let store = home.store()
    try store.save("x-EXAMPLE")
    try wrap(store)
    let other = home.store()
    try other.unlock(TestRecord.buffer("horse-EXAMPLE"))
    try other.rotateIdentity(wrappingWith: TestRecord.buffer("horse-EXAMPLE"))
    let error = failure { () throws(StoreError) in try store.unwrapIdentity() }
    #expect(error?.explanation.why?.contains("another process has changed") == true)
    let later = home.store()
    try later.unlock(TestRecord.buffer("horse-EXAMPLE"))
    #expect(try later.secret() == "x-EXAMPLE")
  }
}
