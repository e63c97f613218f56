import Basics
import Connections
import ProviderFormat
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

/// Stores as released versions have written them, byte for byte: `Fixtures/RELEASE`; `0.1.1`, `0.2.1` and `0.3.1` are what was
/// written between those releases and the next format. Whatever the schema becomes, they open. Identity and values are made up for this and
/// protect nothing.
@Suite("stores of earlier releases")
struct EarlierReleaseTests {
  private static let releases = ["0.1.0", "0.1.1", "0.2.0", "0.2.1", "0.3.0", "0.3.1"]

  /// The first format of a release.
  private static func format(of release: String) -> Int {
    switch release {
    case "0.1.0", "0.1.1": 1
    case "0.2.0": 2
    case "0.2.1": 3
    case "0.3.0": 4
    default: 5
    }
  }

  /// What was linked, and with which values.
  private static let linked: [(name: ConnectionName, version: Int, values: [(Field.ID, String)])] =
    [
      (
        ConnectionName(provider: "acme")!, 1,
        [
          (Field.ID(.credentials, "username"), "first-EXAMPLE"),
          (Field.ID(.credentials, "password"), "pw-EXAMPLE"),
        ]
      ),
      (TestRecord.tally, 1, [(TestRecord.key, "tally-EXAMPLE")]),
      (TestRecord.name("work"), 2, [(TestRecord.key, "work-EXAMPLE")]),
    ]

  @Test(arguments: releases)
  func `every record opens with its values`(release: String) throws {
    let home = try TestHome(release: release)
    let store = home.store().handle.session()
    #expect(try store.list().map(\.name) == Self.linked.map(\.name))
    #expect(try store.list().map(\.version) == Self.linked.map(\.version))
    for connection in Self.linked {
      let record = try store.read(connection.name)
      let provider = record.provider.slug
      #expect(provider == connection.name.provider)
      let fields = record.values.keys
      #expect(Set(fields) == Set(connection.values.map(\.0)))
      for (field, text) in connection.values {
        let value = record.values.withBytes(of: field) {
          String(decoding: $0.copied(), as: UTF8.self)
        }
        #expect(value == text)
      }
    }
    #expect(!store.examine().contains { $0.state == .bad })
  }

  @Test(arguments: releases)
  func `it is written to as a store of today`(release: String) throws {
    let home = try TestHome(release: release)
    try home.store().save("new-EXAMPLE", TestRecord.name("new"))
    try home.store().save("changed-EXAMPLE", replacing: true)
    try home.store().remove(TestRecord.name("work"))
    let store = home.store()
    #expect(
      try store.list().map(\.name.description) == ["acme/default", "tally/default", "tally/new"])
    #expect(try store.secret() == "changed-EXAMPLE")
    #expect(try store.secret(TestRecord.name("new")) == "new-EXAMPLE")
    try store.keep("token-EXAMPLE")
    #expect(try store.kept() == "token-EXAMPLE 1")
    let session = store.handle.session()
    try session.saveApplication("client-EXAMPLE")
    #expect(try session.applicationSecret() == "client-EXAMPLE")
    // What was there before the first change of today is kept, and its history begins with that change.
    #expect(try store.formerSecret() == "tally-EXAMPLE")
    try store.bringBack(TestRecord.tally)
    #expect(try store.secret() == "tally-EXAMPLE")
    let events = try store.read(TestRecord.tally).facts.history.map(\.kind)
    #expect(events.suffix(2) == [.replaced, .broughtBack])
    #expect(!store.examine().contains { $0.state == .bad })
  }

  @Test(arguments: releases)
  func `the step to the next format keeps a copy, and lists need no record afterwards`(
    release: String
  ) throws {
    let home = try TestHome(release: release)
    let before = TestFile.read(home.storePath)
    // The first list reads the records, and writes down what it has found.
    #expect(try home.shownNames() == Self.linked.map(\.name))
    let copy = home.storePath + ".format-\(Self.format(of: release))"
    #expect(TestFile.mode(copy) == 0o600)
    #expect(TestFile.read(copy).count <= before.count)
    try home.database().execute("UPDATE records SET record = x'00'")
    #expect(try home.shownNames() == Self.linked.map(\.name))
    #expect(failure { () throws(StoreError) in _ = try home.store().secret() }.isDamage)
  }

  @Test(arguments: releases)
  func `whoever brings it up to date is remembered as who signs what is there`(
    release: String
  ) throws {
    let home = try TestHome(release: release)
    // As that release remembered it.
    let header = try #require(try StoreHeader(try home.database()))
    let memory = try PrivateDirectory.create(home.configuration, .readable)
    try KnownStore(header, isWriteOnly: false).write(of: home.storePath, in: memory)
    let session = home.store().handle.session()
    _ = try session.list()
    let own = KnownWriter(try session.ownWriter().publicKey).text
    let lines = TestFile.text(home.pinPath).split(separator: "\n")
    let writers = lines.filter { $0.hasPrefix("writer ") }
    #expect(writers.count == 1)
    #expect(writers.first?.hasPrefix("writer \(own)") == true, "\(lines)")
  }

  @Test(arguments: releases)
  func `where nothing can be written it is read as it lies`(release: String) throws {
    let home = try TestHome(release: release)
    let content = TestFile.read(home.storePath)
    let location = home.location()
    let disk = StorageBackend(fileSystem: FileSystem(networkName: nil, isReadOnly: true))
    let store = TestStore(
      handle: StoreHandle(at: location, engine: SQLiteEngine(at: location, disk: disk)))
    #expect(try store.list().map(\.name) == Self.linked.map(\.name))
    #expect(try store.secret() == "tally-EXAMPLE")
    let (connections, _) = try store.handle.session().summaries()
    #expect(connections.map(\.entry.name) == Self.linked.map(\.name))
    #expect(try store.kept() == nil)
    #expect(try !store.hasFormer(of: TestRecord.tally))
    #expect(try store.formerSecret() == nil)
    let session = store.handle.session()
    #expect(try session.applications().isEmpty)
    #expect(try session.applicationSecret() == nil)
    guard case .unkeepable = try store.lockToken(of: TestRecord.tally, since: 0) else {
      Issue.record("tokens are got by turns that nobody can keep")
      return
    }
    let missing = TestRecord.name("nothing")
    #expect(
      failure { () throws(StoreError) in _ = try store.secret(missing) } == .notFound(missing))
    let error = failure { () throws(StoreError) in try store.save("new-EXAMPLE", replacing: true) }
    #expect(error?.explanation.why == "the file cannot be written")
    #expect(TestFile.read(home.storePath) == content)
  }
}

extension TestHome {
  /// What a list shows, where it shows something of every connection.
  fileprivate func shownNames() throws -> [ConnectionName] {
    let (connections, obstacle) = try store().handle.session().summaries()
    #expect(obstacle == nil)
    return connections.compactMap { connection in
      if case .summary(let summary) = connection.content { summary.entry.name } else { nil }
    }
  }
}
