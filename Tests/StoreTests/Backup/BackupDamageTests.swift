import Basics
import Connections
import Store
import Testing

@testable import Store

/// Backups that are cut off or changed. Whatever is stored of one is what was in it, and that something is missing is told.
@Suite("damaged backups")
struct BackupDamageTests {
  /// Where the backups come from.
  private final class Origin { let home = TestHome() }

  private let origin = Origin()
  private let small: [UInt8]
  /// Of more than one chunk, with connections in each.
  private let large: [UInt8]

  init() throws {
    let session = origin.home.store().handle.session()
    for name in ["a", "b", "c"] { try session.save("\(name)-EXAMPLE", TestRecord.name(name)) }
    small = try TestBackup.make(of: session)
    for number in 0..<40 {
      let secret = "n\(number)-EXAMPLE" + String(repeating: "x", count: 5000)
      try session.save(secret, TestRecord.name("n\(number)"))
    }
    large = try TestBackup.make(of: session)
    try #require(large.count > 3 * AgeChunks.sealedLength + 2000)
  }

  /// Takes a damaged file in, and looks at what is there afterwards.
  /// - Returns: how many connections are.
  private func restore(_ bytes: [UInt8], _ what: String) throws -> Int {
    let other = TestHome()
    let session = other.store().handle.session()
    let (found, failure) = try TestBackup.restore(
      bytes, into: session, with: .file(origin.home.identityPath), batchCount: 7)
    #expect(failure != nil, "\(what) is not noticed")
    let names = try session.list().map(\.name)
    #expect(Set(found.keys) == Set(names.map(\.description)), "\(what)")
    for name in names {
      let secret = try session.secret(name)
      #expect(secret.hasPrefix("\(name.name)-EXAMPLE"), "\(what)")
    }
    return names.count
  }

  @Test func `a small one that is cut off brings nothing at all`() throws {
    for length in stride(from: 0, to: small.count, by: 64) {
      #expect(try restore(Array(small[..<length]), "length \(length)") == 0)
    }
  }

  @Test func `a changed bit of a small one brings nothing at all`() throws {
    for offset in stride(from: 0, to: small.count, by: 61) {
      var bytes = small
      bytes[offset] ^= 1 << UInt8(offset % 8)
      #expect(try restore(bytes, "bit of byte \(offset)") == 0)
    }
  }

  @Test func `a large one brings what came before the damage, and no more`() throws {
    let chunk = AgeChunks.sealedLength
    var last = 0
    for length in [chunk, 2 * chunk - 1, 2 * chunk + 500, 3 * chunk + 500, large.count - 1] {
      let count = try restore(Array(large[..<length]), "length \(length)")
      #expect(count >= last)
      last = count
      var bytes = large
      bytes[length - 100] ^= 0x10
      #expect(try restore(bytes, "bit before \(length)") <= count)
    }
    #expect(last > 0)
  }

  @Test func `chunks that are exchanged or left out are noticed`() throws {
    let start = try AgeHeader(parsing: large).length + AgeChunks.nonceLength
    let head = Array(large[..<start])
    let parts = stride(from: start, to: large.count, by: AgeChunks.sealedLength).map {
      Array(large[$0..<min(large.count, $0 + AgeChunks.sealedLength)])
    }
    let rest = Array(parts[3...].joined())
    _ = try restore(head + parts[1] + parts[0] + parts[2] + rest, "exchanged chunks")
    _ = try restore(head + parts[0] + parts[2] + rest, "a chunk left out")
  }

  @Test func `what follows a whole one is noticed`() throws {
    #expect(try restore(small + [0], "a byte behind it") == 0)
    #expect(try restore(small + small, "a second one behind it") == 0)
  }

  @Test func `lines that are missing, doubled or foreign are noticed although the file is whole`()
    throws
  {
    let identities = try origin.home.store().handle.session().identities()
    let header =
      #"{"kind":"usher-backup","schema":1,"store_id":"S","created":"#
      + #""2026-08-24T13:05:09Z","applications":0,"connections":0}"#
    let end = #"{"end":{"applications":0,"connections":0}}"#
    let bad = [
      header, "\(header)\n\(end)\n\(end)", "\(header)\n{}", "\(header)\nhello\n\(end)",
      "\(header)\n" + #"{"end":{"applications":0,"connections":1}}"#,
      "\(header)\n" + #"{"end":{"applications":0}}"#,
      "\(header)\n" + #"{"record":{},"token":{}}"# + "\n\(end)",
      header.replacing("\"schema\":1", with: "\"schema\":2") + "\n\(end)",
      header.replacing("usher-backup", with: "backup") + "\n\(end)", "{}", "hello", "",
    ]
    for text in bad {
      let file = try AgeFile.seal(TestRecord.buffer(text), to: identities.keys.recipients)
      #expect(try restore(file, text) == 0)
    }
    let whole = try AgeFile.seal(
      TestRecord.buffer("\(header)\n\(end)\n"), to: identities.keys.recipients)
    let (found, failure) = try TestBackup.restore(whole, into: origin.home.store().handle.session())
    #expect(found.isEmpty)
    #expect(failure == nil)
  }

  @Test func `what is no backup is told apart from what is sealed for others`() throws {
    let session = origin.home.store().handle.session()
    let stranger = AgeIdentities(generating: .x25519).recipients
    let foreign = try AgeFile.seal(TestRecord.buffer("x"), to: stranger)
    #expect(try TestBackup.restore(foreign, into: session).failure == .otherIdentity)
    let locked = try AgeFile.seal(
      TestRecord.buffer("x"), passphrase: TestRecord.buffer("horse-EXAMPLE"), workFactor: 6)
    #expect(try TestBackup.restore(locked, into: session).failure == .wantsPassphrase)
    let text = Array("hello, this is no age file at all".utf8)
    guard case .noFile = try TestBackup.restore(text, into: session).failure else {
      Issue.record("a text is taken for a backup")
      return
    }
  }
}
