import Basics
import Connections
import LoopbackSupport
import Store
import TestSupport
import Testing

@testable import Store

/// Somebody who can write to the servers, and has none of the keys.
@Suite("a team's store that is tampered with", .enabled(if: EtcdCluster.isAvailable))
struct EtcdSubstitutionTests {
  private let cluster = EtcdCluster.shared
  private let a = TestRecord.name("a")
  private let b = TestRecord.name("b")

  private func home() throws -> TestHome {
    let home = TestHome()
    for name in [a, b] { try home.teamStore().save("\(name.name)-EXAMPLE", name) }
    return home
  }

  /// The whole name of a key that ends so.
  private func key(_ end: String, _ home: borrowing TestHome) -> String {
    cluster.control(["get", "--prefix", "--keys-only", home.teamPrefix]).text
      .split(separator: "\n").map(String.init).first { $0.hasSuffix(end) } ?? "missing"
  }

  private func copy(_ source: String, to target: String, _ home: borrowing TestHome) {
    cluster.put(cluster.value(of: key(source, home)), to: key(target, home))
  }

  private func opening(_ name: ConnectionName, _ home: borrowing TestHome) -> StoreError? {
    failure { () throws(StoreError) in _ = try home.teamStore().secret(name) }
  }

  @Test func `the record of another connection is none`() throws {
    let home = try home()
    copy("/records/tally/b", to: "/records/tally/a", home)
    #expect(opening(a, home) != nil)
    #expect(try home.teamStore().secret(b) == "b-EXAMPLE")
    #expect(home.teamStore().examine().contains { $0.state == .bad })
  }

  @Test func `another connection under its name is none, row and all`() throws {
    let home = try home()
    for kind in ["rows", "records"] { copy("/\(kind)/tally/b", to: "/\(kind)/tally/a", home) }
    #expect(opening(a, home) != nil)
  }

  @Test func `what is put back to what it was is refused`() throws {
    let home = try home()
    let keys = ["rows", "records"].map { key("/\($0)/tally/a", home) }
    let old = keys.map { cluster.value(of: $0) }
    try home.teamStore().save("newer-EXAMPLE", a, replacing: true)
    for (key, value) in zip(keys, old) { cluster.put(value, to: key) }
    #expect(
      opening(a, home)?.explanation.why
        == "it is version 1, and this machine remembers version 2")
  }

  @Test func `a row that was changed, and a record that is cut, are damage`() throws {
    let home = try home()
    var row = cluster.value(of: key("/rows/tally/a", home))
    row[10] ^= 1
    cluster.put(row, to: key("/rows/tally/a", home))
    #expect(opening(a, home)?.explanation.what == "the record of tally/a cannot be trusted")
    let record = cluster.value(of: key("/records/tally/b", home))
    cluster.put(Array(record.dropLast(40)), to: key("/records/tally/b", home))
    #expect(opening(b, home) != nil)
    // One that is gone is missed.
    cluster.control(["del", key("/records/tally/b", home)])
    #expect(home.teamStore().examine().contains { $0.state == .bad })
  }

  @Test func `a recipient that somebody has put in gets nothing`() throws {
    let home = try home()
    let other = TestKeys.make(in: home)
    let header = EtcdLayout.header(home.teamPrefix)
    let found = try EtcdHeader(cluster.value(of: header), path: "")
    let forged = StoreHeader(
      id: found.header.id, created: found.header.created,
      recipients: found.header.recipients + [other.recipient])
    cluster.put(EtcdHeader(forged, generation: found.generation).bytes, to: header)
    let error = failure { () throws(StoreError) in
      try home.teamStore().save("secret-EXAMPLE", TestRecord.name("new"))
    }
    #expect(error?.explanation.why?.contains("list of recipients has changed") == true)
    #expect(
      !String(decoding: cluster.dump(home.teamPrefix), as: UTF8.self).contains("tally/new"))
  }

  @Test func `another store in its place is not used`() throws {
    let home = try home()
    let stranger = TestHome()
    try stranger.teamStore().save("x-EXAMPLE")
    copy("\(stranger.teamPrefix)/header", from: stranger, to: home)
    let error = failure { () throws(StoreError) in
      try home.teamStore().save("secret-EXAMPLE", TestRecord.name("new"))
    }
    #expect(error?.explanation.why?.contains("another store is in its place") == true)
  }

  private func copy(
    _ key: String, from stranger: borrowing TestHome, to home: borrowing TestHome
  ) {
    cluster.put(cluster.value(of: key), to: EtcdLayout.header(home.teamPrefix))
  }
}
