import Basics
import Connections
import Glibc
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

@Suite("a new identity in place of the old one")
struct RotationTests {
  @Test func `everything opens with the new key, and nothing with the old one`() throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    let other = TestKeys.make(in: home)
    try home.store().addRecipient(other.recipient)
    let old = TestKeys.own(in: home)
    let copy = home.directory.file("copy")
    TestFile.write(TestFile.read(home.identityPath), to: copy, mode: 0o400)
    let entries = try home.store().list()

    let change = try home.store().rotateIdentity()
    #expect(change.resealed == FullStore.count && !change.keepsOldKey)
    #expect(change.seen == FullStore.names && change.seenApplications.count == 1)
    let new = TestKeys.own(in: home)
    #expect(new.count == 1 && new != old)
    #expect(change.recipients == [new[0].text, other.recipient.text])
    #expect(TestFile.mode(home.identityPath) == 0o400)
    #expect(TestFile.text(home.identityPath).split(separator: "\n").count == 3)
    #expect(try FullStore.content(home.store()) == FullStore.expected)
    #expect(try home.store().list() == entries)
    #expect(!home.store().examine().contains { $0.state != .good })
    let sealed = try home.store().export(FullStore.names[0])
    #expect(!TestKeys.opens(sealed, with: copy) && TestKeys.opens(sealed, with: other.file))
    #expect(
      try home.store(StoreChoice(identity: .file(other.file))).secret(FullStore.names[0])
        == "second-EXAMPLE")
  }

  @Test func `what else is in the identity file stays`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let other = TestKeys.make(in: home)
    let text =
      "# mine, since 2026\nAGE-PLUGIN-YUBIKEY-1QQPQZRFR7ZZ2WCV4ZXQX\n\n"
      + TestFile.text(home.identityPath) + TestFile.text(other.file).dropLast()
    TestFile.remove(home.identityPath)
    TestFile.write(Array(text.utf8), to: home.identityPath, mode: 0o400)
    let old = TestKeys.own(in: home)[0]
    try home.store().rotateIdentity()
    let lines = TestFile.text(home.identityPath).split(separator: "\n").map(String.init)
    #expect(lines.contains("# mine, since 2026"))
    #expect(lines.contains("AGE-PLUGIN-YUBIKEY-1QQPQZRFR7ZZ2WCV4ZXQX"))
    #expect(lines.count { $0.hasPrefix("AGE-SECRET-KEY-1") } == 2)
    #expect(!lines.contains("# public key: \(old.text)"))
    #expect(lines.contains("# public key: \(other.recipient.text)"))
    #expect(try home.store().secret() == "x-EXAMPLE")
  }

  @Test func `what a rotation has left that was cut off goes with the next one`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let unused = TestKeys.make(in: home)
    let own = TestKeys.own(in: home)[0]
    let text =
      TestFile.text(home.identityPath)
      + "# in place of one another: \(unused.recipient.text), \(own.text)\n"
      + TestFile.text(unused.file)
    TestFile.remove(home.identityPath)
    TestFile.write(Array(text.utf8), to: home.identityPath, mode: 0o400)
    #expect(try home.store().secret() == "x-EXAMPLE")
    #expect(try !home.store().rotateIdentity().keepsOldKey)
    #expect(try home.store().secret() == "x-EXAMPLE")
    let lines = TestFile.text(home.identityPath).split(separator: "\n")
    #expect(lines.count == 3 && !lines.contains { $0.contains(unused.recipient.text) })
  }

  @Test func `a key that another store of this machine is sealed to stays`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let second = StoreChoice(store: home.directory.file("second/usher.db"))
    try home.store(second).save("second-EXAMPLE")
    let change = try home.store().rotateIdentity()
    #expect(change.keepsOldKey)
    #expect(try home.store().secret() == "x-EXAMPLE")
    #expect(try home.store(second).secret() == "second-EXAMPLE")
    // When that store is rotated too it goes.
    #expect(try !home.store(second).rotateIdentity().keepsOldKey)
    #expect(try home.store(second).secret() == "second-EXAMPLE")
  }

  @Test func `a wrapped identity is wrapped again, and never without a word left open`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let passphrase: SecretBuffer? = TestRecord.buffer("horse-EXAMPLE")
    try home.store().wrapIdentity(with: TestRecord.buffer("horse-EXAMPLE"), workFactor: 6)
    let locked = failure { () throws(StoreError) in
      try home.store().rotateIdentity(wrappingWith: passphrase)
    }
    #expect(locked.isAboutTheIdentity)
    let store = home.store()
    try store.unlock(TestRecord.buffer("horse-EXAMPLE"))
    let open = failure { () throws(StoreError) in try store.rotateIdentity() }
    #expect(open?.explanation.advice?.contains("usher keys passphrase --none") == true)
    let before = try store.keys().recipients
    try store.rotateIdentity(wrappingWith: passphrase)
    #expect(try store.secret() == "x-EXAMPLE")
    #expect(try store.keys().recipients != before)
    #expect(TestFile.text(home.identityPath).hasPrefix("-----BEGIN AGE ENCRYPTED FILE-----"))
    let later = home.store()
    try later.unlock(TestRecord.buffer("horse-EXAMPLE"))
    #expect(try later.secret() == "x-EXAMPLE")
  }

  @Test func `a post-quantum identity gives way to one of its kind`() throws {
    let home = TestHome()
    try home.store(plan: .newPostQuantumIdentity).save("x-EXAMPLE")
    try home.store().rotateIdentity()
    #expect(home.store().describe().encryption == "age v1, ML-KEM-768 and X25519")
    #expect(try home.store().secret() == "x-EXAMPLE")
  }

  @Test func `one that is handed in is replaced by hand, and it is said how`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let file = home.directory.file("elsewhere")
    TestFile.write(TestFile.read(home.identityPath), to: file, mode: 0o400)
    let before = TestFile.read(file)
    let store = home.store(StoreChoice(identity: .file(file)))
    let error = failure { () throws(StoreError) in try store.rotateIdentity() }
    #expect(error.isAboutTheIdentity)
    #expect(error?.explanation.advice?.contains("usher keys add") == true)
    #expect(TestFile.read(file) == before)
    // As it is said.
    let old = TestKeys.own(in: home)[0]
    let new = TestKeys.make("new", in: home)
    try store.addRecipient(new.recipient)
    let handed = home.store(StoreChoice(identity: .file(new.file)))
    try handed.removeRecipient(old)
    #expect(try handed.secret() == "x-EXAMPLE")
  }

  @Test func `two that are rotated at once lose no key`() async throws {
    let home = TestHome()
    try FullStore.fill(home.store())
    let store = home.store()
    let rotated = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask {
          failure { () throws(StoreError) in try store.rotateIdentity() } == nil
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(rotated >= 1)
    #expect(try FullStore.content(home.store()) == FullStore.expected)
    #expect(!home.store().examine().contains { $0.state != .good })
  }
}
