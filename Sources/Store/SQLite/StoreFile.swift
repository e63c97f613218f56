internal import Basics
internal import CLinux
internal import Connections

/// The SQLite file of a store: making it, opening it, bringing it up to date.
struct StoreFile: ~Copyable {
  let directory: PrivateDirectory
  let name: String
  let disk: StorageBackend
  let schema: Schema
  let notice: StoreNotice.Receiver?

  var path: String { "\(directory.path)/\(name)" }

  /// Of the rollback journal, which stays beside the file, with zeros at its head while nothing is being written.
  static let journalSuffix = "-journal"
  /// How much room the journal keeps, in bytes: some sixty pages. A save or a removal of a usual record takes ten, and
  /// finds its room there also on a full disk.
  static let journalSize = 64 * 1024
  /// What SQLite keeps beside the file, or did in release 0.1.0.
  private static let suffixes = [journalSuffix, "-wal", "-shm"]

  /// Opens the store; nil when there is none.
  ///
  /// The order is that of the rules: who owns the files and who can reach them; the settings of the connection, read
  /// back where losing them loses data; whose file it is; whether its end is there; which version it has. Whether it is
  /// whole is looked at by whoever misses something: see `OpenStore.requireWhole`.
  /// - Parameter signing: as for `StoreEngine.open`.
  borrowing func open(signing: FirstSigning) throws(StoreError) -> OpenStore? {
    guard let status = try directory.verifiedFile(name) else {
      try refuseOrphans()
      return nil
    }
    for suffix in StoreFile.suffixes { _ = try directory.verifiedFile(name + suffix) }
    var obstacle = linkObstacle(status)
    let system = disk.fileSystem ?? FileSystem(of: directory.descriptor)
    let wholeFile = try isQuiet(name) ? status.size : nil
    do throws(StoreFailure) {
      let database = try connect(system)
      try configure(database, system: system)
      let version = try checkKind(database)
      try checkLength(wholeFile, database)
      if version < schema.newest.version {
        obstacle = try bringUpToDate(database, unless: obstacle, signing: signing)
      }
      let format = try database.version()
      guard let header = try StoreHeader(database) else {
        throw damaged("what it says of itself has been changed")
      }
      if database.access == .write { ensureJournal(of: database) }
      return OpenStore(
        database: database, header: header, path: path, obstacle: obstacle, format: format)
    } catch {
      throw cutOffSave(system) ?? error.explained("cannot open the store \(path)")
    }
  }

  /// Why a store with a second name is read and not written: what is written would be changed under both, and a backup
  /// that was made by links would change with the store.
  private func linkObstacle(_ status: FileStatus) -> StoreError? {
    guard status.links > 1 else { return nil }
    notice?(
      .warning(
        "\(path) has a second name (a hard link), as some backup tools make: it is read, and not written"
      ))
    return PermissionError.links(path)
  }

  /// Opens the file with a rollback journal. One of release 0.1.0 is changed to it where it can be; where it cannot, it
  /// is read as it lies, if nothing is left in its log.
  private func connect(_ system: FileSystem) throws(StoreFailure) -> Database {
    let database = try Database(
      path: path, access: system.isReadOnly ? .read : .write, engine: disk.engine, notice: notice)
    guard try database.hasWriteAheadLog() else { return database }
    if !system.isReadOnly, try database.dropWriteAheadLog() { return database }
    guard hasEmptyLog(name) else {
      throw .explained(
        .failed(
          Explanation(
            what: "cannot open the store \(path)",
            why:
              "the last saves are in \(name)-wal and cannot be moved into it: nothing can be written here",
            advice: "make room, or make it writable, then run usher list once")))
    }
    return try Database(path: path, access: .immutable, engine: disk.engine, notice: notice)
  }

