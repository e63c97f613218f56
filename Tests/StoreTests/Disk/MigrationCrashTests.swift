import Basics
import Connections
import ProviderFormat
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

/// A process that is killed while it brings a store of an earlier release up to date: nothing of it is lost.
@Suite("a killed process, and a store of an earlier release")
struct MigrationCrashTests {
  private static let fixtures =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures"

  /// Every release of which there is a store.
  private static let releases = TestFile.names(fixtures).filter {
    TestFile.exists("\(fixtures)/\($0)/usher.db")
  }

  /// A home with a copy of what the release has left, and with the modes that git does not keep.
  private func home(_ release: String) throws -> TestHome {
    let home = TestHome()
    _ = try PrivateDirectory.create(home.location().directory, .closed)
    _ = try PrivateDirectory.create(home.configuration, .readable)
    let own = "\(Self.fixtures)/\(release)/identity.txt"
    let identity = TestFile.exists(own) ? own : "\(Self.fixtures)/0.1.0/identity.txt"
    TestFile.write(TestFile.read("\(Self.fixtures)/\(release)/usher.db"), to: home.storePath)
    TestFile.write(TestFile.read(identity), to: home.identityPath, mode: 0o400)
    return home
  }

  /// Every connection with its version and the first of its values.
  private func content(_ home: borrowing TestHome) throws -> [String: String] {
    let session = home.store().handle.session()
    var found: [String: String] = [:]
    for entry in try session.list() {
      let record = try session.read(entry.name)
      let field = try #require(record.values.keys.sorted { $0.name < $1.name }.first)
      found["\(entry.name)"] = record.values.withBytes(of: field) {
        "\(entry.version) " + String(decoding: $0.copied(), as: UTF8.self)
      }
    }
    return found
  }

  @Test(.timeLimit(.minutes(30)), arguments: releases)
  func `killed at its calls to the disk, everything that was stored is there`(
    release: String
  ) throws {
    let stored = try content(home(release))
    #expect(stored.count >= 3)
    let step = Gate.size("USHER_STRIDE", else: 7)
    var kills = 0
    for call in stride(from: 1, to: 2000, by: step) {
      let home = try home(release)
      let result = ChildProcess.run(
        TestFile.fixture("StoreCrashFixture"), [home.path, "1", "fresh", "call:\(call)"],
        environment: Fixture.environment)
      if result.status == 0 { break }
      #expect(result.status == 128 + 9, "call \(call): \(result.errorText)")
      kills += 1
      var found = try content(home)
      found["tally/fresh"] = nil
      #expect(found == stored, "call \(call)")
      // The next one is in nobody's way.
      try home.store().save("after-EXAMPLE", TestRecord.name("after"))
      #expect(try home.store().secret(TestRecord.name("after")) == "after-EXAMPLE", "call \(call)")
    }
    #expect(kills > 40 / step)
    Gate.report("schema", "\(kills) kills while a store of \(release) is brought up to date: whole")
  }
}
