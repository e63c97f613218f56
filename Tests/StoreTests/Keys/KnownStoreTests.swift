import Basics
import Connections
import Glibc
import Store
import Testing

@testable import Store

/// What this machine remembers while the recipients of a store are changed, and what it does not let itself be told.
@Suite("what is remembered of a store's recipients")
struct KnownStoreTests {
  /// The file of what is remembered, with lines behind it.
  private func add(_ lines: [String], in home: borrowing TestHome) {
    let text = TestFile.text(home.pinPath) + lines.joined(separator: "\n") + "\n"
    TestFile.replace(home.pinPath, with: Array(text.utf8))
  }

  private func isRefused(_ home: borrowing TestHome) -> Bool {
    failure { () throws(StoreError) in try home.store().save("y-EXAMPLE", TestRecord.name("b")) }
      .isAboutTheIdentity
  }

  @Test func `a file without names and plans, as releases before it wrote it, is read`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let lines = TestFile.text(home.pinPath).split(separator: "\n").filter {
      $0.hasPrefix("store ") || $0.hasPrefix("recipient ")
    }
    #expect(lines.count == 2)
    TestFile.replace(home.pinPath, with: Array((lines.joined(separator: "\n") + "\n").utf8))
    try home.store().save("y-EXAMPLE", TestRecord.name("b"))
    #expect(try home.store().keys().recipients.map(\.label) == [nil])
    #expect(TestFile.text(home.pinPath).contains("row-key "))
  }

  @Test func `a change that never reached the store is forgotten by the next save`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let before = TestFile.text(home.pinPath)
    let other = TestKeys.make(in: home)
    add(["next-recipient \(other.recipient.text)", "next-row-key 00"], in: home)
    try home.store().save("y-EXAMPLE", TestRecord.name("b"))
    #expect(TestFile.text(home.pinPath) == before)
  }

  @Test func `recipients that nobody here has asked for are refused, whatever else was planned`()
    throws
  {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let (planned, stranger) = (TestKeys.make("1", in: home), TestKeys.make("2", in: home))
    add(["next-recipient \(planned.recipient.text)", "next-row-key 00"], in: home)
    let own = TestKeys.own(in: home)
    let database = try home.database()
    let header = try #require(try StoreHeader(database))
    let changed = StoreHeader(
      id: header.id, created: header.created, recipients: own + [stranger.recipient])
    var update = try database.prepare("UPDATE store SET recipients = ?, digest = ?")
    try update.bind(changed.recipientText, at: 0)
    try update.bind(changed.digest, at: 1)
    try update.run()
    let isRefused = isRefused(home)
    #expect(isRefused)
  }

  @Test(arguments: ["next-recipient nobody", "next-row-key 00", "next", "recipient age1x label"])
  func `a line that is none is not passed over`(line: String) throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    add([line], in: home)
    let isRefused = isRefused(home)
    #expect(isRefused)
  }

  @Test func `where nothing can be remembered the keys are not changed`() throws {
    let home = TestHome()
    try home.store().save("x-EXAMPLE")
    let other = TestKeys.make(in: home)
    // A folder of its name: nothing can be put in its place.
    let pin = home.pinPath
    TestFile.remove(pin)
    unsafe mkdir(pin, 0o700)
    let error = failure { () throws(StoreError) in try home.store().addRecipient(other.recipient) }
    #expect(error != nil)
    let header = try StoreHeader(try home.database())
    #expect(header?.recipients == TestKeys.own(in: home))
  }
}
