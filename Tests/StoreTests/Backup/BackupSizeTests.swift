import Connections
import Glibc
import Store
import TestSupport
import Testing

@testable import Store

/// `USHER_BACKUP_SIZE` says how many connections are moved; usually a few hundred.
@Suite("backups of many connections")
struct BackupSizeTests {
  /// How much memory of this process is locked, in KiB.
  private static var locked: Int {
    let lines = TestFile.text("/proc/self/status").split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmLck:") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }

  @Test func `locked memory holds a line and some chunks, however many there are`() throws {
    let count = Gate.size("USHER_BACKUP_SIZE", else: 300)
    let home = TestHome()
    let session = home.store().handle.session()
    var batch = SaveBatch()
    for number in 0..<count {
      let record = TestRecord.make(
        "n\(number)-EXAMPLE" + String(repeating: "x", count: 1000),
        name: TestRecord.name("n\(number)"))
      try session.add(record, replacing: false, to: &batch)
      if batch.count == 500 { _ = try session.save(&batch) }
    }
    _ = try session.save(&batch)

    let before = Self.locked
    var peak = 0
    var bytes: [UInt8] = []
    try session.writeBackup(
      to: nil, isArmored: true, output: { bytes += $0 },
      { _ in
        peak = max(peak, Self.locked)
        return true
      })
    let other = TestHome()
    let target = other.store().handle.session()
    let (found, failure) = try TestBackup.restore(
      bytes, into: target, with: .file(home.identityPath), batchCount: 500,
      meanwhile: { peak = max(peak, Self.locked) })
    #expect(failure == nil)
    #expect(found.count == count)
    #expect(peak - before < 1024, "\(peak - before) KiB")
    #expect(try target.list().count == count)
    #expect(try target.secret(TestRecord.name("n7")).hasPrefix("n7-EXAMPLE"))
  }
}
