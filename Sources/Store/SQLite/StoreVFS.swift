internal import Basics
internal import CLinux
internal import CSQLite
internal import Glibc
internal import Synchronization

/// SQLite's own access to files, but for two things.
///
/// SQLite asks for the journal to be made each time it opens it, and then syncs the directory, even where the journal has
/// been there for long. Without that flag a save is four syncs instead of five. `StoreFile` makes the journal, syncs its
/// name, and only then gives it a size: a journal with a size has a name that is on the disk.
///
/// What is written to the store's file is read back before it counts: see `VerifiedFile`.
enum StoreVFS {
  /// Held while SQLite's list of VFSs is looked at and added to.
  private static let registration = Mutex(())

  /// For `sqlite3_open_v2`. Where SQLite takes no VFS of ours it is the one below, which costs a sync and the reading
  /// back.
  /// - Parameter engine: the VFS below; nil is the system's.
  static func name(over engine: String?) -> String? {
    let name = engine.map { "usher-\($0)" } ?? "usher"
    return registration.withLock { _ in register(name, over: engine) } ? name : engine
  }

  private static func register(_ name: String, over engine: String?) -> Bool {
    guard let real = unsafe sqlite3_vfs_find(engine) else { return false }
    if let own = unsafe sqlite3_vfs_find(name) {
      // The one below may be another one of the same name by now. Other threads read it without the lock: what is the same is
      // not written again.
      if unsafe own.pointee.pAppData != real.pointee.pAppData {
        unsafe own.pointee.pAppData = real.pointee.pAppData
      }
      return true
    }
    guard let text = unsafe strdup(name) else { return false }
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
    ) -> Int32 = { vfs, name, file, flags, outFlags in
      guard let vfs = unsafe vfs, let own = unsafe vfs.pointee.zName,
        let real = unsafe sqlite3_vfs_find(StoreVFS.below(String(cString: own)))
      else { return SQLITE_CANTOPEN }
      let makesJournal = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_CREATE
      if flags & makesJournal == makesJournal, let path = unsafe name, unsafe hasSize(path) {
        let code = unsafe real.pointee.xOpen(
          real, name, file, flags & ~SQLITE_OPEN_CREATE, outFlags)
        // Somebody may have removed it a moment ago.
        if code != SQLITE_CANTOPEN { return unsafe StoreVFS.attach(file, flags, code) }
      }
      let code = unsafe real.pointee.xOpen(real, name, file, flags, outFlags)
      return unsafe StoreVFS.attach(file, flags, code)
    }

  /// Has the store's file and its journal watched from now on, where they have been opened. Returns the code of that.
  private static func attach(
    _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32, _ code: Int32
  ) -> Int32 {
    let watched = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL
    if code == SQLITE_OK, flags & watched != 0, let file = unsafe file {
      unsafe VerifiedFile.attach(to: file, readsBack: flags & SQLITE_OPEN_MAIN_DB != 0)
    }
    return code
  }

  /// The VFS that one of ours stands on; nil for the system's.
  private static func below(_ name: String) -> String? {
    name == "usher" ? nil : String(name.dropFirst("usher-".count))
  }

  private static func hasSize(_ path: UnsafePointer<CChar>) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_size > 0
  }
}
