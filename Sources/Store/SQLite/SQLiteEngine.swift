internal import CLinux
internal import Connections

/// Connections in one SQLite file, in a directory that nobody else can reach.
struct SQLiteEngine: StoreEngine {
  let location: StoreLocation
  let schema: Schema
  let disk: StorageBackend
  let notice: StoreNotice.Receiver?

  /// - Parameters:
  ///   - schema: other tables, for tests.
  ///   - disk: another disk, for tests.
  init(
    at location: StoreLocation, schema: Schema = .current, disk: StorageBackend = StorageBackend(),
    notice: StoreNotice.Receiver? = nil
  ) {
    self.location = location
    self.schema = schema
    self.disk = disk
    self.notice = notice
  }

  var name: String { "SQLite file" }

  var exists: Bool { unsafe access(location.path, F_OK) == 0 }

  func open(signing: FirstSigning) throws(StoreError) -> (any OpenedStore)? {
    guard let directory = try PrivateDirectory.open(location.directory, .closed) else { return nil }
    return try file(in: directory).open(signing: signing)
  }

  func create(
    _ header: () throws(StoreError) -> StoreHeader, signing: FirstSigning
  ) throws(StoreError) -> any OpenedStore {
    let file = file(in: try PrivateDirectory.create(location.directory, .closed))
    return try file.create(try header(), signing: signing)
  }

  func lockToken(
    of row: IndexRow, unless isPassed: () throws(StoreError) -> Bool
  ) throws(StoreError) -> TokenTurn {
    guard let directory = try PrivateDirectory.open(location.directory, .closed) else {
      throw .notFound(row.name)
    }
    return try TokenLockFile.take(
      row, "\(location.name)\(TokenLockFile.suffix)", in: directory, unless: isPassed,
      notice: notice)
  }

  func examine() -> [StoreFinding] {
    DirectoryExamination.examine(location.directory, .closed, "store directory")
      + examineFileSystem()
  }

  private func examineFileSystem() -> [StoreFinding] {
    guard let directory = try? PrivateDirectory.open(location.directory, .closed) else { return [] }
    let system = disk.fileSystem ?? FileSystem(of: directory.descriptor)
    if let name = system.networkName {
      return [
        StoreFinding(
          subject: "file system", state: .warning,
          finding: "the store is on \(name), where locks between machines may not hold",
          advice: "use it from one machine at a time, or keep it on a local disk")
      ]
    }
    guard system.isReadOnly else { return [] }
    return [
      StoreFinding(
        subject: "file system", state: .warning,
        finding: "it takes no writes: connections can be read and not stored")
    ]
  }

  private func file(in directory: consuming PrivateDirectory) -> StoreFile {
    StoreFile(
      directory: directory, name: location.name, disk: disk, schema: schema,
      notice: notice)
  }
}
