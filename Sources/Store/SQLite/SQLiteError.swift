internal import Basics
internal import CLinux
internal import CSQLite

/// What SQLite answered when it could not do what was asked.
struct SQLiteError {
  /// The extended result code.
  let code: Int32
  /// What the system said, as `errno`; 0 where it said nothing.
  var system: Int32 = 0
  /// Who held the file, where that is known.
  var holder: LockHolder?

  /// The code without its extension.
  var primary: Int32 { code & 0xFF }

  /// Whether another process held the file for longer than we wait.
  var isBusy: Bool { primary == SQLITE_BUSY || primary == SQLITE_LOCKED }

  /// Whether the content of the file is not what a store holds. What we ask is fixed, so a question that SQLite does not
  /// understand is about tables that have been changed.
  var isDamage: Bool {
    [SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR, SQLITE_SCHEMA, SQLITE_MISMATCH].contains(primary)
  }

  /// Whether there is no room to write to.
  var isFull: Bool {
    primary == SQLITE_FULL
      || primary == SQLITE_IOERR && [ENOSPC, EDQUOT, EFBIG].contains(system)
  }

  /// What is to be said where no further file may be opened, which is no fault of the store's; nil where that is not the reason.
  private var openFileLimit: Explanation? {
    SystemError(code: system).isOpenFileLimit ? .openFileLimit(what: "the store") : nil
  }

  /// SQLITE_READONLY_DBMOVED, which the C header makes by a macro that Swift does not see.
  static let moved = SQLITE_READONLY | 4 << 8

  /// Whether another file was put in the place of the one that is open.
  var isMoved: Bool { code == SQLiteError.moved }

  /// The cause in the reader's terms.
  var reason: String {
    if isMoved { return "another file was put in its place while it was open" }
    if let why = openFileLimit?.why { return why }
    return switch primary {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
      "\(holder?.text ?? "another process") has been using it for more than \(BusyWait.limit / 1000) seconds"
    case SQLITE_FULL: "the disk is full"
    case SQLITE_IOERR where isFull: SystemError(code: system).reason
    case SQLITE_IOERR: "the disk reported an error while it was read or written"
    case SQLITE_ERROR, SQLITE_SCHEMA, SQLITE_MISMATCH: "its tables are not as usher makes them"
    case SQLITE_CORRUPT: "the file is damaged"
    case SQLITE_NOTADB: "the file is not a SQLite database, or its beginning is damaged"
    case SQLITE_READONLY: "the file or its directory cannot be written"
    case SQLITE_CANTOPEN: "the file, or one that belongs to it, cannot be opened"
    case SQLITE_PERM, SQLITE_AUTH: "the access was refused"
    case SQLITE_NOMEM: "there is not enough memory"
    case SQLITE_TOOBIG: "a record is larger than SQLite takes"
    case SQLITE_CONSTRAINT: "the change would break a rule of the store"
    default: unsafe "SQLite says: " + String(cString: sqlite3_errstr(code))
    }
  }

  /// What to do about it.
  var advice: String {
    if isMoved { return "run the command again" }
    if let advice = openFileLimit?.advice { return advice }
    if isDamage { return "restore the store from a backup" }
    if isBusy { return "try again when the other process has ended" }
    if isFull {
      return system == EFBIG
        ? "allow larger files (ulimit -f), then try again" : "make room on the disk, then try again"
    }
    switch primary {
    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM:
      return "look at the owner and the mode of the store and its directory: usher doctor"
    default: return "look at the state of the disk, then try again"
    }
  }
}

extension StoreFailure {
  /// Of an extended result code of SQLite.
  static func sqlite(
    _ code: Int32, system: Int32 = 0, holder: LockHolder? = nil
  ) -> StoreFailure {
    if code == VerifiedFile.lost { return .lost }
    let error = SQLiteError(code: code, system: system, holder: holder)
    return .engine(reason: error.reason, advice: error.advice, isFull: error.isFull)
  }
}