  /// Makes the store, unless another process has made it meanwhile, and opens it.
  ///
  /// It is built under another name and put in place whole, so that a file of the store's name is always a store: an
  /// empty or short one is damage, never a beginning.
  borrowing func create(
    _ header: StoreHeader, signing: FirstSigning
  ) throws(StoreError) -> OpenStore {
    try directory.exclusively { () throws(StoreError) in
      guard try directory.verifiedFile(name) == nil else { return }
      try refuseOrphans()
      let temporary = PrivateDirectory.temporaryName(for: name)
      try directory.makeFile(temporary)
      do throws(StoreFailure) {
        try build(header, at: "\(directory.path)/\(temporary)")
      } catch {
        removeUnfinished(temporary)
        throw error.explained("cannot make the store \(path)")
      }
      guard try isQuiet(temporary) else {
        removeUnfinished(temporary)
        throw SystemError(code: EIO).failure("cannot make the store \(path)")
      }
      try directory.rename(temporary, to: name)
      removeUnfinished(temporary)
    }
    guard let opened = try open(signing: signing) else {
      throw .failed(Explanation(what: "the store \(path) vanished while it was being made"))
    }
    return opened
  }

  private func removeUnfinished(_ name: String) {
    for suffix in [""] + StoreFile.suffixes { directory.remove(name + suffix) }
  }

  private func build(_ header: StoreHeader, at path: String) throws(StoreFailure) {
    let database = try Database(path: path, engine: disk.engine)
    // A journal that goes, because the file is renamed: nothing that belongs to it may be beside it.
    // Small pages: a save writes a handful of them, and most records are about a kilobyte.
    try database.execute(
      "PRAGMA page_size = 1024; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
    try database.execute("BEGIN IMMEDIATE")
    try schema.build(database)
    try header.write(to: database, needs: schema.newest.release)
    try database.execute("COMMIT")
  }

  private func configure(
    _ database: borrowing Database, system: FileSystem
  ) throws(StoreFailure) {
    try database.execute(
      """
      PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;
      PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0
      """)
    guard database.access == .write else { return }
    let chosen = try database.text("PRAGMA journal_mode = PERSIST")
    _ = try database.number("PRAGMA journal_size_limit = \(StoreFile.journalSize)")
    // Less than FULL loses acknowledged saves when the power goes.
    try database.execute("PRAGMA synchronous = FULL")
    guard try database.number("PRAGMA synchronous") == 2, chosen == "persist" else {
      throw .explained(
        .failed(
          Explanation(
            what: "the store \(path) is not used",
            why: "SQLite does not write it as safely as it must",
            advice: "keep it on another disk: --store /path/to/usher.db")))
    }
  }

  /// Whether it is a store, of a version that is known. Returns the version.
  private func checkKind(_ database: borrowing Database) throws(StoreFailure) -> Int64 {
    let kind = try database.number("PRAGMA application_id")
    let version = try database.version()
    guard kind == Schema.applicationID else {
      throw damaged("it is a SQLite file, but not of a store")
    }
    guard version >= 1 else { throw damaged("its version is missing") }
    guard version > schema.newest.version else { return version }
    let needed = try database.text("SELECT needs FROM store")
    throw .explained(
      .failed(
        Explanation(
          what: "the store \(path) is of a newer kind than this usher reads",
          why: "it has format \(version), and this usher knows \(schema.newest.version)",
          advice: "use usher \(StoreFile.printable(needed ?? "")) or later")))
  }

  /// SQLite takes what is missing of the last page for zeros. Without a log, the file must hold whole pages.
  private func checkLength(
    _ length: Int64?, _ database: borrowing Database
  ) throws(StoreFailure) {
    let page = try database.number("PRAGMA page_size")
    guard let length, let page, page > 0 else { return }
    guard length % page == 0 else { throw damaged("its end is missing") }
  }

  /// What a file is that is not whole.
  static let disagreement = "its tables and indexes do not agree"

  func damaged(_ why: String) -> StoreFailure {
    .explained(.damagedStore(path, why: why))
  }

  /// A text of the file in an explanation: short, and plain characters only.
  private static func printable(_ text: String) -> String {
    String(
      text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.prefix(20).map(Character.init)
    )
  }
}
