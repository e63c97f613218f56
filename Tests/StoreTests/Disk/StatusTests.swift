import Basics
import Connections
import Requests
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

/// What the store reads to tell whether anything needs a hand.
@Suite("how all connections are")
struct StatusTests {
  private static let now = Timestamp(secondsSinceEpoch: 1_900_000_000)
  private let key = TestRecord.name("key")
  private let linked = TestRecord.name("linked")

  /// One that is linked by a key, and one that was linked in a browser and is not renewed.
  private func home() throws -> TestHome {
    let home = TestHome()
    var record = TestRecord.make("secret-EXAMPLE", name: key)
    record.facts.diagnosis = Diagnosis(kind: .accepted, sentence: "It is good.")
    record.facts.checked = Self.now
    try home.store().save(record, replacing: false)
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: TestRecord.buffer("access-EXAMPLE"))
    try home.store().save(
      TestRecord.make("secret-EXAMPLE", name: linked),
      token: TokenSet(
        values: values, obtained: Self.now,
        expires: Timestamp(secondsSinceEpoch: Self.now.secondsSinceEpoch + 3600)),
      replacing: false)
    return home
  }

  private func states(
    _ home: borrowing TestHome, soon: Int64 = 7200
  ) throws -> [ConnectionName: ConnectionStatus.State] {
    let (connections, obstacle) = try home.store().handle.session().statuses(
      soon: soon, at: Self.now)
    #expect(obstacle == nil)
    return Dictionary(uniqueKeysWithValues: connections.map { ($0.entry.name, $0.state) })
  }

  @Test func `a record is opened where only it tells whether a token is renewed`() throws {
    let home = try home()
    let end = Timestamp(secondsSinceEpoch: Self.now.secondsSinceEpoch + 3600)
    #expect(try states(home) == [key: .good(until: nil), linked: .expiring(end)])
    // Whoever opens a record finds it damaged.
    try home.database().execute("UPDATE records SET record = x'00'")
    let found = try states(home)
    #expect(found[key] == .good(until: nil))
    guard case .unreadable = found[linked] else {
      Issue.record("\(found)")
      return
    }
  }

  @Test func `tokens that cannot be used are as good as none`() throws {
    let home = try home()
    try home.database().execute("UPDATE tokens SET token = x'00'")
    #expect(try states(home) == [key: .good(until: nil), linked: .notChecked])
  }

  @Test func `a row that was changed is no word on anything`() throws {
    let home = try home()
    try home.database().execute("UPDATE connections SET id = 'x' WHERE name = 'linked'")
    let error = failure { () throws(StoreError) in
      _ = try home.store().handle.session().statuses(soon: 0, at: Self.now)
    }
    #expect(error?.explanation.why == "a row of its index has been changed")
  }

  @Test func `without the identity there are names, and why no more`() throws {
    let home = try home()
    TestFile.remove(home.identityPath)
    let (connections, obstacle) = try home.store().handle.session().statuses(
      soon: 0, at: Self.now)
    #expect(connections.map(\.entry.name) == [key, linked])
    #expect(connections.allSatisfy { $0.state == .sealed })
    #expect(obstacle != nil)
  }

  @Test func `without a store nothing is linked`() throws {
    let home = TestHome()
    #expect(try states(home).isEmpty)
  }
}
