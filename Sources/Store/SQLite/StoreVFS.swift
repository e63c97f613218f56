internal import Basics
internal import CLinux
internal import CSQLite
internal import Glibc

/// SQLite's own access to files, but for one flag.
///
/// SQLite asks for the journal to be made each time it opens it, and then syncs the directory, even where the journal has
/// been there for long. Without the flag a save is four syncs instead of five. `StoreFile` makes the journal, syncs its
/// name, and only then gives it a size: a journal with a size has a name that is on the disk.
enum StoreVFS {
  /// For `sqlite3_open_v2`; nil when SQLite takes none, which costs a sync and nothing else.
  static let name: String? = register() ? "usher" : nil

  private static func register() -> Bool {
    guard let real = unsafe sqlite3_vfs_find(nil), let text = unsafe strdup("usher") else {
      return false
    }
    // Lives as long as the program.
    let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    unsafe vfs.initialize(to: real.pointee)
    unsafe vfs.pointee.pNext = nil
    unsafe vfs.pointee.zName = UnsafePointer(text)
    unsafe vfs.pointee.xOpen = open
    return unsafe sqlite3_vfs_register(vfs, 0) == SQLITE_OK
  }

  private static let open:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vfs>?, sqlite3_filename?, UnsafeMutablePointer<sqlite3_file>?,
      Int32, UnsafeMutablePointer<Int32>?
    ) -> Int32 = { _, name, file, flags, outFlags in
      guard let real = unsafe sqlite3_vfs_find(nil) else { return SQLITE_CANTOPEN }
      let makesJournal = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_CREATE
      if flags & makesJournal == makesJournal, let path = unsafe name, unsafe hasSize(path) {
        let code = unsafe real.pointee.xOpen(
          real, name, file, flags & ~SQLITE_OPEN_CREATE, outFlags)
        // Somebody may have removed it a moment ago.
        if code != SQLITE_CANTOPEN { return code }
      }
      return unsafe real.pointee.xOpen(real, name, file, flags, outFlags)
    }

  private static func hasSize(_ path: UnsafePointer<CChar>) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_size > 0
  }
}
