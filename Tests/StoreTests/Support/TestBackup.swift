import Basics
import Connections
import Store

@testable import Store

/// Backups in memory, as one command writes them and another one takes them in.
enum TestBackup {
  /// Where the pieces of a backup are collected.
  private final class Sink { var bytes: [UInt8] = [] }

  static func make(
    of session: borrowing StoreSession, to recipients: [AgeRecipient]? = nil,
    isArmored: Bool = false
  ) throws(StoreError) -> [UInt8] {
    let sink = Sink()
    try session.writeBackup(
      to: recipients, isArmored: isArmored, output: { sink.bytes += $0 }, { _ in true })
    return sink.bytes
  }

  /// What became of each thing by its name, as far as the backup could be read, and why not all of it could.
  static func restore(
    _ bytes: [UInt8], into session: borrowing StoreSession, with identity: IdentitySource? = nil,
    replacing: Bool = false, pieceLength: Int = 1 << 16, batchCount: Int = 100,
    meanwhile: () -> Void = {}
  ) throws(StoreError) -> (found: [String: Restoration], failure: BackupError?) {
    var rest = bytes[...]
    var found: [String: Restoration] = [:]
    var failure: BackupError?
    var batch = SaveBatch()
    do throws(BackupError) {
      var reader = try session.openBackup(with: identity) { () throws(SystemError) in
        defer { rest = rest.dropFirst(pieceLength) }
        return Array(rest.prefix(pieceLength))
      }
      while let item = try reader.next() {
        let name = name(of: item)
        do throws(StoreError) {
          found[name] = try session.restore(item, replacing: replacing, to: &batch)
          if batch.count >= batchCount { _ = try session.save(&batch) }
        } catch {
          throw .store(error)
        }
        meanwhile()
      }
    } catch {
      if case .store(let error) = error { throw error }
      failure = error
    }
    for refused in try session.save(&batch) { found[refused.name.description] = nil }
    return (found, failure)
  }

  private static func name(of item: borrowing BackupItem) -> String {
    switch item {
    case .application(let application): application.facts.name.description
    case .connection(let connection): connection.record.facts.name.description
    }
  }
}
