internal import Basics
internal import CLinux
internal import Connections
internal import Glibc

/// What lies beside the file: the rollback journal that stays, and what a process that was killed has left.
extension StoreFile {
  /// Makes the journal that stays beside the store, where there is none. Nothing depends on it: without it SQLite makes
  /// one when it writes.
  borrowing func ensureJournal(of database: borrowing Database) {
    guard unsafe access(path, W_OK) == 0 else { return }
    // One that a backup by hard links shares must not change with ours.
    if let status = try? directory.status(of: name + StoreFile.journalSuffix), status.links > 1,
      (try? database.execute("BEGIN EXCLUSIVE")) != nil
    {
      directory.remove(name + StoreFile.journalSuffix)
      try? database.execute("ROLLBACK")
    }
    guard
      let file = try? directory.directory.makeFile(name + StoreFile.journalSuffix)
    else { return }
    // Its name first: `StoreVFS` relies on it.
    guard (try? directory.sync()) != nil else { return }
    _ = posix_fallocate(file.number, 0, StoreFile.journalSize)
  }

  /// What stands in the way when a save was cut off and cannot be taken back; nil when that is not it.
  borrowing func cutOffSave(_ system: FileSystem) -> StoreError? {
    guard (try? isHot(name + StoreFile.journalSuffix)) == true else { return nil }
    let isOpen =
      unsafe access(path, W_OK) == 0 && access(path + StoreFile.journalSuffix, W_OK) == 0
    guard system.isReadOnly || !isOpen else { return nil }
    return .failed(
      Explanation(
        what: "cannot open the store \(path)",
        why: "a save was cut off, and nothing can be written here to take it back",
        advice: "run usher list once where \(name) and its journal can be written"))
  }

  /// A journal or a log without its store may be all that is left of saves: it is never taken for that of a new store.
  borrowing func refuseOrphans() throws(StoreError) {
    for suffix in ["-wal", StoreFile.journalSuffix] {
      guard try holdsChanges(name + suffix) else { continue }
      throw .failed(
        Explanation(
          what: "the store \(path) is missing, and its log \(name)\(suffix) is there",
          why: "the log may hold the last saves",
          advice: "put the store back beside it, or move the log away"))
    }
  }

  borrowing func holdsChanges(_ log: String) throws(StoreError) -> Bool {
    guard log.hasSuffix("-wal") else { return try isHot(log) }
    guard let status = try directory.status(of: log) else { return false }
    return status.size > 0
  }

  /// Whether no log of a file waits to be played back.
  borrowing func isQuiet(_ name: String) throws(StoreError) -> Bool {
    guard try !holdsChanges(name + "-wal") else { return false }
    return try !holdsChanges(name + StoreFile.journalSuffix)
  }

  borrowing func hasEmptyLog(_ name: String) -> Bool { (try? holdsChanges(name + "-wal")) == false }

  /// Whether a journal belongs to a save that is not at its end: SQLite clears its head when it is. The journal itself
  /// carries no locks, so it may be opened beside SQLite.
  borrowing func isHot(_ journal: String) throws(StoreError) -> Bool {
    guard let status = try directory.status(of: journal), status.size > 0 else { return false }
    guard
      let file = try? FileDescriptor.open(
        journal, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, in: directory.descriptor)
    else { return true }
    var head: UInt8 = 0
    let count = unsafe withUnsafeMutableBytes(of: &head) { room in
      (try? unsafe FileDescriptor.read(file.number, into: room)) ?? 0
    }
    return count == 1 && head != 0
  }
}
