internal import Basics
internal import CSQLite

/// What SQLite answered when it could not do what was asked.
struct SQLiteError: Error, Equatable {
  /// The extended result code.
  let code: Int32
  /// What was being done: `reading the store`. For the explanation.
  let action: String

  /// The code without its extension.
  var primary: Int32 { code & 0xFF }

  /// Whether another process held the file for longer than we wait.
  var isBusy: Bool { primary == SQLITE_BUSY || primary == SQLITE_LOCKED }

  /// Whether the content of the file is not what a store holds.
  var isDamage: Bool { primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB }

  /// The cause in the reader's terms.
  var reason: String {
    switch primary {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
      "another process has been using it for more than \(Database.busyTimeout / 1000) seconds"
    case SQLITE_FULL: "the disk is full"
    case SQLITE_IOERR: "the disk reported an error while it was read or written"
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
    if isDamage { return "restore the store from a backup" }
    if isBusy { return "try again when the other process has ended" }
    switch primary {
    case SQLITE_FULL: return "make room on the disk, then try again"
    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM:
      return "look at the owner and the mode of the store and its directory: usher doctor"
    default: return "look at the state of the disk, then try again"
    }
  }
}
