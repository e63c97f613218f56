internal import Basics
package import Connections
internal import Secrets

/// What goes out of a store: one record for others than its readers, or everything.
extension StoreSession {
  /// Opens a record and seals it for others.
  /// - Throws: `.failed` where nothing is sealed to such recipients together.
  package func export(
    _ name: ConnectionName, to recipients: [AgeRecipient]
  ) throws(StoreError) -> [UInt8] {
    let record = try read(name)
    do {
      return try AgeFile.seal(record.encoded(), to: recipients)
    } catch {
      throw .notExported("\(name)", why: error.reason)
    }
  }

  /// Writes everything that is linked into one age file: see the Backup article. Drafts, the keys of the store and what this
  /// machine remembers of it are not in it.
  ///
  /// - Parameters:
  ///   - recipients: who opens it; nil for those of the store.
  ///   - output: takes the bytes of the file, in pieces.
  ///   - tell: told after each step. False ends the work: the file is then not whole.
  /// - Throws: before anything is written where there is no store, or no identity that opens it.
  package func writeBackup(
    to recipients: [AgeRecipient]?, isArmored: Bool, output: @escaping ([UInt8]) -> Void,
    _ tell: (BackupStep) -> Bool
  ) throws(StoreError) {
    guard let store = try existing() else { throw .nothingToExport }
    try trust(store)
    _ = try identities()
    let applications = try applications().map(\.name)
    let connections = try list(.all).map(\.name)
    let header = BackupHeader(
      storeID: store.header.id, created: .now(),
      count: BackupCount(applications: applications.count, connections: connections.count))
    do throws(AgeError) {
      let file = try AgeFileWriter(
        to: recipients ?? store.header.recipients, isArmored: isArmored, output: output)
      var writer = try BackupWriter(header, to: file)
      guard tell(.began(header.count)) else { return }
      for name in applications {
        let isWanted = try append(to: &writer, tell) { () throws(StoreError) in
          guard let application = try application(name) else { return nil }
          return .application(application)
        }
        guard isWanted else { return }
      }
      for name in connections {
        let isWanted = try append(to: &writer, tell) { () throws(StoreError) in
          guard let connection = try connection(name, in: store, tell) else { return nil }
          return .connection(connection)
        }
        guard isWanted else { return }
      }
      try writer.finish()
    } catch {
      throw .notExported("the store", why: error.reason)
    }
  }

  /// - Parameter read: gives nil of what has been removed meanwhile.
  /// - Returns: whether to go on.
  private func append(
    to writer: inout BackupWriter, _ tell: (BackupStep) -> Bool,
    _ read: () throws(StoreError) -> BackupItem?
  ) throws(AgeError) -> Bool {
    let found: BackupItem?
    do throws(StoreError) {
      found = try read()
    } catch {
      return tell(.leftOut(error))
    }
    guard let item = found else { return true }
    try writer.append(item)
    return tell(.wrote(writer.count))
  }

  /// A connection with its own tokens: another process may put others in place of all of it at any moment.
  private func connection(
    _ name: ConnectionName, in store: any OpenedStore, _ tell: (BackupStep) -> Bool
  ) throws(StoreError) -> BackupConnection? {
    do throws(StoreFailure) {
      while let row = try store.row(name) {
        let found = try explained { () throws(StoreError) in
          BackupConnection(
            record: try read(name), token: try token(of: name), former: readableFormer(name, tell))
        }
        if try store.row(name) == row { return found }
      }
      return nil
    } catch {
      throw error.explained("cannot read \(name) from \(store.path)")
    }
  }

  /// One that is damaged is no reason to do without what is there now.
  private func readableFormer(
    _ name: ConnectionName, _ tell: (BackupStep) -> Bool
  ) -> FormerGeneration? {
    do throws(StoreError) {
      return try former(of: name)
    } catch {
      _ = tell(.leftOut(error))
      return nil
    }
  }
}

extension StoreError {
  fileprivate static let nothingToExport = StoreError.nothingThere(
    Explanation(
      what: "there is nothing to export", why: "no store has been made yet",
      advice: "usher connect links an account"))

  fileprivate static func notExported(_ what: String, why: String) -> StoreError {
    .failed(
      Explanation(
        what: "\(what) was not exported", why: why,
        advice: "name recipients of one kind with --to"))
  }
}
